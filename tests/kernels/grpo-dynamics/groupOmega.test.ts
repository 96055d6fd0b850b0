import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logit } from '../../../src/kernels/core/sigmoid';
import { createStream } from '../../../src/kernels/core/stream';
import { binomialProbabilities } from '../../../src/kernels/grpo-dynamics/binomialProbabilities';
import { groupOmega } from '../../../src/kernels/grpo-dynamics/groupOmega';
import { omegaSum } from '../../../src/kernels/grpo-dynamics/omega';
import {
	expectedGroupDeviation,
	zeroSignalProbability
} from '../../../src/kernels/grpo-dynamics/zeroSignal';
import { groupAdvantages } from '../../../src/kernels/rl/groupAdvantages';

const rate = fc.double({ min: 0.001, max: 0.999, noNaN: true });

test('binomial probabilities: Pascal’s row, mean and variance', () => {
	// a few roundings
	expect([...binomialProbabilities(0, 4)].map((x) => x * 16)).toEqual(
		[1, 4, 6, 4, 1].map((x) => expect.closeTo(x, 12))
	);
	fc.assert(
		fc.property(rate, fc.integer({ min: 1, max: 2000 }), (p, n) => {
			const probabilities = binomialProbabilities(logit(p), n);
			const moment = (f: (k: number) => number) =>
				probabilities.reduce((sum, share, k) => sum + share * f(k), 0);
			// log-factorials of 2000 reach 13,000, of which exp keeps 1e-12
			expect(moment(() => 1)).toBeCloseTo(1, 9);
			expect(moment((k) => k) / n).toBeCloseTo(p, 9);
			expect(moment((k) => (k - n * p) ** 2) / n).toBeCloseTo(p * (1 - p), 8);
		}),
		{ seed: 1, numRuns: 60 }
	);
	expect([...binomialProbabilities(Infinity, 2)]).toEqual([0, 0, 1]);
	expect(() => binomialProbabilities(0, 0)).toThrow('n must be a positive integer, got 0');
});

test('how many groups carry no signal', () => {
	expect(1 - zeroSignalProbability(0.001, 16)).toBeCloseTo(0.015881, 6);
	expect(zeroSignalProbability(0.5, 1)).toBe(1);
	expect(zeroSignalProbability(1, 8)).toBe(1);
	fc.assert(
		fc.property(rate, fc.integer({ min: 1, max: 64 }), (p, size) => {
			const probabilities = binomialProbabilities(logit(p), size);
			const ends = size === 1 ? 1 : probabilities[0] + probabilities[size];
			expect(zeroSignalProbability(p, size)).toBeCloseTo(ends, 11); // rounding
		}),
		{ seed: 1, numRuns: 100 }
	);
	expect(() => zeroSignalProbability(2, 8)).toThrow('p must be in [0, 1], got 2');
	expect(() => zeroSignalProbability(0.5, 0)).toThrow('numGenerations must be a positive integer');
});

test.each([
	[0.5, 0.463914],
	[0.1, 0.209492],
	[0.01, 0.025828]
])('a group of 8 at p = %f shows the deviation %f', (p, want) => {
	expect(expectedGroupDeviation(p, 8)).toBeCloseTo(want, 6);
	expect(expectedGroupDeviation(p, 8)).toBeLessThan(Math.sqrt(p * (1 - p)));
});

test('Ω_G is the mean deviation over the variance, and tends to Ω', () => {
	fc.assert(
		fc.property(rate, fc.integer({ min: 2, max: 64 }), (p, numGenerations) => {
			const omega = groupOmega(logit(p), { numGenerations, epsilon: 0 });
			// up to 1e3 in size
			expect(omega / (expectedGroupDeviation(p, numGenerations) / (p * (1 - p)))).toBeCloseTo(1, 9);
			expect(omega).toBeLessThan(omegaSum(p, 0));
			expect(groupOmega(logit(p), { epsilon: 0 })).toBeCloseTo(omegaSum(p, 0), 9);
		}),
		{ seed: 1, numRuns: 100 }
	);
	// the loss is about 1/(8 G p(1−p)) of it
	expect(groupOmega(0, { numGenerations: 100_000, epsilon: 0 })).toBeCloseTo(2, 4);
});

test('rare successes are boosted by sqrt(G−1), not by 1/sqrt(p)', () => {
	for (const numGenerations of [2, 16, 100]) {
		const omega = groupOmega(logit(1e-12), { numGenerations, epsilon: 0 });
		expect(omega).toBeCloseTo(Math.sqrt(numGenerations - 1), 8); // off by about G·p
		const far = groupOmega(-5000, { numGenerations, epsilon: 0 });
		expect(far).toBeCloseTo(Math.sqrt(numGenerations - 1), 10);
	}
	expect(omegaSum(1e-12, 0)).toBeCloseTo(1e6, 3);
});

test('it is the mean push that sampled groups get from the advantages of a library', () => {
	const draws = createStream(1);
	const [p, size, groups] = [0.15, 8, 20_000];
	const rewards = Array.from({ length: size * groups }, () => (draws.uniform() < p ? 1 : 0));
	for (const scaleRewards of ['group', 'none'] as const) {
		const { advantages } = groupAdvantages(rewards, {
			library: 'trl',
			numGenerations: size,
			scaleRewards
		});
		const push = advantages.reduce((sum, a, i) => sum + a * rewards[i], 0) / rewards.length;
		const omega = groupOmega(logit(p), {
			numGenerations: size,
			scaleRewards,
			ddof: 1,
			epsilon: 1e-4,
			normalisation: 'std+epsilon'
		});
		// the push of a group deviates by 0.15 about its mean: 4 standard errors of 20,000 groups
		expect(Math.abs(push - omega * p * (1 - p))).toBeLessThan(0.0043);
	}
});

test('without the division it is (G−1)/G', () => {
	const options = { numGenerations: 8, scaleRewards: 'none' } as const;
	expect(groupOmega(0.3, options)).toBe(7 / 8);
	expect(groupOmega(0.3, { scaleRewards: 'none' })).toBe(1);
	expect(groupOmega(0.3, { numGenerations: 1 })).toBe(0);
});
