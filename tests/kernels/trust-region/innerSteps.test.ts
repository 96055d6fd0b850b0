import { describe, expect, test } from 'vitest';
import { mean } from '../../../src/kernels/core/mean';
import { quantile } from '../../../src/kernels/core/quantile';
import { createStream } from '../../../src/kernels/core/stream';
import { exactKl } from '../../../src/kernels/rl/exactKl';
import { policyLoss } from '../../../src/kernels/rl/policyLoss';
import { batchTraining } from '../../../src/kernels/trust-region/batchTraining';
import { innerSteps, type InnerStepsOptions } from '../../../src/kernels/trust-region/innerSteps';

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);
/** Eight approaches, right with 0.1 to 0.9. */
const success = Array.from({ length: 8 }, (_, k) => 0.1 + (0.8 * k) / 7);
const settings: InnerStepsOptions = {
	success,
	numGenerations: 16,
	numIterations: 20,
	learningRate: 2,
	epsilon: 0.2
};
const even = () => new Float64Array(8);
const take = (changed: Partial<InnerStepsOptions>, seed: number) =>
	innerSteps(createStream(seed), even(), { ...settings, ...changed });

describe('before the first step', () => {
	test('every ratio is 1, nothing is clipped, and the batch promises what it saw', () => {
		const { batch, steps } = take({}, 1);
		expect(steps).toHaveLength(21);
		const [first] = steps;
		expect([...first.ratios]).toEqual(Array(8).fill(1));
		expect(first.clipFraction).toBe(0);
		expect(first.kl).toBe(0);
		expect(first.promised).toBeCloseTo(mean(batch.rewards), 14);
		expect(first.successRate).toBeCloseTo(0.5, 14);
		// Advantages of one group sum to 0.
		expect(first.surrogate).toBeCloseTo(0, 12);
	});
});

describe('at every step', () => {
	test('surrogate and clip fraction are those of the policy loss kernel', () => {
		for (const seed of SEEDS.slice(0, 5)) {
			const { batch, steps } = take({}, seed);
			const logProbsAt = (n: number) =>
				batch.approaches.map((k) => Math.log(steps[n].probabilities[k]));
			for (const n of [0, 1, 5, 20]) {
				const { loss, clipFractionLow, clipFractionHigh } = policyLoss(
					{
						batch: 16,
						length: 1,
						logProbs: logProbsAt(n),
						oldLogProbs: logProbsAt(0),
						advantages: batch.advantages
					},
					{ epsilon: 0.2, aggregation: 'token-mean' }
				);
				expect(-loss).toBeCloseTo(steps[n].surrogate, 10);
				expect(clipFractionLow + clipFractionHigh).toBeCloseTo(steps[n].clipFraction, 10);
			}
		}
	});

	test('ratios, success rate and KL are those of its policy', () => {
		const { steps } = take({}, 3);
		for (const { probabilities, ratios, successRate, kl } of steps) {
			probabilities.forEach((p, k) => expect(ratios[k]).toBeCloseTo(8 * p, 12));
			const rate = probabilities.reduce((sum, p, k) => sum + p * success[k], 0);
			expect(successRate).toBeCloseTo(rate, 14);
			expect(kl).toBeCloseTo(exactKl(Array(8).fill(1 / 8), probabilities), 12);
		}
	});

	test('a step follows the slope of the surrogate, by finite differences', () => {
		const { batch, steps } = take({ numIterations: 3, learningRate: 0.3 }, 2);
		const surrogate = (logits: number[]) => {
			const top = Math.log(logits.reduce((sum, l) => sum + Math.exp(l), 0));
			return mean(
				batch.approaches.map((k, i) => {
					const ratio = 8 * Math.exp(logits[k] - top);
					const A = batch.advantages[i];
					return Math.min(ratio * A, Math.max(0.8, Math.min(1.2, ratio)) * A);
				})
			);
		};
		for (const n of [0, 1, 2]) {
			const at = [...steps[n].logits];
			const h = 1e-6;
			at.forEach((_, k) => {
				const moved = (by: number) => surrogate(at.map((l, i) => (i === k ? l + by : l)));
				const slope = (moved(h) - moved(-h)) / (2 * h);
				const step = (steps[n + 1].logits[k] - at[k]) / 0.3;
				// eps/h from rounding; no ratio lies within h of the clip's edges in this run.
				expect(Math.abs(step - slope)).toBeLessThan(1e-7);
			});
		}
	});
});

describe('on one batch, over 20 seeds', () => {
	const last = (changed: Partial<InnerStepsOptions>) =>
		SEEDS.map((seed) => take(changed, seed).steps.at(-1)!);

	test('without a clip the promise passes 1 in the mean, and the truth stays far below', () => {
		const ends = last({ epsilon: Infinity });
		expect(mean(ends.map(({ promised }) => promised))).toBeGreaterThan(1.3);
		expect(mean(ends.map(({ successRate }) => successRate))).toBeLessThan(0.8);
		expect(ends.every(({ clipFraction }) => clipFraction === 0)).toBe(true);
	});

	test('with the clip it stays near, but still above the truth', () => {
		const ends = last({});
		const gap = ends.map(({ promised, successRate }) => promised - successRate);
		expect(mean(gap)).toBeGreaterThan(0.02);
		expect(mean(gap)).toBeLessThan(0.2);
		expect(mean(ends.map(({ kl }) => kl))).toBeLessThan(0.1);
	});

	test('the clip takes the gradient away, it does not hold the ratio: most pass 1 + ε', () => {
		const passed = last({}).filter(({ largestRatio }) => largestRatio > 1.2);
		expect(passed.length).toBeGreaterThan(15);
	});

	test('small steps pass it less: with a tenth of the rate ratios end nearer to 1 + ε', () => {
		const [coarse, fine] = [{}, { learningRate: 0.2, numIterations: 200 }].map((changed) =>
			mean(last(changed).map(({ largestRatio }) => largestRatio))
		);
		expect(fine).toBeLessThan(coarse);
	});
});

test('a batch that is all right or all wrong moves nothing', () => {
	for (const rate of [0, 1]) {
		const { steps } = take({ success: Array(8).fill(rate) }, 1);
		expect([...steps.at(-1)!.logits]).toEqual(Array(8).fill(0));
	}
});

describe('batch after batch, 30 of them with 20 steps each, over 20 seeds', () => {
	const train = (changed: Partial<InnerStepsOptions>, seed: number, batches = 30) =>
		batchTraining(createStream(seed), { ...settings, ...changed, batches });
	const rates = (changed: Partial<InnerStepsOptions>, batches?: number) =>
		SEEDS.map((seed) => train(changed, seed, batches).at(-1)!.steps.at(-1)!.successRate);

	test('with the clip the best approach is found; without it many runs are stuck on a worse one', () => {
		const [clipped, free] = [rates({}), rates({ epsilon: Infinity })];
		// The primer quotes these numbers.
		expect(Math.min(...clipped)).toBeGreaterThan(0.8);
		expect(free.filter((rate) => rate < 0.8)).toHaveLength(12);
		expect(quantile(clipped, 0.5)).toBeCloseTo(0.891, 3);
		expect(quantile(free, 0.5)).toBeCloseTo(0.786, 3);
	});

	test('after one batch it is the other way about: greed pays at first', () => {
		expect(quantile(rates({ epsilon: Infinity }, 1), 0.5)).toBeCloseTo(0.78, 2);
		expect(quantile(rates({}, 1), 0.5)).toBeCloseTo(0.54, 2);
	});

	test('with one step a batch the clip never acts', () => {
		expect(rates({ numIterations: 1 })).toEqual(rates({ numIterations: 1, epsilon: Infinity }));
	});

	test('each batch starts where the last one ended', () => {
		const trained = train({}, 1, 3);
		for (const n of [1, 2]) {
			expect(trained[n].steps[0].logits).toEqual(trained[n - 1].steps.at(-1)!.logits);
			expect([...trained[n].steps[0].ratios]).toEqual(Array(8).fill(1));
		}
	});
});

test('bad input is refused by name', () => {
	const run = (changed: Partial<InnerStepsOptions>) => () => take(changed, 1);
	expect(run({ success: [1] })).toThrow('innerSteps: success must have at least 2 entries, got 1');
	expect(run({ success: [0.5, 2] })).toThrow('oldLogits must be one per approach (2), got 8');
	expect(run({ success: [2, ...success.slice(1)] })).toThrow('success[0] must be in [0, 1], got 2');
	expect(run({ numGenerations: 1 })).toThrow('numGenerations must be a whole number ≥ 2, got 1');
	expect(run({ numIterations: 0 })).toThrow('numIterations must be a whole number ≥ 1, got 0');
	expect(run({ learningRate: 0 })).toThrow('learningRate must be positive and finite, got 0');
	expect(run({ epsilon: -1 })).toThrow('epsilon must be ≥ 0, got -1');
	expect(() => batchTraining(createStream(1), { ...settings, batches: 0 })).toThrow(
		'batchTraining: batches must be a whole number ≥ 1, got 0'
	);
});
