import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { baselineNoise, type Baseline } from '../../../src/kernels/policy-gradient/baselineNoise';
import { sampleGradients } from '../../../src/kernels/policy-gradient/sampleGradients';

const probabilities = [0.3, 0.5, 0.2];
const rewards = [1, 0, 0.5];
const COUNT = 20_000;

/** Means over COUNT estimates, with standard errors from their own spread. */
function measured(baseline: Baseline, numGenerations: number) {
	const estimates = sampleGradients(createStream(1), probabilities, rewards, COUNT, {
		numGenerations,
		baseline
	});
	const mean = probabilities.map((_, k) => estimates.reduce((sum, g) => sum + g[k], 0) / COUNT);
	const squares = estimates.map((g) =>
		g.reduce((sum, value, k) => sum + (value - mean[k]) ** 2, 0)
	);
	const variance = squares.reduce((sum, s) => sum + s, 0) / COUNT;
	const spread = squares.reduce((sum, s) => sum + (s - variance) ** 2, 0) / COUNT;
	return { mean, variance, error: Math.sqrt(spread / COUNT) };
}

describe('estimates as a trainer samples them', () => {
	const baselines = ['none', 'value', 'leave-one-out', 'group-mean', 'optimal'] as const;
	test.each(baselines.flatMap((baseline) => [2, 8].map((G) => [baseline, G] as const)))(
		'%s, groups of %i: mean and variance as computed, within four standard errors',
		(baseline, numGenerations) => {
			const exact = baselineNoise(probabilities, rewards, { numGenerations, baseline });
			const { mean, variance, error } = measured(baseline, numGenerations);
			mean.forEach((g, k) =>
				expect(Math.abs(g - exact.mean[k])).toBeLessThan(4 * Math.sqrt(exact.variance / COUNT))
			);
			// A variance of 0 is exact: no error to allow for but rounding.
			expect(Math.abs(variance - exact.variance)).toBeLessThan(4 * error + 1e-15);
		}
	);

	test('how much a baseline saves lies within its 95 % interval', () => {
		const [none, loo] = (['none', 'leave-one-out'] as const).map((b) => measured(b, 8));
		const exact = (baseline: Baseline) =>
			baselineNoise(probabilities, rewards, { numGenerations: 8, baseline }).variance;
		const ratio = none.variance / loo.variance;
		// Errors of numerator and denominator, relative, added in squares.
		const relative = Math.hypot(none.error / none.variance, loo.error / loo.variance);
		expect(Math.abs(ratio - exact('none') / exact('leave-one-out'))).toBeLessThan(
			1.96 * relative * ratio
		);
		expect(ratio).toBeGreaterThan(2.5);
	});

	test('the same seed gives the same estimates, another one others', () => {
		const options = { numGenerations: 4, baseline: 'none' } as const;
		const draw = (seed: number) =>
			sampleGradients(createStream(seed), probabilities, rewards, 3, options);
		expect(draw(1)).toEqual(draw(1));
		expect(draw(2)).not.toEqual(draw(1));
	});

	test('equal rewards give no push with a baseline', () => {
		const [one] = sampleGradients(createStream(1), probabilities, [2, 2, 2], 1, {
			numGenerations: 4,
			baseline: 'leave-one-out'
		});
		expect(one).toEqual(new Float64Array(3));
	});

	test('a count of none is refused', () => {
		expect(() =>
			sampleGradients(createStream(1), probabilities, rewards, 0, {
				numGenerations: 4,
				baseline: 'none'
			})
		).toThrow('sampleGradients: count must be a whole number ≥ 1, got 0');
	});
});
