import type { NormSlice } from './gpoModel';

/** PyTorch's default, added to the variance. */
const EPSILON = 1e-5;

/**
 * Layer norm, row by row and in place: x̂ = (x − mean)/√(variance + 1e−5), y = gain·x̂ + shift, with
 * the variance over the row's width (divided by width, not width − 1). `x` becomes y; x̂ and
 * 1/√(variance + 1e−5) are kept for the backward pass.
 *
 * Cost: O((to − from)·width), no allocation.
 */
export function layerNormForward(
	parameters: Float64Array,
	slice: NormSlice,
	x: Float64Array,
	normalized: Float64Array,
	inverseDeviation: Float64Array,
	from: number,
	to: number
): void {
	const { gain, shift, width } = slice;
	for (let row = from; row < to; row++) {
		const start = row * width;
		let mean = 0;
		for (let i = 0; i < width; i++) mean += x[start + i];
		mean /= width;
		let variance = 0;
		for (let i = 0; i < width; i++) {
			const centred = x[start + i] - mean;
			variance += centred * centred;
		}
		const inverse = 1 / Math.sqrt(variance / width + EPSILON);
		inverseDeviation[row] = inverse;
		for (let i = 0; i < width; i++) {
			const value = (x[start + i] - mean) * inverse;
			normalized[start + i] = value;
			x[start + i] = parameters[gain + i] * value + parameters[shift + i];
		}
	}
}

/**
 * Turns the gradient `d` of the layer norm's output into that of its input, in place, and adds the
 * gradients of gain and shift:
 *
 *     ∂x = (gain·d − mean(gain·d) − x̂·mean(gain·d·x̂)) / √(variance + 1e−5)
 *
 * Every row of ∂x sums to 0: a constant added to a row does not change its layer norm.
 * Cost: O((to − from)·width), no allocation.
 */
export function layerNormBackward(
	parameters: Float64Array,
	gradient: Float64Array,
	slice: NormSlice,
	normalized: Float64Array,
	inverseDeviation: Float64Array,
	d: Float64Array,
	from: number,
	to: number
): void {
	const { gain, shift, width } = slice;
	for (let row = from; row < to; row++) {
		const start = row * width;
		let mean = 0;
		let along = 0;
		for (let i = 0; i < width; i++) {
			const dy = d[start + i];
			const value = normalized[start + i];
			gradient[gain + i] += dy * value;
			gradient[shift + i] += dy;
			const scaled = dy * parameters[gain + i];
			mean += scaled;
			along += scaled * value;
		}
		mean /= width;
		along /= width;
		const inverse = inverseDeviation[row];
		for (let i = 0; i < width; i++) {
			d[start + i] =
				inverse * (d[start + i] * parameters[gain + i] - mean - normalized[start + i] * along);
		}
	}
}
