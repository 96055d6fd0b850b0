import type { LinearSlice } from './gpoModel';

/**
 * y = W·x + b for rows `from` … `to`−1 and outputs `outFrom` … `outTo`−1. x is rows × inputs, y is
 * rows × outputs, both row by row; what is outside the ranges is left as it was.
 *
 * Four outputs are summed side by side: one long sum would wait for each addition before the next.
 * Cost: O((to − from)·(outTo − outFrom)·inputs), no allocation.
 */
export function linearForward(
	parameters: Float64Array,
	slice: LinearSlice,
	x: Float64Array,
	y: Float64Array,
	from: number,
	to: number,
	outFrom = 0,
	outTo = slice.outputs
): void {
	const { weight, bias, inputs, outputs } = slice;
	for (let row = from; row < to; row++) {
		const xRow = row * inputs;
		const yRow = row * outputs;
		let out = outFrom;
		for (; out + 3 < outTo; out += 4) {
			let w = weight + out * inputs;
			let sum0 = parameters[bias + out];
			let sum1 = parameters[bias + out + 1];
			let sum2 = parameters[bias + out + 2];
			let sum3 = parameters[bias + out + 3];
			for (let i = 0; i < inputs; i++, w++) {
				const value = x[xRow + i];
				sum0 += parameters[w] * value;
				sum1 += parameters[w + inputs] * value;
				sum2 += parameters[w + 2 * inputs] * value;
				sum3 += parameters[w + 3 * inputs] * value;
			}
			y[yRow + out] = sum0;
			y[yRow + out + 1] = sum1;
			y[yRow + out + 2] = sum2;
			y[yRow + out + 3] = sum3;
		}
		for (; out < outTo; out++) {
			const w = weight + out * inputs;
			let sum = parameters[bias + out];
			for (let i = 0; i < inputs; i++) sum += parameters[w + i] * x[xRow + i];
			y[yRow + out] = sum;
		}
	}
}

/** gradient[W] += dy·xᵀ and gradient[b] += dy, four rows at a time to save loads and stores. */
function weightGradient(
	gradient: Float64Array,
	slice: LinearSlice,
	x: Float64Array,
	dy: Float64Array,
	from: number,
	to: number,
	outFrom: number,
	outTo: number
): void {
	const { weight, bias, inputs, outputs } = slice;
	let row = from;
	for (; row + 3 < to; row += 4) {
		const x0 = row * inputs;
		const y0 = row * outputs;
		for (let out = outFrom; out < outTo; out++) {
			const d0 = dy[y0 + out];
			const d1 = dy[y0 + outputs + out];
			const d2 = dy[y0 + 2 * outputs + out];
			const d3 = dy[y0 + 3 * outputs + out];
			const w = weight + out * inputs;
			for (let i = 0, at = x0; i < inputs; i++, at++) {
				gradient[w + i] +=
					d0 * x[at] + d1 * x[at + inputs] + d2 * x[at + 2 * inputs] + d3 * x[at + 3 * inputs];
			}
			gradient[bias + out] += d0 + d1 + d2 + d3;
		}
	}
	for (; row < to; row++) {
		for (let out = outFrom; out < outTo; out++) {
			const d = dy[row * outputs + out];
			const w = weight + out * inputs;
			for (let i = 0; i < inputs; i++) gradient[w + i] += d * x[row * inputs + i];
			gradient[bias + out] += d;
		}
	}
}

/** dx += Wᵀ·dy, four inputs side by side. */
function inputGradient(
	parameters: Float64Array,
	slice: LinearSlice,
	dy: Float64Array,
	dx: Float64Array,
	from: number,
	to: number,
	outFrom: number,
	outTo: number
): void {
	const { weight, inputs, outputs } = slice;
	for (let row = from; row < to; row++) {
		const xRow = row * inputs;
		const yRow = row * outputs;
		let i = 0;
		for (; i + 3 < inputs; i += 4) {
			let sum0 = 0;
			let sum1 = 0;
			let sum2 = 0;
			let sum3 = 0;
			for (let out = outFrom, w = weight + outFrom * inputs + i; out < outTo; out++, w += inputs) {
				const d = dy[yRow + out];
				sum0 += d * parameters[w];
				sum1 += d * parameters[w + 1];
				sum2 += d * parameters[w + 2];
				sum3 += d * parameters[w + 3];
			}
			dx[xRow + i] += sum0;
			dx[xRow + i + 1] += sum1;
			dx[xRow + i + 2] += sum2;
			dx[xRow + i + 3] += sum3;
		}
		for (; i < inputs; i++) {
			let sum = 0;
			for (let out = outFrom; out < outTo; out++) {
				sum += dy[yRow + out] * parameters[weight + out * inputs + i];
			}
			dx[xRow + i] += sum;
		}
	}
}

/**
 * Adds to `gradient` what y's gradient dy gives W and b, and to `dx` (unless null) what it gives x:
 * ∂W = Σ_rows dy·xᵀ, ∂b = Σ_rows dy, ∂x = Wᵀ·dy. Ranges as in linearForward.
 *
 * Cost: twice linearForward, no allocation.
 */
export function linearBackward(
	parameters: Float64Array,
	gradient: Float64Array,
	slice: LinearSlice,
	x: Float64Array,
	dy: Float64Array,
	dx: Float64Array | null,
	from: number,
	to: number,
	outFrom = 0,
	outTo = slice.outputs
): void {
	weightGradient(gradient, slice, x, dy, from, to, outFrom, outTo);
	if (dx) inputGradient(parameters, slice, dy, dx, from, to, outFrom, outTo);
}

/** Sets what is negative among y[from … to−1] to 0. */
export function reluForward(y: Float64Array, from: number, to: number): void {
	for (let i = from; i < to; i++) if (y[i] < 0) y[i] = 0;
}

/** Clears the gradient where the ReLU's output y was 0 (PyTorch's choice at 0 as well). */
export function reluBackward(y: Float64Array, dy: Float64Array, from: number, to: number): void {
	for (let i = from; i < to; i++) if (y[i] <= 0) dy[i] = 0;
}
