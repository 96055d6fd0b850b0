import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { onPolicyFixedPoint } from '../../../src/kernels/grpo-dynamics/onPolicyFixedPoint';
import { exactGradient } from '../../../src/kernels/policy-gradient/exactGradient';
import { exactKl } from '../../../src/kernels/rl/exactKl';
import { forwardKlOptimum } from '../../../src/kernels/trust-region/forwardKlOptimum';
import { klPull } from '../../../src/kernels/trust-region/klPull';

const policy = (size: number) =>
	fc
		.array(fc.double({ min: 0.05, max: 1, noNaN: true }), { minLength: size, maxLength: size })
		.map((weights) => {
			const total = weights.reduce((sum, w) => sum + w, 0);
			return weights.map((w) => w / total);
		});
const scores = fc.array(
	fc.integer({ min: -20, max: 20 }).map((tenths) => tenths / 10),
	{
		minLength: 4,
		maxLength: 4
	}
);
const strength = fc.double({ min: 0.02, max: 5, noNaN: true });

describe('the rest of k3 in the loss', () => {
	test('sums to 1, and there the push of the rewards and the pull of k3 cancel', () => {
		fc.assert(
			fc.property(policy(4), scores, strength, (ref, rewards, beta) => {
				const { probabilities, expectedReward } = forwardKlOptimum(ref, rewards, beta);
				expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 10);
				const { gradient, meanReward } = exactGradient(probabilities, rewards);
				expect(meanReward).toBeCloseTo(expectedReward, 10);
				const pull = klPull(probabilities, ref, 'loss', 'k3');
				gradient.forEach((g, k) => expect(g - beta * pull[k]).toBeCloseTo(0, 9));
			}),
			{ seed: 1 }
		);
	});

	test('no other policy has more reward less β KL(π_ref‖π)', () => {
		const worth = (p: ArrayLike<number>, ref: number[], rewards: number[], beta: number) =>
			Array.from(p).reduce((sum, share, k) => sum + share * rewards[k], 0) - beta * exactKl(ref, p);
		fc.assert(
			fc.property(policy(4), policy(4), scores, strength, (ref, other, rewards, beta) => {
				const { probabilities } = forwardKlOptimum(ref, rewards, beta);
				const sum = probabilities.reduce((total, p) => total + p, 0);
				const best = worth(
					probabilities.map((p) => p / sum),
					ref,
					rewards,
					beta
				);
				expect(worth(other, ref, rewards, beta)).toBeLessThanOrEqual(best + 1e-10);
			}),
			{ seed: 2 }
		);
	});

	test('two answers: p − p_ref = p (1 − p)/β', () => {
		for (const [pRef, beta] of [
			[0.2, 0.25],
			[0.01, 0.04],
			[0.5, 2]
		]) {
			const [p] = forwardKlOptimum([pRef, 1 - pRef], [1, 0], beta).probabilities;
			// As near as Brent’s method takes the root.
			expect(p - pRef).toBeCloseTo((p * (1 - p)) / beta, 9);
		}
	});

	test('is onPolicyFixedPoint’s where dividing by the deviation changes nothing but β', () => {
		// With a reward divided by sqrt(p(1−p)) at rest, β there is β times that deviation here.
		const { rate } = onPolicyFixedPoint({ pRef: 0.2, beta: 2, epsilon: 0 });
		const beta = 2 * Math.sqrt(rate * (1 - rate));
		expect(forwardKlOptimum([0.2, 0.8], [1, 0], beta).expectedReward).toBeCloseTo(rate, 9);
	});
});

describe('limits', () => {
	const ref = [0.1, 0.2, 0.3, 0.4];
	const rewards = [1, 0.5, 0, 1];

	test('a large β stays at the reference', () => {
		const { probabilities } = forwardKlOptimum(ref, rewards, 1e6);
		probabilities.forEach((p, k) => expect(p).toBeCloseTo(ref[k], 5));
	});

	test('a small β shares all among the best answers as the reference does, the rest dies like β', () => {
		const beta = 1e-6;
		const { probabilities } = forwardKlOptimum(ref, rewards, beta);
		expect(probabilities[0]).toBeCloseTo(0.1 / 0.5, 5);
		expect(probabilities[3]).toBeCloseTo(0.4 / 0.5, 5);
		// β π_ref / (best reward − reward), to first order in β.
		expect(probabilities[2] / beta).toBeCloseTo(0.3, 5);
		expect(probabilities[1] / beta).toBeCloseTo(0.4, 5);
	});

	test('equal rewards leave the reference', () => {
		const { probabilities } = forwardKlOptimum(ref, [2, 2, 2, 2], 0.3);
		probabilities.forEach((p, k) => expect(p).toBeCloseTo(ref[k], 12));
	});
});

test('worked value, and bad input by name', () => {
	const { probabilities } = forwardKlOptimum([0.2, 0.8], [1, 0], 0.25);
	expect(probabilities[0]).toBeCloseTo(0.811606, 6);
	const run = (ref: number[], rewards: number[], beta: number) => () =>
		forwardKlOptimum(ref, rewards, beta);
	expect(run([1], [1, 0], 1)).toThrow(
		'forwardKlOptimum: rewards must be one per answer (1), got 2'
	);
	expect(run([0, 1], [1, 0], 1)).toThrow('refProbabilities[0] must be above 0, got 0');
	expect(run([0.5, 0.5], [1, NaN], 1)).toThrow('rewards[1] must be finite, got NaN');
	expect(run([0.5, 0.5], [1, 0], 0)).toThrow('beta must be positive and finite, got 0');
});
