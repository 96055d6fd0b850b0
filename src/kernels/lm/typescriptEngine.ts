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
		matmul: matmul.bind(null, floats),
		rmsNorm: rmsNorm.bind(null, floats),
		rmsNormBackward: rmsNormBackward.bind(null, floats),
		rotary: rotary.bind(null, floats, ints),
		attention: attention.bind(null, floats, ints),
		attentionBackward: attentionBackward.bind(null, floats, ints),
		attentionStep: attentionStep.bind(null, floats, ints),
		swiglu: swiglu.bind(null, floats),
		swigluBackward: swigluBackward.bind(null, floats),
		gelu: gelu.bind(null, floats),
		geluBackward: geluBackward.bind(null, floats),
		softmaxRows: softmaxRows.bind(null, floats)
	};
}
