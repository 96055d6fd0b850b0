import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import {
	contextAttentionBackward,
	contextAttentionForward,
	type AttentionShape
} from '../../../src/kernels/gpo/contextAttention';

const stream = createStream(5);
const random = (length: number) => Float64Array.from({ length }, () => 2 * stream.uniform() - 1);

function forward(qkv: Float64Array, shape: AttentionShape) {
	const weights = new Float64Array(shape.heads * shape.rows * shape.context);
	const out = new Float64Array(shape.rows * shape.width);
	contextAttentionForward(qkv, weights, out, shape);
	return { weights, out };
}

// A head size of four, and one that is not a multiple of four; likewise the context.
const shapes: AttentionShape[] = [
	{ from: 0, rows: 7, context: 5, width: 8, heads: 2 },
	{ from: 3, rows: 6, context: 3, width: 6, heads: 2 },
	{ from: 0, rows: 9, context: 8, width: 3, heads: 1 }
];

for (const shape of shapes) {
	const { from, rows, context, width, heads } = shape;
	describe(`${rows} rows, ${context} of context, ${heads} heads of ${width / heads}, from ${from}`, () => {
		const qkv = random(rows * 3 * width);
		const { weights, out } = forward(qkv, shape);

		test('weights of every asking row sum to 1', () => {
			for (let head = 0; head < heads; head++) {
				for (let row = from; row < rows; row++) {
					const at = (head * rows + row) * context;
					const sum = weights.subarray(at, at + context).reduce((a, b) => a + b);
					expect(sum).toBeCloseTo(1, 14);
				}
			}
		});

		test('keys and values outside the context are not read', () => {
			const changed = qkv.slice();
			for (let row = context; row < rows; row++) {
				changed.fill(99, row * 3 * width + width, (row + 1) * 3 * width);
			}
			expect(forward(changed, shape).out).toEqual(out);
		});

		test('finite differences', () => {
			const direction = random(rows * width);
			const dqkv = new Float64Array(qkv.length);
			const scores = new Float64Array(context);
			contextAttentionBackward(qkv, weights, direction, dqkv, scores, shape);
			const loss = () => {
				const { out } = forward(qkv, shape);
				let sum = 0;
				for (let i = from * width; i < out.length; i++) sum += out[i] * direction[i];
				return sum;
			};
			dqkv.forEach((value, i) => {
				const kept = qkv[i];
				qkv[i] = kept + 1e-6;
				const above = loss();
				qkv[i] = kept - 1e-6;
				const below = loss();
				qkv[i] = kept;
				// Central differences with step 1e−6: error some 1e−9 for slopes of order 1.
				expect(Math.abs((above - below) / 2e-6 - value)).toBeLessThan(1e-8);
			});
		});
	});
}

const shape = { from: 0, rows: 4, context: 3, width: 4, heads: 2 };

test('queries of 0 average the values', () => {
	const qkv = random(48);
	for (let row = 0; row < 4; row++) qkv.fill(0, row * 12, row * 12 + 4);
	const { out } = forward(qkv, shape);
	for (let i = 0; i < 4; i++) {
		const mean = (qkv[8 + i] + qkv[20 + i] + qkv[32 + i]) / 3;
		for (let row = 0; row < 4; row++) expect(out[row * 4 + i]).toBeCloseTo(mean, 14);
	}
});

test('one row of context is copied', () => {
	const qkv = random(48);
	const { out } = forward(qkv, { ...shape, context: 1 });
	for (let row = 0; row < 4; row++) {
		expect([...out.subarray(row * 4, row * 4 + 4)]).toEqual([...qkv.subarray(8, 12)]);
	}
});

test('scores of size 1e4 do not overflow', () => {
	const { out } = forward(
		random(48).map((value) => 100 * value),
		shape
	);
	expect(out.every(Number.isFinite)).toBe(true);
});
