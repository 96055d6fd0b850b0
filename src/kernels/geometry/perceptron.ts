import { normal } from '../core/normal';
import type { Stream } from '../core/stream';
import { linearBackward, linearForward } from '../gpo/linearLayer';

interface Slice {
	weight: number;
	bias: number;
	inputs: number;
	outputs: number;
}

/** A multilayer perceptron with tanh between its layers. */
export interface Perceptron {
	layers: readonly Slice[];
	size: number;
}

/** `widths`: inputs, hidden layers, outputs. Throws RangeError for fewer than two. */
export function createPerceptron(widths: readonly number[]): Perceptron {
	if (widths.length < 2) {
		throw new RangeError(`createPerceptron: widths must be at least 2, got ${widths.length}`);
	}
	const layers: Slice[] = [];
	let size = 0;
	for (let i = 0; i + 1 < widths.length; i++) {
		const [inputs, outputs] = [widths[i], widths[i + 1]];
		layers.push({ weight: size, bias: size + inputs * outputs, inputs, outputs });
		size += (inputs + 1) * outputs;
	}
	return { layers, size };
}

/** Normal weights of variance 1/inputs, biases 0. */
export function perceptronWeights({ layers, size }: Perceptron, stream: Stream): Float64Array {
	const weights = new Float64Array(size);
	for (const { weight, bias, inputs } of layers) {
		for (let i = weight; i < bias; i++) weights[i] = normal(stream) / Math.sqrt(inputs);
	}
	return weights;
}

/** What each layer gives, the input first: h ← tanh(W h + b), the last without tanh. */
function activations({ layers }: Perceptron, weights: Float64Array, input: ArrayLike<number>) {
	const all = [Float64Array.from(input)];
	layers.forEach((slice, i) => {
		const out = new Float64Array(slice.outputs);
		linearForward(weights, slice, all[i], out, 0, 1);
		if (i + 1 < layers.length) out.forEach((sum, k) => (out[k] = Math.tanh(sum)));
		all.push(out);
	});
	return all;
}

export function perceptronOutput(
	net: Perceptron,
	weights: Float64Array,
	input: ArrayLike<number>
): Float64Array {
	return activations(net, weights, input)[net.layers.length];
}

/** Adds to `gradient` that of ½ |output − target|² and returns the output. Cost: three times the output. */
export function perceptronGradient(
	net: Perceptron,
	weights: Float64Array,
	input: ArrayLike<number>,
	target: ArrayLike<number>,
	gradient: Float64Array
): Float64Array {
	const all = activations(net, weights, input);
	const output = all[net.layers.length];
	let dOut = output.map((value, i) => value - target[i]);
	for (let i = net.layers.length - 1; i >= 0; i--) {
		const dIn = new Float64Array(net.layers[i].inputs);
		linearBackward(weights, gradient, net.layers[i], all[i], dOut, dIn, 0, 1);
		dOut = dIn.map((value, k) => value * (1 - all[i][k] ** 2));
	}
	return output;
}
