import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeFloat8, encodeFloat8, float8, type Float8Name } from '$kernels/fp8/float8';
import { quantizeBlocks } from '$kernels/fp8/quantizeBlocks';
import reference from '../../reference/float8.json';
import { section, type Encoded } from '../rl/outside';

const names = ['e4m3', 'e5m2'] as const;

describe.each(names)('%s against ml_dtypes', (name) => {
	const { cases } = section<number[], Encoded[]>(reference, name);
	const [decode, encode] = cases;

	test('all 256 bytes', () => {
		decode.inputs.forEach((byte, i) =>
			expect(decodeFloat8(byte, name), `byte ${byte}`).toBe(Number(decode.outputs[i]))
		);
	});

	test('halfway points, numbers over 30 powers of two, and the edge', () => {
		encode.inputs.forEach((value, i) =>
			expect(encodeFloat8(value, name), `${value}`).toBe(encode.outputs[i])
		);
	});

	test('what is encoded again stays', () => {
		for (let byte = 0; byte < 256; byte++) {
			const value = decodeFloat8(byte, name);
			if (!Number.isNaN(value)) expect(encodeFloat8(value, name)).toBe(byte);
		}
	});
});

test('saturating, NaN, and bytes that are none', () => {
	for (const name of names) {
		expect(decodeFloat8(encodeFloat8(1e9, name, true), name)).toBe(float8[name].max);
		expect(decodeFloat8(encodeFloat8(-Infinity, name, true), name)).toBe(-float8[name].max);
		expect(decodeFloat8(encodeFloat8(NaN, name, true), name)).toBeNaN();
	}
	expect(encodeFloat8(0.3, 'e4m3')).toBe(0x2a);
	expect(decodeFloat8(0x2a, 'e4m3')).toBe(0.3125);
	expect(() => decodeFloat8(256, 'e4m3')).toThrow('0 … 255, got 256');
	expect(() => decodeFloat8(0.5, 'e5m2')).toThrow(RangeError);
});

const valuesOf = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), {
	minLength: 1,
	maxLength: 40
});

test('a normal number is stored within half a step, 2^−(M+1) of itself', () => {
	fc.assert(
		fc.property(
			valuesOf,
			fc.integer({ min: 1, max: 50 }),
			fc.constantFrom<Float8Name>('e4m3', 'e5m2'),
			(values, block, name) => {
				const { values: stored, scales } = quantizeBlocks(values, block, name);
				const { exponentBits, mantissaBits } = float8[name];
				const smallest = 2 ** (2 - 2 ** (exponentBits - 1));
				values.forEach((x, i) => {
					const scale = scales[Math.floor(i / block)];
					if (Math.abs(x) / scale < smallest) return;
					// a hair more for the rounding of x / scale
					expect(Math.abs(stored[i] - x)).toBeLessThanOrEqual(
						Math.abs(x) * 2 ** -(mantissaBits + 1) * (1 + 1e-12)
					);
				});
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test('an outlier costs its own block only', () => {
	const values = [448, 0.001, 0.002, -0.003];
	const tensor = quantizeBlocks(values, 4);
	expect(tensor.values).toEqual([448, 0.001953125, 0.001953125, -0.00390625]);
	const lonely = quantizeBlocks([448, 0.0005], 2);
	expect(lonely.values).toEqual([448, 0]);
	expect(lonely.lost).toBe(1);
	const blocks = quantizeBlocks([448, 0.0005], 1);
	expect(blocks.lost).toBe(0);
	expect(blocks.values[1]).toBeCloseTo(0.0005, 15); // a scale times 448 again
	expect(quantizeBlocks([0, 0], 2)).toMatchObject({ scales: [1], relativeError: 0, lost: 0 });
});

test('what is refused', () => {
	expect(() => quantizeBlocks([], 1)).toThrow('values must not be empty');
	expect(() => quantizeBlocks([Infinity], 1)).toThrow('values[0] must be finite');
	expect(() => quantizeBlocks([1], 0)).toThrow('blockSize must be a positive integer, got 0');
});
