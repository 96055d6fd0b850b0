import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactMaximiser } from '../../../src/kernels/grpo-dynamics/exactMaximiser';
import { omegaMinus, omegaPlus } from '../../../src/kernels/grpo-dynamics/omega';
import { successMap } from '../../../src/kernels/grpo-dynamics/successMap';
import { exactKl } from '../../../src/kernels/rl/exactKl';
import { klBernoulli } from '../../../src/kernels/rl/klBernoulli';

const distribution = fc
	.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 })
	.map((weights) => {
		const sum = weights.reduce((a, b) => a + b, 0);
		return weights.map((weight) => weight / sum);
	});
const beta = fc.double({ min: 0.2, max: 10, noNaN: true });

test('no other policy does better, and the maximum is β log Z', () => {
	fc.assert(
		fc.property(
			distribution,
			distribution,
			fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 5, maxLength: 5 }),
			beta,
			(reference, other, advantages, weight) => {
				const { logProbs, logPartition } = exactMaximiser(
					reference.map(Math.log),
					advantages,
					weight
				);
				const objective = (policy: ArrayLike<number>) =>
					advantages.reduce((sum, a, o) => sum + a * policy[o], 0) -
					weight * exactKl(policy, reference);
				const best = objective(logProbs.map(Math.exp));
				expect(best).toBeCloseTo(weight * logPartition, 10); // rounding of terms up to 50
				expect(best).toBeGreaterThan(objective(other) - 1e-10);
			}
		),
		{ seed: 1, numRuns: 300 }
	);
});

test('GRPO’s weights give the success map, scale each class by one factor, and the KL of two coins', () => {
	fc.assert(
		fc.property(
			distribution,
			beta,
			fc.double({ min: 0.02, max: 0.98, noNaN: true }),
			(ref, b, p) => {
				const pRef = ref[0] + ref[1];
				const [plus, minus] = [omegaPlus(p, 1e-5), omegaMinus(p, 1e-5)];
				const { logProbs } = exactMaximiser(
					ref.map(Math.log),
					ref.map((_, o) => (o < 2 ? plus : -minus)),
					b
				);
				const policy = Array.from(logProbs, Math.exp);
				const rate = Math.min(1, policy[0] + policy[1]);
				// exponents up to 36 carry 1e-16 each
				expect(rate).toBeCloseTo(successMap(p, { pRef, beta: b, epsilon: 1e-5 }), 11);
				expect(policy[0] / rate).toBeCloseTo(ref[0] / pRef, 11);
				expect(logProbs[2] - Math.log(ref[2])).toBeCloseTo(logProbs[4] - Math.log(ref[4]), 11);
				expect(exactKl(policy, ref)).toBeCloseTo(klBernoulli(rate, pRef), 10);
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test('a large β keeps the reference; the worked value', () => {
	const ref = [0.2, 0.8].map(Math.log);
	expect(exactMaximiser(ref, [2, -0.5], 1e9).logProbs[0]).toBeCloseTo(ref[0], 8);
	expect(Math.exp(exactMaximiser(ref, [2, -0.5], 2).logProbs[0])).toBeCloseTo(0.465979, 5);
});

test('bad input is refused by name', () => {
	expect(() => exactMaximiser([0], [1, 2], 1)).toThrow('advantages must be 1 long, got 2');
	expect(() => exactMaximiser([0], [NaN], 1)).toThrow('advantages[0] must be finite, got NaN');
	expect(() => exactMaximiser([0], [1], 0)).toThrow('beta must be positive and finite, got 0');
});
