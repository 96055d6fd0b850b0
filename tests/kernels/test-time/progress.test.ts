import fc from 'fast-check';
import { expect, test } from 'vitest';
import { progress } from '../../../src/kernels/test-time/progress';

const curve = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 });

test('each episode is credited with its own change of J', () => {
	const { rewards, total, peak } = progress([0.1, 0.3, 0.25, 0.6, 0.9]);
	expect(rewards).toHaveLength(4);
	// differences of two decimals in float64
	for (const [i, want] of [0.2, -0.05, 0.35, 0.3].entries())
		expect(rewards[i]).toBeCloseTo(want, 12);
	expect(total).toBeCloseTo(0.8, 12);
	expect(peak).toBe(4);
});

test('progress telescopes: its sum is the last J less the first, whatever lies between', () => {
	fc.assert(
		fc.property(curve, (values) => {
			const { rewards, total } = progress(values);
			const sum = rewards.reduce((a, b) => a + b, 0);
			// up to 30 rounded differences of numbers in [0, 1]
			expect(Math.abs(sum - (values[values.length - 1] - values[0]))).toBeLessThan(1e-14);
			expect(total).toBe(values[values.length - 1] - values[0]);
		}),
		{ seed: 1, numRuns: 300 }
	);
});

test('the peak is the first episode count at which J is highest', () => {
	expect(progress([0.2, 0.7, 0.7, 0.4]).peak).toBe(1);
	expect(progress([0.5]).peak).toBe(0);
	expect(progress([0.5]).rewards).toHaveLength(0);
});

test('bad curves are named', () => {
	expect(() => progress([])).toThrow(RangeError);
	expect(() => progress([0.5, 1.2])).toThrow('successCurve[1]');
	expect(() => progress([NaN])).toThrow('successCurve[0]');
});
