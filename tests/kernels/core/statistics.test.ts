import fc from 'fast-check';
import * as ss from 'simple-statistics';
import { describe, expect, test } from 'vitest';
import { dot } from '../../../src/kernels/core/dot';
import { mean } from '../../../src/kernels/core/mean';
import { quantile } from '../../../src/kernels/core/quantile';
import { standardDeviation, variance } from '../../../src/kernels/core/variance';
import { addMoment, noMoments } from '../../../src/kernels/core/welford';

const numbers = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), {
	minLength: 2,
	maxLength: 40
});

test('mean and variance agree with simple-statistics, to rounding', () => {
	fc.assert(
		fc.property(numbers, (xs) => {
			expect(mean(xs)).toBeCloseTo(ss.mean(xs), 9);
			expect(variance(xs)).toBeCloseTo(ss.variance(xs), 6);
			expect(variance(xs, 1)).toBeCloseTo(ss.sampleVariance(xs), 6);
			expect(standardDeviation(xs, 1) ** 2).toBeCloseTo(variance(xs, 1), 6);
		}),
		{ seed: 1 }
	);
});

test('the inner product: a worked value, and |a + b|² − |a|² − |b|² is twice it', () => {
	expect(dot([1, 2], [3, 4])).toBe(11);
	fc.assert(
		fc.property(numbers, (a) => {
			const b = a.map((x, i) => a.at(-1 - i)! - x / 2);
			const both = a.map((x, i) => x + b[i]);
			// Sums of up to 40 products of a million: 1e-6 is rounding.
			expect(dot(both, both) - dot(a, a) - dot(b, b)).toBeCloseTo(2 * dot(a, b), 6);
		}),
		{ seed: 1 }
	);
});

test('a large mean does not swallow the differences', () => {
	expect(variance([1e8, 1e8 + 1, 1e8 + 2])).toBeCloseTo(2 / 3, 9);
});

test('Welford’s running moments are those of two passes', () => {
	fc.assert(
		fc.property(numbers, (xs) => {
			const { count, mean: running, squares } = xs.reduce(addMoment, noMoments);
			expect(count).toBe(xs.length);
			expect(running).toBeCloseTo(mean(xs), 9);
			expect(squares / count).toBeCloseTo(variance(xs), 6);
		}),
		{ seed: 1 }
	);
});

describe('quantile', () => {
	test('interpolates as NumPy and R (type 7)', () => {
		expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
		expect(quantile([15, 20, 35, 40, 50], 0.4)).toBeCloseTo(29, 12);
		expect(quantile([3, 1, 2], 0)).toBe(1);
		expect(quantile([3, 1, 2], 1)).toBe(3);
		expect(quantile([Infinity, Infinity], 0.3)).toBe(Infinity);
	});

	test('grows with q and does not see the order', () => {
		fc.assert(
			fc.property(numbers, fc.double({ min: 0, max: 1, noNaN: true }), (xs, q) => {
				expect(quantile([...xs].reverse(), q)).toBe(quantile(xs, q));
				expect(quantile(xs, q)).toBeLessThanOrEqual(quantile(xs, Math.min(1, q + 0.1)));
			}),
			{ seed: 1 }
		);
	});

	test.each([
		[[], 0.5],
		[[1], 1.1],
		[[1, NaN], 0.5]
	])('%j at %d is refused', (xs, q) => {
		expect(() => quantile(xs, q)).toThrow(RangeError);
	});
});

test('too few values are refused', () => {
	expect(() => mean([])).toThrow(RangeError);
	expect(() => variance([1], 1)).toThrow(RangeError);
});
