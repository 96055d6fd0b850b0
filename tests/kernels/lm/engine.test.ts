import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { attentionScratch, paddedLength } from '../../../src/kernels/lm/attention';
import { createEngine } from '../../../src/kernels/lm/createEngine';
import type { Engine } from '../../../src/kernels/lm/engine';

/** Both engines over the same numbers, of size 1 and below. */
function twins(size: number, seed: number): [Engine, Engine] {
	const stream = createStream(seed);
	const numbers = Float32Array.from({ length: size }, () => 2 * stream.uniform() - 1);
	const both: [Engine, Engine] = [createEngine(size, 'typescript'), createEngine(size, 'wasm')];
	for (const { floats } of both) floats.set(numbers);
	return both;
}

/**
 * TypeScript sums in float64, WebAssembly in float32: over k products of size 1 they may differ by
 * k roundings of 6e−8 relative to the sum of sizes.
 */
function expectSame([a, b]: [Engine, Engine], from: number, count: number, tolerance: number) {
	for (let i = from; i < from + count; i++) {
		const difference = Math.abs(a.floats[i] - b.floats[i]);
		if (!(difference <= tolerance)) {
			expect.fail(`at ${i - from}: ${a.floats[i]} and ${b.floats[i]} differ by ${difference}`);
		}
	}
}

const size = (max: number) => fc.integer({ min: 1, max });
const options = { seed: 1, numRuns: 60 };

test('matmul: products against the definition, in every layout, nothing written beside C', () => {
	fc.assert(
		fc.property(
			size(11),
			size(19),
			size(17),
			fc.boolean(),
			fc.boolean(),
			fc.constantFrom<0 | 1>(0, 1),
			fc.nat(1000),
			(m, n, k, transposed, packed, accumulate, seed) => {
				const both = twins(4096, seed);
				const [a, b, c] = [0, 1024, 2048];
				const [aRow, aColumn] = transposed ? [1, m] : [k, 1];
				const [bRow, bPanel] = packed ? [8, 8 * k] : [n, 8];
				const cRow = n + 3;
				const before = both[0].floats.slice();
				for (const engine of both) {
					engine.matmul(a, aRow, aColumn, b, bRow, bPanel, c, cRow, m, n, k, accumulate);
				}
				const want = before.slice();
				for (let i = 0; i < m; i++) {
					for (let j = 0; j < n; j++) {
						let sum = accumulate ? before[c + i * cRow + j] : 0;
						for (let p = 0; p < k; p++) {
							const left = before[a + i * aRow + p * aColumn];
							sum += left * before[b + p * bRow + (j >> 3) * bPanel + (j & 7)];
						}
						want[c + i * cRow + j] = sum;
					}
				}
				for (const { floats } of both) {
					const worst = want
						.map((value, i) => Math.abs(floats[i] - value))
						.reduce((x, y) => Math.max(x, y));
					expect(worst).toBeLessThanOrEqual(k * 1e-6);
				}
			}
		),
		options
	);
});

test('norms, rotary, feed-forward', () => {
	fc.assert(
		fc.property(size(9), size(23), fc.nat(1000), (rows, width, seed) => {
			const both = twins(8192, seed);
			const cells = rows * width;
			const [x, weight, y, inverse, dx] = [0, 1024, 2048, 3072, 4096];
			for (const engine of both) {
				engine.rmsNorm(x, weight, y, inverse, rows, width, 1e-6);
				engine.rmsNormBackward(x, weight, inverse, y, dx, 5120, rows, width);
			}
			// A row of one number near 0 has an inverse of up to 1,000.
			const scale = Math.max(...both[0].floats.subarray(inverse, inverse + rows));
			expectSame(both, y, cells, 1e-5);
			expectSame(both, dx, cells, 1e-5 * scale);
			expectSame(both, 5120, width, 1e-5);

			for (const engine of both) {
				engine.floats.forEach((value, i) => (engine.floats[i] = 8 * value));
				engine.swiglu(0, 2048, rows, width);
				engine.swigluBackward(0, 2048, 3072, rows, width);
				engine.gelu(0, 4096, cells);
				engine.geluBackward(0, 4096, 5120, cells);
			}
			expectSame(both, 2048, 4096, 1e-3);
		}),
		options
	);
});

test('rotary', () => {
	fc.assert(
		fc.property(size(6), size(4), size(9), fc.nat(1000), (rows, heads, half, seed) => {
			const both = twins(4096, seed);
			const headWidth = 2 * half;
			const stride = heads * headWidth + 5;
			for (const engine of both) {
				for (let row = 0; row < rows; row++) engine.ints[3000 + row] = (3 * row) % 7;
				engine.rotary(0, stride, 3000, 2048, rows, heads, headWidth, -1);
			}
			expectSame(both, 0, 2048, 1e-6);
		}),
		options
	);
});

test('softmaxRows, with logits far apart', () => {
	fc.assert(
		fc.property(size(5), size(21), fc.double({ min: 0.1, max: 60 }), (rows, width, spread) => {
			const both = twins(1024, 7);
			for (const engine of both) {
				for (let i = 0; i < 256; i++) engine.floats[i] *= spread;
				engine.softmaxRows(0, 256, 512, rows, width, 1.25);
				let total = 0;
				for (let i = 0; i < rows * width; i++) total += engine.floats[256 + i];
				expect(total).toBeCloseTo(rows, 5);
			}
			expectSame(both, 256, rows * width, 1e-5);
			for (let row = 0; row < rows; row++) {
				// float32 keeps z − largest, up to 150, to 1e−5.
				expectSame(both, 512 + 4 * row, 3, 1e-4);
			}
		}),
		options
	);
});

describe('attention', () => {
	const shapes = fc.tuple(size(3), size(13), size(3), size(6), fc.nat(1000));

	test('forward, backward and step', () => {
		fc.assert(
			fc.property(shapes, ([batch, length, heads, half, seed]) => {
				const headWidth = 2 * half;
				const width = heads * headWidth;
				const padded = paddedLength(length);
				const cells = batch * length * width;
				let next = 0;
				const take = (count: number) => (next += (count + 7) & ~7) - ((count + 7) & ~7);
				const qkv = take(3 * cells);
				const weights = take(batch * heads * length * padded);
				const out = take(cells);
				const dOut = take(cells);
				const dQkv = take(3 * cells);
				const scratch = take(attentionScratch(length, headWidth));
				const starts = take(batch);
				const keys = take(cells);
				const values = take(cells);
				const slots = take(batch);
				const positions = take(batch);
				const stepOut = take(batch * width);
				const both = twins(next + 8, seed);
				const shape = [batch, length, heads, headWidth] as const;
				for (const engine of both) {
					for (let row = 0; row < batch; row++) {
						engine.ints[starts + row] = (row * 5) % length;
						engine.ints[slots + row] = batch - 1 - row;
						engine.ints[positions + row] = row % length;
					}
					engine.attention(qkv, weights, out, scratch, starts, ...shape);
					engine.attentionBackward(qkv, weights, dOut, dQkv, scratch, starts, ...shape);
					engine.attentionStep(
						qkv,
						keys,
						values,
						stepOut,
						scratch,
						slots,
						positions,
						batch,
						length,
						heads,
						headWidth
					);
				}
				// Sums over up to 13 positions and 12 numbers of a head, of size 1.
				expectSame(both, out, cells, 1e-5);
				expectSame(both, dQkv, 3 * cells, 1e-5);
				expectSame(both, keys, 2 * cells, 0);
				expectSame(both, stepOut, batch * width, 1e-5);
			}),
			options
		);
	});
});

test('an unknown engine is refused', () => {
	expect(() => createEngine(8, 'gpu' as 'wasm')).toThrow(
		"createEngine: name must be 'typescript' or 'wasm', got gpu"
	);
});
