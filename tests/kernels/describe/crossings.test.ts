import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossings } from '../../../src/kernels/describe/crossings';

describe('crossings', () => {
	it('finds the point where two straight lines meet', () => {
		expect(crossings([0, 1], [0, 2], [1, 1])).toEqual([{ x: 0.5, y: 1, upward: true }]);
		expect(crossings([0, 4], [3, 1], [0, 2])).toEqual([{ x: 3, y: 1.5, upward: false }]);
	});

	it('finds one that lies on a point once', () => {
		expect(crossings([0, 1, 2], [0, 1, 2], [1, 1, 1])).toEqual([{ x: 1, y: 1, upward: true }]);
	});

	it('does not count a touch, a shared start or a shared end', () => {
		expect(crossings([0, 1, 2], [0, 1, 0], [1, 1, 1])).toEqual([]);
		expect(crossings([0, 1], [1, 2], [1, 1])).toEqual([]);
		expect(crossings([0, 1], [0, 1], [1, 1])).toEqual([]);
	});

	it('puts a shared stretch that ends on the other side at its start', () => {
		expect(crossings([0, 1, 2, 3], [0, 1, 1, 2], [1, 1, 1, 1])).toEqual([
			{ x: 1, y: 1, upward: true }
		]);
	});

	it('leaves out what is not finite', () => {
		expect(crossings([0, 1, 2], [0, NaN, 2], [1, 1, 1])).toEqual([{ x: 1, y: 1, upward: true }]);
	});

	it('alternates, and changes direction when the lines change places', () => {
		const values = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 12, maxLength: 12 });
		fc.assert(
			fc.property(values, values, (a, b) => {
				const xs = a.map((_, i) => i);
				const found = crossings(xs, a, b);
				expect(found.every(({ upward }, i) => i === 0 || upward !== found[i - 1].upward)).toBe(
					true
				);
				const swapped = crossings(xs, b, a);
				expect(swapped.map(({ upward }) => !upward)).toEqual(found.map(({ upward }) => upward));
				// x comes from the same division with both signs turned: exact.
				expect(swapped.map(({ x }) => x)).toEqual(found.map(({ x }) => x));
			}),
			{ seed: 1, numRuns: 300 }
		);
	});

	it('refuses lists of different length', () => {
		expect(() => crossings([0, 1], [0, 1], [0])).toThrow(RangeError);
	});
});
