import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extremes } from '../../../src/kernels/describe/extremes';

describe('extremes', () => {
	it('gives value and place, the first of equals', () => {
		expect(extremes([10, 20, 30, 40], [3, 1, 1, 3])).toEqual({
			low: { x: 20, y: 1, index: 1 },
			high: { x: 10, y: 3, index: 0 }
		});
	});

	it('leaves out what is not finite', () => {
		expect(extremes([0, 1, 2, NaN], [Infinity, 2, NaN, 9]).high).toEqual({ x: 1, y: 2, index: 1 });
	});

	it('bounds every value, and is one of them', () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
				(ys) => {
					const { low, high } = extremes(
						ys.map((_, i) => i),
						ys
					);
					expect(ys.every((y) => low.y <= y && y <= high.y)).toBe(true);
					expect([ys[low.index], ys[high.index]]).toEqual([low.y, high.y]);
				}
			),
			{ seed: 1, numRuns: 200 }
		);
	});

	it('refuses lists without a finite point or of different length', () => {
		expect(() => extremes([], [])).toThrow(RangeError);
		expect(() => extremes([0, 1], [0])).toThrow(/extremes/);
	});
});
