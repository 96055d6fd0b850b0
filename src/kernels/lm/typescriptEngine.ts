import { attention, attentionBackward } from './attention';
import { attentionStep } from './attentionStep';
import type { Engine } from './engine';
import { gelu, geluBackward, swiglu, swigluBackward } from './feedForward';
import { matmul } from './matmul';
import { rmsNorm, rmsNormBackward } from './rmsNorm';
import { rotary } from './rotary';
import { softmaxRows } from './softmaxRows';

/** The engine in plain TypeScript, over `size` numbers: for where WebAssembly is refused, and to read. */
export function typescriptEngine(size: number): Engine {
	const floats = new Float32Array(size);
	const ints = new Int32Array(floats.buffer);
	return {
		name: 'typescript',
		floats,
		ints,
		matmul: (...operands) => matmul(floats, ...operands),
		rmsNorm: (...operands) => rmsNorm(floats, ...operands),
		rmsNormBackward: (...operands) => rmsNormBackward(floats, ...operands),
		rotary: (...operands) => rotary(floats, ints, ...operands),
		attention: (...operands) => attention(floats, ints, ...operands),
		attentionBackward: (...operands) => attentionBackward(floats, ints, ...operands),
		attentionStep: (...operands) => attentionStep(floats, ints, ...operands),
		swiglu: (...operands) => swiglu(floats, ...operands),
		swigluBackward: (...operands) => swigluBackward(floats, ...operands),
		gelu: (...operands) => gelu(floats, ...operands),
		geluBackward: (...operands) => geluBackward(floats, ...operands),
		softmaxRows: (...operands) => softmaxRows(floats, ...operands)
	};
}
