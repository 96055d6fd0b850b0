import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fairnessIndex } from '../../../src/kernels/federated/fairnessIndex';
import { jainIndex } from '../../../src/kernels/federated/jainIndex';

test('worked values', () => {
	const two = fairnessIndex([0.8, 0.6]);
	expect(two.index).toBeCloseTo(0.98, 14);
	expect(two.mean).toBeCloseTo(0.7, 14);
	expect(two.standardDeviation).toBeCloseTo(0.1, 14);
	expect(two.lowest).toBe(0.6);
	// 6 digits are what the value was recorded with.
	expect(fairnessIndex([0.8, 0.6, 0.7]).index).toBeCloseTo(0.986577, 6);
});

test('equally bad is perfectly fair', () => {
	expect(fairnessIndex([0.2, 0.2, 0.2]).index).toBe(1);
});

test("equals Jain's index", () => {
	const scores = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), {
		minLength: 1,
		maxLength: 14
	});
	fc.assert(
		fc.property(scores, (list) => {
			// Two routes to one number; both round a few times.
			expect(Math.abs(fairnessIndex(list).index - jainIndex(list))).toBeLessThan(1e-12);
		}),
		{ seed: 1, numRuns: 300 }
	);
});

test('refuses what has no index', () => {
	expect(() => fairnessIndex([])).toThrow('must not be empty');
	expect(() => fairnessIndex([0, 0])).toThrow('must not all be 0');
	expect(() => fairnessIndex([0.5, NaN])).toThrow('scores[1]');
});
