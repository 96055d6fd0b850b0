import { Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import {
	linearBackward,
	linearForward,
	reluBackward,
	reluForward
} from '../../../src/kernels/gpo/linearLayer';

const stream = createStream(1);
const random = (length: number) => Float64Array.from({ length }, () => 2 * stream.uniform() - 1);

// Sums of at most 20 products of numbers below 1: some 1e−15 of rounding.
const near = (got: Float64Array, want: number[]) =>
	want.forEach((value, i) => expect(Math.abs(got[i] - value)).toBeLessThan(1e-13));

// Sizes that are and are not multiples of four, since the loops go in fours.
for (const [rows, inputs, outputs] of [
	[1, 1, 1],
	[4, 8, 16],
	[7, 9, 6],
	[6, 3, 2]
]) {
	describe(`${rows} rows, ${inputs} → ${outputs}`, () => {
		const parameters = random(3 + inputs * outputs + outputs);
		const slice = { weight: 3, bias: 3 + inputs * outputs, inputs, outputs };
		const W = Matrix.from1DArray(outputs, inputs, parameters.subarray(3, slice.bias));
		const b = Matrix.rowVector(parameters.subarray(slice.bias));
		const x = random(rows * inputs);
		const X = Matrix.from1DArray(rows, inputs, x);

		test('forward is X·Wᵀ + b of ml-matrix', () => {
			const y = new Float64Array(rows * outputs);
			linearForward(parameters, slice, x, y, 0, rows);
			near(y, X.mmul(W.transpose()).addRowVector(b).to1DArray());
		});

		test('backward adds dYᵀ·X, column sums of dY, and dY·W', () => {
			const dy = random(rows * outputs);
			const dY = Matrix.from1DArray(rows, outputs, dy);
			const gradient = new Float64Array(parameters.length).fill(1);
			const dx = new Float64Array(x.length).fill(2);
			linearBackward(parameters, gradient, slice, x, dy, dx, 0, rows);
			near(gradient.subarray(3), Matrix.add(dY.transpose().mmul(X), 1).to1DArray());
			near(
				gradient.subarray(slice.bias),
				dY.sum('column').map((sum) => sum + 1)
			);
			near(dx, Matrix.add(dY.mmul(W), 2).to1DArray());
			expect(gradient[0]).toBe(1);
		});
	});
}

test('rows and outputs outside the ranges are left alone', () => {
	const parameters = random(6 * 4 + 6);
	const slice = { weight: 0, bias: 24, inputs: 4, outputs: 6 };
	const x = random(20);
	const whole = new Float64Array(30);
	const part = new Float64Array(30).fill(9);
	linearForward(parameters, slice, x, whole, 0, 5);
	linearForward(parameters, slice, x, part, 1, 3, 2, 5);
	part.forEach((value, i) => {
		const row = Math.floor(i / 6);
		const inside = row >= 1 && row < 3 && i % 6 >= 2 && i % 6 < 5;
		expect(value).toBe(inside ? whole[i] : 9);
	});
});

test('ReLU cuts what is negative and lets its gradient through elsewhere', () => {
	const y = Float64Array.of(-1, 0, 2, -3);
	reluForward(y, 0, 3);
	expect([...y]).toEqual([0, 0, 2, -3]);
	const dy = Float64Array.of(5, 5, 5, 5);
	reluBackward(y, dy, 0, 3);
	expect([...dy]).toEqual([0, 0, 5, 5]);
});
