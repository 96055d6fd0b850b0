import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { softmax } from '../../../src/kernels/core/softmax';
import { baselineNoise, type Baseline } from '../../../src/kernels/policy-gradient/baselineNoise';
import { exactGradient } from '../../../src/kernels/policy-gradient/exactGradient';
import { softmaxGradient } from '../../../src/kernels/policy-gradient/softmaxGradient';
import { groupAdvantages } from '../../../src/kernels/rl/groupAdvantages';
import { rlooAdvantages } from '../../../src/kernels/rl/rlooAdvantages';
import { scoredPolicy } from './distributions';

/** Sums of products of a few numbers below 10: some ulps of 10. */
const ROUNDING = 1e-12;

/** Every group of G answers with its probability. */
function* groups(probabilities: readonly number[], G: number): Generator<[number[], number]> {
	if (G === 0) {
		yield [[], 1];
		return;
	}
	for (const [rest, probability] of groups(probabilities, G - 1)) {
		for (const [k, p] of probabilities.entries()) yield [[...rest, k], probability * p];
	}
}

/** Mean and total variance by a sum over all groups, with the advantages of the libraries' kernels. */
function enumerated(
	probabilities: readonly number[],
	rewards: readonly number[],
	G: number,
	advantagesOf: (rewards: number[]) => number[]
) {
	const mean = new Float64Array(probabilities.length);
	let square = 0;
	for (const [answers, probability] of groups(probabilities, G)) {
		const advantages = advantagesOf(answers.map((k) => rewards[k]));
		const estimate = new Float64Array(probabilities.length);
		answers.forEach((answer, i) => {
			for (let k = 0; k < estimate.length; k++) {
				estimate[k] += (advantages[i] * (Number(k === answer) - probabilities[k])) / G;
			}
		});
		estimate.forEach((g, k) => {
			mean[k] += probability * g;
			square += probability * g * g;
		});
	}
	return { mean, variance: square - mean.reduce((sum, m) => sum + m * m, 0) };
}

const advantages: Record<
	Exclude<Baseline, 'optimal'>,
	(rewards: number[], value: number) => number[]
> = {
	none: (rewards) => rewards,
	value: (rewards, value) => rewards.map((reward) => reward - value),
	'leave-one-out': (rewards) =>
		rlooAdvantages(rewards, { numGenerations: rewards.length }).advantages,
	'group-mean': (rewards) =>
		groupAdvantages(rewards, { numGenerations: rewards.length, scaleRewards: 'none' }).advantages
};

describe('mean and variance are those of every group, summed', () => {
	const cases = (['none', 'value', 'leave-one-out', 'group-mean'] as const).flatMap((baseline) =>
		[2, 3, 4].map((G) => [baseline, G] as const)
	);
	test.each(cases)('%s, groups of %i', (baseline, G) => {
		fc.assert(
			fc.property(scoredPolicy, fc.double({ min: -2, max: 2, noNaN: true }), (policy, value) => {
				const { probabilities, rewards } = policy;
				const want = enumerated(probabilities, rewards, G, (scored) =>
					advantages[baseline](scored, value)
				);
				const got = baselineNoise(probabilities, rewards, { numGenerations: G, baseline, value });
				got.mean.forEach((g, k) => expect(Math.abs(g - want.mean[k])).toBeLessThan(ROUNDING));
				expect(Math.abs(got.variance - want.variance)).toBeLessThan(ROUNDING);
			}),
			{ seed: 1, numRuns: 20 }
		);
	});
});

describe('the mean', () => {
	test('is the gradient of the mean reward, by finite differences in the logits', () => {
		fc.assert(
			fc.property(scoredPolicy, ({ probabilities, rewards }) => {
				const logits = probabilities.map(Math.log);
				const { gradient, meanReward } = exactGradient(probabilities, rewards);
				const J = (shifted: number[]) => exactGradient(softmax(shifted), rewards).meanReward;
				expect(J(logits)).toBeCloseTo(meanReward, 12);
				gradient.forEach((g, k) => {
					const h = 1e-5;
					const moved = (by: number) => J(logits.map((l, i) => (i === k ? l + by : l)));
					// Central differences: h² from the curvature, eps/h from rounding, each about 1e-10.
					expect(Math.abs((moved(h) - moved(-h)) / (2 * h) - g)).toBeLessThan(1e-8);
				});
			}),
			{ seed: 2, numRuns: 50 }
		);
	});

	test('stays there for every baseline but the group’s mean, which shortens it by (G−1)/G', () => {
		fc.assert(
			fc.property(scoredPolicy, fc.integer({ min: 2, max: 64 }), (policy, numGenerations) => {
				const { probabilities, rewards } = policy;
				const { gradient } = exactGradient(probabilities, rewards);
				for (const baseline of ['none', 'value', 'leave-one-out', 'optimal'] as const) {
					const { mean } = baselineNoise(probabilities, rewards, { numGenerations, baseline });
					expect(mean).toEqual(gradient);
				}
				const { mean } = baselineNoise(probabilities, rewards, {
					numGenerations,
					baseline: 'group-mean'
				});
				mean.forEach((g, k) =>
					expect(g).toBeCloseTo((gradient[k] * (numGenerations - 1)) / numGenerations, 14)
				);
			}),
			{ seed: 3 }
		);
	});
});

describe('the variance', () => {
	const noiseOf = (
		policy: { probabilities: readonly number[]; rewards: readonly number[] },
		numGenerations: number,
		baseline: Baseline,
		value?: number
	) => baselineNoise(policy.probabilities, policy.rewards, { numGenerations, baseline, value });

	test('is least with the optimal number: any other number adds to it', () => {
		fc.assert(
			fc.property(scoredPolicy, fc.double({ min: -3, max: 3, noNaN: true }), (policy, value) => {
				const best = noiseOf(policy, 1, 'optimal');
				const other = noiseOf(policy, 1, 'value', value);
				expect(other.variance).toBeGreaterThanOrEqual(best.variance - ROUNDING);
				const same = noiseOf(policy, 1, 'value', best.subtracted);
				expect(same.variance).toBe(best.variance);
			}),
			{ seed: 4 }
		);
	});

	test('of leave-one-out tends to that of the true mean reward', () => {
		fc.assert(
			fc.property(scoredPolicy, (policy) => {
				const G = 1e6;
				const loo = G * noiseOf(policy, G, 'leave-one-out').variance;
				const known = G * noiseOf(policy, G, 'value').variance;
				// The gap is 2 (Var r − |∇J|² − V(J)/2) / (G−1), with rewards within ±2.
				expect(Math.abs(loo - known)).toBeLessThan(20 / G);
			}),
			{ seed: 5 }
		);
	});

	test('a number added to all rewards changes it only without a baseline', () => {
		fc.assert(
			fc.property(scoredPolicy, (policy) => {
				const shifted = { ...policy, rewards: policy.rewards.map((r) => r + 100) };
				for (const baseline of ['value', 'leave-one-out', 'group-mean', 'optimal'] as const) {
					const [before, after] = [policy, shifted].map(
						(one) => noiseOf(one, 4, baseline).variance
					);
					// Rewards near 100 square to 1e4: twelve digits of that.
					expect(Math.abs(after - before)).toBeLessThan(1e-8);
				}
				const [before, after] = [policy, shifted].map((one) => noiseOf(one, 4, 'none').variance);
				expect(after).toBeGreaterThan(100 * before);
			}),
			{ seed: 6 }
		);
	});

	test('in a group of two, leave-one-out can be noisier than no baseline', () => {
		const policy = { probabilities: [0.5, 0.5], rewards: [1, 0] };
		expect(noiseOf(policy, 2, 'none').variance).toBe(0.0625);
		expect(noiseOf(policy, 2, 'leave-one-out').variance).toBe(0.125);
		expect(noiseOf(policy, 2, 'value', 0.5).variance).toBe(0);
		for (const p of [0.1, 0.3, 0.7, 0.9]) {
			const two = { probabilities: [p, 1 - p], rewards: [1, 0] };
			// Derived for two answers: the difference is p³ (1 − p).
			const gap = noiseOf(two, 2, 'leave-one-out').variance - noiseOf(two, 2, 'none').variance;
			expect(gap).toBeCloseTo(p ** 3 * (1 - p), 12);
		}
	});

	test('per length of the mean is the same for leave-one-out and the group’s mean', () => {
		fc.assert(
			fc.property(scoredPolicy, (policy) => {
				fc.pre(new Set(policy.rewards).size > 1);
				const [loo, mean] = (['leave-one-out', 'group-mean'] as const).map(
					(baseline) => noiseOf(policy, 5, baseline).noise
				);
				expect(mean / loo).toBeCloseTo(1, 9);
			}),
			{ seed: 7 }
		);
	});

	test('equal rewards leave no gradient, and no noise with a baseline', () => {
		const policy = { probabilities: [0.2, 0.8], rewards: [3, 3] };
		// The mean of equal rewards rounds by an ulp, and is squared.
		expect(noiseOf(policy, 4, 'leave-one-out').variance).toBeLessThan(1e-30);
		expect(noiseOf(policy, 4, 'none').noise).toBe(Infinity);
	});
});

test('bad input is refused by name', () => {
	const run = (options: Partial<Parameters<typeof baselineNoise>[2]>) => () =>
		baselineNoise([0.5, 0.5], [1, 0], { numGenerations: 4, baseline: 'none', ...options });
	expect(run({ numGenerations: 0 })).toThrow(
		'baselineNoise: numGenerations must be a whole number ≥ 1, got 0'
	);
	expect(run({ numGenerations: 1, baseline: 'leave-one-out' })).toThrow('≥ 2, got 1');
	expect(run({ numGenerations: 1 })).not.toThrow();
	expect(run({ baseline: 'value', value: NaN })).toThrow('value must be finite, got NaN');
	expect(() => softmaxGradient([0.5, 0.5], [1])).toThrow(
		'softmaxGradient: coefficients must be one per answer (2), got 1'
	);
	expect(() => exactGradient([1], [1, 2])).not.toThrow();
	expect(softmaxGradient([0.5, 0.5], [1, 0])).toEqual(Float64Array.of(0.5, -0.5));
});
