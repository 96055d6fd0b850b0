import { describe, expect, test } from 'vitest';
import { mean } from '../../../src/kernels/core/mean';
import { quantile } from '../../../src/kernels/core/quantile';
import { createStream } from '../../../src/kernels/core/stream';
import { standardDeviation } from '../../../src/kernels/core/variance';
import { klRegularisedOptimum } from '../../../src/kernels/preference/klRegularisedOptimum';
import {
	anchoredTraining,
	type AnchoredTrainingOptions
} from '../../../src/kernels/trust-region/anchoredTraining';
import { forwardKlOptimum } from '../../../src/kernels/trust-region/forwardKlOptimum';
import { klPull } from '../../../src/kernels/trust-region/klPull';

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);
const refProbabilities = [0.12, 0.08, 0.4, 0.25, 0.1, 0.05];
const rewards = [1, 1, 0, 0, 0, 0];

const settings: AnchoredTrainingOptions = {
	refProbabilities,
	rewards,
	place: 'reward',
	estimator: 'k1',
	beta: 0.25,
	numGenerations: 32,
	learningRate: 1,
	steps: 300
};

function train(changed: Partial<AnchoredTrainingOptions>, seed: number): Float64Array {
	return anchoredTraining(createStream(seed), { ...settings, ...changed }).at(-1)!;
}

const successOf = (p: Float64Array) => p[0] + p[1];
/** How the two right answers share what they have: the reference gives 0.6. */
const shareOf = (p: Float64Array) => p[0] / successOf(p);
const entropyOf = (p: Float64Array) =>
	p.reduce((sum, share) => (share === 0 ? sum : sum - share * Math.log(share)), 0);

/** Mean over the seeds with its standard error. */
function over(changed: Partial<AnchoredTrainingOptions>, read: (p: Float64Array) => number) {
	const values = SEEDS.map((seed) => read(train(changed, seed)));
	return { values, mean: mean(values), error: standardDeviation(values, 1) / Math.sqrt(20) };
}

const target = klRegularisedOptimum(refProbabilities.map(Math.log), rewards, 0.25);
const forward = forwardKlOptimum(refProbabilities, rewards, 0.25);

describe('after 300 steps, over 20 seeds', () => {
	test('k1 in the reward is at the optimum of reward less β KL(π‖π_ref), in every seed', () => {
		// There all rewards less β k1 are equal, so every advantage is 0 and nothing is left to jump.
		const { values } = over({}, successOf);
		// It comes there like an exponential; 300 steps leave a last bit of the way.
		for (const value of values) expect(Math.abs(value - target.expectedReward)).toBeLessThan(5e-3);
		for (const value of over({}, shareOf).values) expect(Math.abs(value - 0.6)).toBeLessThan(1e-2);
	});

	test('k2 in the loss is there in the mean, and keeps jumping', () => {
		const { mean: rate, error } = over({ place: 'loss', estimator: 'k2' }, successOf);
		// Noise and curvature shift the mean a little: 0.005.
		expect(Math.abs(rate - target.expectedReward)).toBeLessThan(0.005 + 3 * error);
		const [jumps, rests] = [{ place: 'loss', estimator: 'k2' } as const, {}].map((changed) =>
			standardDeviation(over(changed, shareOf).values)
		);
		expect(jumps).toBeGreaterThan(10 * rests);
	});

	test('k3 in the loss rests at the optimum with KL(π_ref‖π), far from the other', () => {
		const { mean: rate, error } = over({ place: 'loss', estimator: 'k3' }, successOf);
		expect(Math.abs(rate - forward.expectedReward)).toBeLessThan(0.005 + 3 * error);
		expect(rate).toBeLessThan(target.expectedReward - 0.1);
	});

	test('k1 in the loss holds nothing: as without a penalty one right answer takes nearly all', () => {
		const { mean: share } = over({ place: 'loss', estimator: 'k1' }, shareOf);
		expect(share).toBeGreaterThan(0.9);
		expect(over({ beta: 0 }, shareOf).mean).toBeGreaterThan(0.9);
	});

	test('k3 in the reward speeds the collapse: in most seeds less entropy is left than without it', () => {
		const [penalised, free] = [{ estimator: 'k3' } as const, { beta: 0 }].map(
			(changed) => over({ ...changed, steps: 200 }, entropyOf).values
		);
		expect(SEEDS.filter((_, i) => penalised[i] < free[i]).length).toBeGreaterThanOrEqual(16);
		expect(quantile(penalised, 0.5)).toBeLessThan(0.01);
		expect(quantile(free, 0.5)).toBeGreaterThan(0.05);
	});
});

test('the mean step is the push of the rewards less β times klPull', () => {
	const count = 20_000;
	for (const place of ['reward', 'loss'] as const) {
		for (const estimator of ['k1', 'k2', 'k3'] as const) {
			// Away from the reference, where penalties pull: two steps, of which the second is looked at.
			const options = { ...settings, place, estimator, numGenerations: 4, learningRate: 4 };
			const stream = createStream(5);
			const [, after] = anchoredTraining(stream.split('first'), { ...options, steps: 1 });
			const want = klPull(after, refProbabilities, place, estimator);
			const push = Array.from(after, (p, k) => p * (rewards[k] - successOf(after)));
			const sums = new Float64Array(6);
			const squares = new Float64Array(6);
			for (let i = 0; i < count; i++) {
				// The first step draws from the same numbers each time, the second from new ones.
				const first = stream.split('first');
				const second = stream.split(i);
				let drawn = 0;
				const both = {
					...first,
					uniform: () => (drawn++ < 4 ? first.uniform() : second.uniform())
				};
				const [, from, to] = anchoredTraining(both, { ...options, steps: 2 });
				for (let k = 0; k < 6; k++) {
					// Logits move by the step; only their differences show in the probabilities.
					const step = Math.log(to[k] / from[k]) - Math.log(to[0] / from[0]);
					sums[k] += step / count;
					squares[k] += step ** 2 / count;
				}
			}
			for (let k = 1; k < 6; k++) {
				const gradient = (j: number) => push[j] - options.beta * want[j];
				const exact = options.learningRate * (gradient(k) - gradient(0));
				const error = Math.sqrt((squares[k] - sums[k] ** 2) / count);
				expect(Math.abs(sums[k] - exact)).toBeLessThan(4.5 * error);
			}
		}
	}
});

test('the same seed gives the same run, and equal rewards without a penalty change nothing', () => {
	expect(train({ steps: 20 }, 1)).toEqual(train({ steps: 20 }, 1));
	expect(train({ steps: 20 }, 2)).not.toEqual(train({ steps: 20 }, 1));
	const still = anchoredTraining(createStream(1), {
		...settings,
		rewards: [1, 1, 1, 1, 1, 1],
		beta: 0,
		steps: 5
	});
	expect(still).toHaveLength(6);
	expect(still[5]).toEqual(still[0]);
	still[0].forEach((p, k) => expect(p).toBeCloseTo(refProbabilities[k], 14));
});

test('bad input is refused by name', () => {
	const run = (changed: Partial<AnchoredTrainingOptions>) => () => train(changed, 1);
	expect(run({ rewards: [1] })).toThrow(
		'anchoredTraining: rewards must be one per answer (6), got 1'
	);
	expect(run({ refProbabilities: [0, 1, 0, 0, 0, 0] })).toThrow(
		'refProbabilities must be all above 0'
	);
	expect(run({ numGenerations: 1 })).toThrow('numGenerations must be a whole number ≥ 2, got 1');
	expect(run({ steps: 0.5 })).toThrow('steps must be a whole number ≥ 0, got 0.5');
	expect(run({ beta: -1 })).toThrow('beta must be finite and ≥ 0, got -1');
	expect(run({ learningRate: 0 })).toThrow('learningRate must be positive and finite, got 0');
	expect(run({ learningRate: 1e308, rewards: [1e10, 1, 0, 0, 0, 0] })).toThrow(
		'learningRate must be small enough not to overflow'
	);
});
