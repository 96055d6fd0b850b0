import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { layerNormBackward, layerNormForward } from '../../../src/kernels/gpo/layerNorm';

const WIDTH = 8;
const ROWS = 3;
const stream = createStream(3);
const random = (length: number) => Float64Array.from({ length }, () => 4 * stream.uniform() - 2);
const slice = { gain: 1, shift: 1 + WIDTH, width: WIDTH };

function forward(parameters: Float64Array, x: Float64Array) {
	const y = x.slice();
	const normalized = new Float64Array(x.length);
	const inverse = new Float64Array(ROWS);
	layerNormForward(parameters, slice, y, normalized, inverse, 0, ROWS);
	return { y, normalized, inverse };
}

const plain = new Float64Array(1 + 2 * WIDTH).fill(1, 1, 1 + WIDTH);

describe('forward', () => {
	test('rows get mean 0 and variance v/(v + 1e−5)', () => {
		const x = random(ROWS * WIDTH);
		const { y, inverse } = forward(plain, x);
		for (let row = 0; row < ROWS; row++) {
			const values = [...y.subarray(row * WIDTH, (row + 1) * WIDTH)];
			const mean = values.reduce((a, b) => a + b) / WIDTH;
			const variance = values.reduce((a, b) => a + b * b, 0) / WIDTH;
			expect(mean).toBeCloseTo(0, 14);
			expect(variance).toBeCloseTo(1 - 1e-5 * inverse[row] ** 2, 13);
		}
	});

	test('a constant added to a row changes nothing; constant rows give the shift', () => {
		const x = random(ROWS * WIDTH);
		const parameters = random(1 + 2 * WIDTH);
		const moved = forward(
			parameters,
			x.map((value) => value + 3)
		).y;
		// Adding 3 rounds by some 4e−16.
		forward(parameters, x).y.forEach((value, i) => expect(moved[i]).toBeCloseTo(value, 13));
		const flat = forward(parameters, new Float64Array(x.length).fill(7)).y;
		flat.forEach((value, i) => expect(value).toBe(parameters[slice.shift + (i % WIDTH)]));
	});
});

describe('backward', () => {
	const parameters = random(1 + 2 * WIDTH);
	const x = random(ROWS * WIDTH);
	const direction = random(ROWS * WIDTH);
	const { normalized, inverse } = forward(parameters, x);
	const gradient = new Float64Array(parameters.length);
	const dx = direction.slice();
	layerNormBackward(parameters, gradient, slice, normalized, inverse, dx, 0, ROWS);
	const loss = (p: Float64Array, at: Float64Array) =>
		forward(p, at).y.reduce((sum, value, i) => sum + value * direction[i], 0);

	// Central differences with step 1e−6: error some 1e−9 for slopes of order 1.
	const slope = (list: Float64Array, i: number, value: () => number) => {
		const kept = list[i];
		list[i] = kept + 1e-6;
		const above = value();
		list[i] = kept - 1e-6;
		const below = value();
		list[i] = kept;
		return (above - below) / 2e-6;
	};

	test('finite differences of input, gain and shift', () => {
		dx.forEach((value, i) => {
			expect(Math.abs(slope(x, i, () => loss(parameters, x)) - value)).toBeLessThan(1e-7);
		});
		for (let i = 1; i < parameters.length; i++) {
			const found = slope(parameters, i, () => loss(parameters, x));
			expect(Math.abs(found - gradient[i])).toBeLessThan(1e-7);
		}
	});

	test('rows of the gradient sum to 0', () => {
		for (let row = 0; row < ROWS; row++) {
			const sum = dx.subarray(row * WIDTH, (row + 1) * WIDTH).reduce((a, b) => a + b);
			expect(sum).toBeCloseTo(0, 13);
		}
	});
});
