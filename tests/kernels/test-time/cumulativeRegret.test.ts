import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cumulativeRegret } from '../../../src/kernels/test-time/cumulativeRegret';
import { oracleCurve } from '../../../src/kernels/test-time/oracleCurve';

const probability = fc.double({ min: 0, max: 1, noNaN: true });

test('against "known at once": the area above the curve', () => {
	const { total, fromProgress, perEpisode, cumulative, progressWeights } = cumulativeRegret([
		0.1, 0.3, 0.25, 0.6, 0.9
	]);
	// sums of five decimals in float64
	expect(total).toBeCloseTo(2.85, 12);
	expect(fromProgress).toBeCloseTo(2.85, 12);
	expect(perEpisode[1]).toBeCloseTo(0.7, 12);
	expect(cumulative[0]).toBe(0);
	expect(cumulative[2]).toBeCloseTo(1.6, 12);
	expect([...progressWeights]).toEqual([4, 3, 2, 1]);
});

test('16 candidates: halving against an unlucky one-at-a-time search', () => {
	const oneAtATime = [16, 15, 14, 13, 12].map((n) => 1 / n);
	const { total } = cumulativeRegret(oneAtATime, oracleCurve(16, 4));
	// the target is given to seven decimals
	expect(total).toBeCloseTo(1.5766484, 7);
});

test('an oracle has no regret against itself', () => {
	const oracle = oracleCurve(64, 8);
	expect(cumulativeRegret(oracle, oracle).total).toBe(0);
});

test('regret from progress: early progress counts for more', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(probability, probability), { minLength: 1, maxLength: 30 }),
			(pairs) => {
				const { total, fromProgress, cumulative } = cumulativeRegret(
					pairs.map(([success]) => success),
					pairs.map(([, best]) => best)
				);
				// two orders of adding up to 30 · 30 numbers of size 1
				expect(Math.abs(total - fromProgress)).toBeLessThan(1e-12);
				expect(cumulative[cumulative.length - 1]).toBe(total);
			}
		),
		{ seed: 1, numRuns: 300 }
	);
});

test('a jump three episodes earlier ends the same and lowers the regret by three jumps', () => {
	const late = cumulativeRegret([0.2, 0.2, 0.2, 0.2, 0.2, 0.8, 0.8]);
	const early = cumulativeRegret([0.2, 0.2, 0.8, 0.8, 0.8, 0.8, 0.8]);
	expect(late.total - early.total).toBeCloseTo(3 * 0.6, 12);
});

test('bad input is named', () => {
	expect(() => cumulativeRegret([])).toThrow(RangeError);
	expect(() => cumulativeRegret([0.5, 0.6], [1])).toThrow('length 2');
	expect(() => cumulativeRegret([0.5], 1.5)).toThrow('comparator');
	expect(() => cumulativeRegret([-0.1])).toThrow('successCurve[0]');
});
