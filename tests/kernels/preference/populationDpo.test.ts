import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sigmoid } from '../../../src/kernels/core/sigmoid';
import { logSoftmax } from '../../../src/kernels/core/softmax';
import {
	divergenceScore,
	type FDivergenceType
} from '../../../src/kernels/preference/divergenceScore';
import { finiteSetDpo } from '../../../src/kernels/preference/finiteSetDpo';
import { impliedReward } from '../../../src/kernels/preference/impliedReward';
import { klRegularisedOptimum } from '../../../src/kernels/preference/klRegularisedOptimum';
import { populationDpo } from '../../../src/kernels/preference/populationDpo';

const list = (size: number, reach: number) =>
	fc.array(fc.double({ min: -reach, max: reach, noNaN: true }), {
		minLength: size,
		maxLength: size
	});

/** Preferences of a Bradley–Terry labeller. */
const bradleyTerry = (rewards: readonly number[]) =>
	rewards.map((a) => rewards.map((b) => sigmoid(a - b)));

const problems = fc.record({
	refLogits: list(5, 2),
	rewards: list(5, 2),
	logits: list(5, 2),
	beta: fc.double({ min: 0.1, max: 2, noNaN: true })
});

const longest = (xs: ArrayLike<number>) => Math.max(...Array.from(xs, Math.abs));

test('the optimum of reward learning and RL is where the gradient of DPO vanishes', () => {
	fc.assert(
		fc.property(problems, ({ refLogits, rewards, logits, beta }) => {
			const ref = logSoftmax(refLogits);
			const preferences = bradleyTerry(rewards);
			const { logProbs } = klRegularisedOptimum(ref, rewards, beta);
			const best = populationDpo(logProbs, ref, preferences, { beta });
			expect(longest(best.gradient)).toBeLessThan(1e-14); // rounding of probabilities
			const elsewhere = populationDpo(logits, ref, preferences, { beta });
			expect(elsewhere.loss).toBeGreaterThanOrEqual(best.loss - 1e-14);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('gradient descent on the population loss ends there', () => {
	const ref = logSoftmax([0.5, -0.3, 0, 1]);
	const rewards = [1, 0, -0.5, 0.2];
	const beta = 0.5;
	let logits = Float64Array.from(ref);
	for (let step = 0; step < 3000; step++) {
		const { gradient } = populationDpo(logits, ref, bradleyTerry(rewards), { beta });
		logits = logits.map((x, i) => x - 10 * gradient[i]);
	}
	const { logProbs } = klRegularisedOptimum(ref, rewards, beta);
	// linear convergence: 3000 steps bring it down to rounding
	logSoftmax(logits).forEach((log, i) => expect(log).toBeCloseTo(logProbs[i], 10));
});

test('IPO ends at the optimum of the mean preference, for any preferences, certain ones too', () => {
	const sizes = fc.integer({ min: 2, max: 5 });
	fc.assert(
		fc.property(
			sizes.chain((n) => fc.tuple(list(n, 2), list(n * n, 1))),
			fc.double({ min: 0.1, max: 2, noNaN: true }),
			fc.boolean(),
			([refLogits, draws], beta, certain) => {
				const n = refLogits.length;
				const above = (i: number, j: number) =>
					certain ? (draws[i * n + j] > 0 ? 1 : 0) : (1 + draws[i * n + j]) / 2;
				const preferences = Array.from({ length: n }, (_, i) =>
					Array.from({ length: n }, (_, j) => {
						if (i === j) return 0.5;
						return i < j ? above(i, j) : 1 - above(j, i);
					})
				);
				const ref = logSoftmax(refLogits);
				const means = preferences.map((row) => row.reduce((sum, p) => sum + p, 0) / n);
				const { logProbs } = klRegularisedOptimum(ref, means, beta);
				const { gradient } = populationDpo(logProbs, ref, preferences, { beta, lossType: 'ipo' });
				expect(longest(gradient)).toBeLessThan(1e-12); // margins up to 5, rounding
				// Mean preferences lie within 0 and 1, so log-ratios within 1/β of each other.
				const away = logProbs.map((log, i) => log - ref[i]);
				expect(Math.max(...away) - Math.min(...away)).toBeLessThanOrEqual(1 / beta + 1e-9);
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test('certain labels: DPO leaves the reference without bound, IPO stops', () => {
	const ref = logSoftmax([0, 0]);
	const always = [
		[0.5, 1],
		[0, 0.5]
	];
	const after = (lossType: 'sigmoid' | 'ipo', learningRate: number, steps: number) => {
		let logits = Float64Array.from(ref);
		for (let step = 0; step < steps; step++) {
			const { gradient } = populationDpo(logits, ref, always, { beta: 0.5, lossType });
			logits = logits.map((x, i) => x - learningRate * gradient[i]);
		}
		return logits[0] - logits[1];
	};
	expect(after('ipo', 0.1, 500)).toBeCloseTo(1, 10); // 1/(2β)
	expect(after('sigmoid', 1, 500)).toBeGreaterThan(5);
	expect(after('sigmoid', 1, 5000)).toBeGreaterThan(after('sigmoid', 1, 500) + 3);
});

test('robust on flipped labels still ends at the clean optimum; cDPO is DPO on flipped labels', () => {
	fc.assert(
		fc.property(
			problems,
			fc.double({ min: 0.01, max: 0.4, noNaN: true }),
			({ refLogits, rewards, logits, beta }, labelSmoothing) => {
				const ref = logSoftmax(refLogits);
				const clean = bradleyTerry(rewards);
				const flipped = clean.map((row) =>
					row.map((p) => (1 - labelSmoothing) * p + labelSmoothing * (1 - p))
				);
				const { logProbs } = klRegularisedOptimum(ref, rewards, beta);
				const robust = { beta, labelSmoothing, lossType: 'robust' } as const;
				// divided by 1 − 2ε ≥ 0.2
				expect(longest(populationDpo(logProbs, ref, flipped, robust).gradient)).toBeLessThan(1e-13);
				const smoothed = populationDpo(logits, ref, clean, { beta, labelSmoothing });
				expect(populationDpo(logits, ref, flipped, { beta }).loss).toBeCloseTo(smoothed.loss, 12);
			}
		),
		{ seed: 1, numRuns: 100 }
	);
});

test('with another divergence the reward β f′(π/π_ref) makes π the end of DPO', () => {
	const kinds: FDivergenceType[] = ['forward_kl', 'js_divergence', 'alpha_divergence'];
	fc.assert(
		fc.property(problems, fc.constantFrom(...kinds), ({ refLogits, logits, beta }, kind) => {
			const ref = logSoftmax(refLogits);
			const logProbs = logSoftmax(logits);
			const options = { fDivergenceType: kind, fAlphaDivergenceCoef: 0.3 };
			const rewards = Array.from(
				logProbs,
				(log, i) =>
					beta * divergenceScore(log - ref[i], { ...options, fAlphaExponentMax: Infinity }).score
			);
			const { gradient } = populationDpo(logProbs, ref, bradleyTerry(rewards), {
				beta,
				...options
			});
			// scores up to e^8 with slopes as large
			expect(longest(gradient)).toBeLessThan(1e-9);
		}),
		{ seed: 1, numRuns: 100 }
	);
});

test('the gradient in the logits is that of finite differences and sums to 0', () => {
	const types = ['sigmoid', 'ipo', 'nca_pair', 'bco_pair', 'apo_zero', 'discopop'] as const;
	fc.assert(
		fc.property(problems, fc.constantFrom(...types), (problem, lossType) => {
			const { refLogits, rewards, logits, beta } = problem;
			const ref = logSoftmax(refLogits);
			const at = (x: readonly number[]) =>
				populationDpo(x, ref, bradleyTerry(rewards), { beta, lossType, discopopTau: 1 });
			const { gradient } = at(logits);
			const step = 1e-5;
			logits.forEach((_, i) => {
				const loss = (by: number) => at(logits.map((x, j) => (j === i ? x + by : x))).loss;
				// losses up to e^16 at β = 2 for discopop: relative to it
				const slope = (loss(step) - loss(-step)) / (2 * step);
				expect(Math.abs(gradient[i] - slope)).toBeLessThan(1e-6 * Math.max(1, loss(0)));
			});
			expect(gradient.reduce((sum, g) => sum + g, 0)).toBeCloseTo(0, 6);
		}),
		{ seed: 1, numRuns: 100 }
	);
});

test('one pair of a uniform reference, worked out; weights count as repetitions', () => {
	const half = logSoftmax([0, 0]);
	const { loss, gradient } = finiteSetDpo([0, 0], half, [{ chosen: 0, rejected: 1 }]);
	expect(loss).toBeCloseTo(Math.LN2, 14);
	expect(gradient[0]).toBeCloseTo(-0.05, 14);
	expect(gradient[1]).toBeCloseTo(0.05, 14);
	const there = { chosen: 0, rejected: 1 };
	const back = { chosen: 1, rejected: 0 };
	const repeated = finiteSetDpo([1, 0], half, [there, there, there, back]);
	const weighted = finiteSetDpo([1, 0], half, [{ ...there, weight: 3 }, back]);
	expect(weighted.loss).toBeCloseTo(repeated.loss, 14);
	expect(weighted.gradient[0]).toBeCloseTo(repeated.gradient[0], 14);
	const even = [
		[0.5, 0.5],
		[0.5, 0.5]
	];
	expect(populationDpo([0, 0], half, even).loss).toBeCloseTo(Math.LN2, 14);
	expect(longest(populationDpo([0, 0], half, even).gradient)).toBe(0);
});

test('rewards and optimum are inverse to each other, and log Z is all that a policy hides', () => {
	fc.assert(
		fc.property(problems, ({ refLogits, rewards, beta }) => {
			const ref = logSoftmax(refLogits);
			const { logProbs, logPartition, value, expectedReward, kl } = klRegularisedOptimum(
				ref,
				rewards,
				beta
			);
			impliedReward(logProbs, ref, beta, logPartition).forEach((reward, i) =>
				expect(reward).toBeCloseTo(rewards[i], 12)
			);
			const hidden = impliedReward(logProbs, ref, beta);
			const normaliser = hidden.reduce((sum, r, i) => sum + Math.exp(ref[i] + r / beta), 0);
			expect(normaliser).toBeCloseTo(1, 12);
			expect(expectedReward - beta * kl).toBeCloseTo(value, 12);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('no other policy does better than the optimum', () => {
	fc.assert(
		fc.property(problems, ({ refLogits, rewards, logits, beta }) => {
			const ref = logSoftmax(refLogits);
			const other = logSoftmax(logits);
			const objective = other.reduce(
				(sum, log, i) => sum + Math.exp(log) * (rewards[i] - beta * (log - ref[i])),
				0
			);
			expect(objective).toBeLessThanOrEqual(klRegularisedOptimum(ref, rewards, beta).value + 1e-12);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('worked values of the optimum and the implied reward', () => {
	const { logProbs, logPartition } = klRegularisedOptimum(logSoftmax([0, 0]), [1, 0], 1);
	expect(Math.exp(logProbs[0])).toBeCloseTo(0.731059, 6);
	expect(logPartition).toBeCloseTo(0.620115, 6);
	expect(impliedReward([-12], [-13], 0.1)[0]).toBeCloseTo(0.1, 14);
});

const half = logSoftmax([0, 0]);
test.each<[string, () => unknown, string]>([
	[
		'an answer that does not exist',
		() => finiteSetDpo([0, 0], half, [{ chosen: 0, rejected: 2 }]),
		'pairs[0] must name two of the 2 answers, got 2'
	],
	[
		'a negative weight',
		() => finiteSetDpo([0, 0], half, [{ chosen: 0, rejected: 1, weight: -1 }]),
		'pairs[0].weight must be finite and ≥ 0, got -1'
	],
	['no pairs', () => finiteSetDpo([0, 0], half, []), 'weights must sum to more than 0'],
	['another reference', () => finiteSetDpo([0], half, []), 'refLogProbs must be 1 long, got 2'],
	['one answer', () => populationDpo([0], [0], [[0.5]]), 'at least two answers, got 1'],
	['preferences of others', () => populationDpo([0, 0], half, [[0.5]]), 'must be 2 long, got 1'],
	[
		'preferences that do not sum to 1',
		() =>
			populationDpo([0, 0], half, [
				[0.5, 0.7],
				[0.7, 0.5]
			]),
		'preferences[0][1] and its mirror must be ≥ 0 and sum to 1, got 0.7 and 0.7'
	],
	['an infinite log-probability', () => impliedReward([-Infinity], [0], 1), 'logProbs[0]'],
	['β = 0', () => impliedReward([0], [0], 0), 'beta must be positive and finite, got 0'],
	['a reference that is none', () => klRegularisedOptimum([0, 0], [1, 0], 1), 'must sum to 1']
])('%s: refused', (_, call, message) => {
	expect(call).toThrow(RangeError);
	expect(call).toThrow(message);
});
