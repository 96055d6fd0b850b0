import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logSoftmax } from '../../../src/kernels/core/softmax';
import { createStream } from '../../../src/kernels/core/stream';
import { onPolicyFixedPoint } from '../../../src/kernels/grpo-dynamics/onPolicyFixedPoint';
import { batchGradient } from '../../../src/kernels/policy-landscape/batchGradient';
import { followToRest } from '../../../src/kernels/policy-landscape/followToRest';
import {
	landscapePolicy,
	landscapeValue,
	type Landscape,
	type Point
} from '../../../src/kernels/policy-landscape/landscape';
import {
	difficultyLandscape,
	lengthLandscape
} from '../../../src/kernels/policy-landscape/landscapes';
import { meanGradient } from '../../../src/kernels/policy-landscape/meanGradient';
import { methodOf, type MethodName } from '../../../src/kernels/policy-landscape/methods';
import { landscapePeak, restPoint } from '../../../src/kernels/policy-landscape/restPoint';
import { sampledPath } from '../../../src/kernels/policy-landscape/sampledPath';
import { klRegularisedOptimum } from '../../../src/kernels/preference/klRegularisedOptimum';
import { forwardKlOptimum } from '../../../src/kernels/trust-region/forwardKlOptimum';

const RATES = [0.6, 0.1] as const;
const difficulty = difficultyLandscape(...RATES);
const lengths = lengthLandscape(0.2);

const thetas = fc.tuple(
	fc.double({ min: -3, max: 3, noNaN: true }),
	fc.double({ min: -3, max: 3, noNaN: true })
);
const betas = fc.double({ min: 0.1, max: 2, noNaN: true });

/** Success rates of the two questions. */
const successes = (theta: Point) =>
	difficulty.map((prompt) => Math.exp(landscapePolicy(prompt, theta)[0]));

describe('landscapeValue', () => {
	test('worked value', () => {
		const one: Landscape = [
			{
				refLogits: [0, 0],
				features: [
					[1, 0],
					[0, 0]
				],
				rewards: [1, 0],
				lengths: [1, 1]
			}
		];
		const { value, gradient } = landscapeValue(one, [0, 0], 0.3);
		expect(value).toBe(0.5);
		expect(gradient).toEqual([0.25, 0]);
	});

	test('its gradient is that of its value, by central differences', () => {
		fc.assert(
			fc.property(fc.constantFrom(difficulty, lengths), thetas, betas, (prompts, [x, y], beta) => {
				const h = 1e-5;
				const at = (theta: Point) => landscapeValue(prompts, theta, beta).value;
				const [dx, dy] = landscapeValue(prompts, [x, y], beta).gradient;
				// error of the difference: h² times a third derivative, and rounding over h
				expect(dx).toBeCloseTo((at([x + h, y]) - at([x - h, y])) / (2 * h), 8);
				expect(dy).toBeCloseTo((at([x, y + h]) - at([x, y - h])) / (2 * h), 8);
			}),
			{ seed: 1, numRuns: 100 }
		);
	});

	test('its peak is the optimum of each question', () => {
		for (const beta of [0.2, 0.5, 2]) {
			for (const prompts of [difficulty, lengths]) {
				const peak = landscapePeak(prompts, beta)!;
				for (const prompt of prompts) {
					const reference = logSoftmax(prompt.refLogits);
					const { logProbs } = klRegularisedOptimum(reference, prompt.rewards, beta);
					landscapePolicy(prompt, peak).forEach((log, k) =>
						expect(log).toBeCloseTo(logProbs[k], 7)
					);
				}
			}
		}
		expect(landscapePeak(difficulty, 0)).toBeUndefined();
	});
});

describe('meanGradient', () => {
	test('of RLOO is ∇J at every G; of PPO with the exact critic too where answers have one token', () => {
		fc.assert(
			fc.property(thetas, betas, fc.integer({ min: 2, max: 6 }), (theta, beta, numGenerations) => {
				const at = (prompts: Landscape, name: MethodName) =>
					meanGradient(prompts, methodOf(name), theta, { beta, numGenerations });
				for (const [prompts, name] of [
					[difficulty, 'rloo'],
					[lengths, 'rloo'],
					[difficulty, 'ppo']
				] as const) {
					const { gradient } = landscapeValue(prompts, theta, beta);
					at(prompts, name).forEach((mean, i) => expect(mean).toBeCloseTo(gradient[i], 12));
				}
			}),
			{ seed: 1, numRuns: 40 }
		);
	});

	test('of Dr. GRPO without a penalty is (G−1)/G of ∇J, over the length that it divides by', () => {
		fc.assert(
			fc.property(thetas, fc.integer({ min: 2, max: 8 }), (theta, numGenerations) => {
				const options = { beta: 0, numGenerations };
				for (const [prompts, longest] of [
					[difficulty, 1],
					[lengths, 4]
				] as const) {
					const mean = meanGradient(prompts, methodOf('dr_grpo'), theta, options);
					const { gradient } = landscapeValue(prompts, theta, 0);
					const share = (numGenerations - 1) / numGenerations / longest;
					mean.forEach((m, i) => expect(m).toBeCloseTo(share * gradient[i], 12));
				}
			}),
			{ seed: 1, numRuns: 40 }
		);
	});

	test('is the mean of sampled batches', () => {
		const theta: Point = [0.4, -0.3];
		const options = { beta: 0.5, numGenerations: 4 };
		for (const prompts of [difficulty, lengths]) {
			for (const name of ['grpo', 'gspo', 'reinforce_plus_plus', 'cispo'] as const) {
				const exact = meanGradient(prompts, methodOf(name), theta, options);
				const stream = createStream(7);
				const draws = 3000;
				const sums = [0, 0];
				const squares = [0, 0];
				for (let n = 0; n < draws; n++) {
					const answers = prompts.map((prompt) => {
						const probabilities = landscapePolicy(prompt, theta).map(Math.exp);
						return Array.from({ length: 4 }, () => {
							let left = stream.uniform();
							return Math.max(
								0,
								probabilities.findIndex((p) => (left -= p) < 0)
							);
						});
					});
					batchGradient(prompts, methodOf(name), theta, { answers, theta }, options).forEach(
						(g, i) => {
							sums[i] += g;
							squares[i] += g * g;
						}
					);
				}
				exact.forEach((mean, i) => {
					const average = sums[i] / draws;
					const error = Math.sqrt((squares[i] / draws - average ** 2) / draws);
					// four standard errors, for sixteen comparisons
					expect(Math.abs(average - mean)).toBeLessThan(4 * error);
				});
			}
		}
	});
});

describe('where each method rests', () => {
	test('PPO, RLOO and REINFORCE++ at the peak of J, at every G', () => {
		for (const beta of [0.2, 0.5, 1.5]) {
			for (const numGenerations of [2, 5, 8]) {
				for (const name of ['ppo', 'rloo', 'reinforce_plus_plus'] as const) {
					const rest = restPoint(difficulty, methodOf(name), { beta, numGenerations })!;
					// both log-odds rise by 1/β
					rest.forEach((x) => expect(x).toBeCloseTo(1 / beta, 6));
				}
			}
		}
	});

	test('Dr. GRPO at the rest of β·G/(G−1), at every G', () => {
		for (const beta of [0.2, 0.5, 1.5]) {
			for (const numGenerations of [2, 5, 8]) {
				const options = { beta, numGenerations };
				const effective = (beta * numGenerations) / (numGenerations - 1);
				const plain = restPoint(difficulty, methodOf('dr_grpo'), options)!;
				successes(plain).forEach((p, i) => {
					const { probabilities } = forwardKlOptimum([RATES[i], 1 - RATES[i]], [1, 0], effective);
					expect(p).toBeCloseTo(probabilities[0], 8);
				});
				const corrected = restPoint(difficulty, methodOf('dr_grpo'), {
					...options,
					useBiasCorrectionKl: true
				})!;
				corrected.forEach((x) => expect(x).toBeCloseTo(1 / effective, 6));
			}
		}
	});

	test('GRPO with G answers nears the rest of β·σ as G grows, with an error below 1.5/G', () => {
		const beta = 0.5;
		const limits = RATES.map((pRef) => onPolicyFixedPoint({ pRef, beta, epsilon: 0 }).rate);
		limits.forEach((p, i) => {
			// the limit is the rest of Dr. GRPO's endless groups with β·σ in the place of β
			const sigma = Math.sqrt(p * (1 - p));
			const scaled = forwardKlOptimum([RATES[i], 1 - RATES[i]], [1, 0], beta * sigma);
			expect(scaled.probabilities[0]).toBeCloseTo(p, 10);
		});
		const gaps = [8, 16, 32, 64].map((numGenerations) => {
			const options = { beta, numGenerations, epsilon: 0 };
			const rest = restPoint(difficulty, methodOf('grpo'), options)!;
			const gap = Math.max(...successes(rest).map((p, i) => Math.abs(p - limits[i])));
			expect(gap).toBeLessThan(1.5 / numGenerations);
			return gap;
		});
		expect(gaps.toSorted((a, b) => b - a)).toEqual(gaps);
		// it is not the peak of J, nor near it
		expect(Math.abs(limits[1] - landscapeSuccess(beta))).toBeGreaterThan(0.3);
	}, 60_000);

	test('GSPO where GRPO does, and DAPO and CISPO nowhere: they have no penalty', () => {
		const options = { beta: 0.5, numGenerations: 8 };
		for (const prompts of [difficulty, lengths]) {
			const grpo = restPoint(prompts, methodOf('grpo'), options)!;
			restPoint(prompts, methodOf('gspo'), options)!.forEach((x, i) =>
				expect(x).toBeCloseTo(grpo[i], 6)
			);
		}
		expect(restPoint(difficulty, methodOf('dapo'), options)).toBeUndefined();
		expect(restPoint(difficulty, methodOf('cispo'), options)).toBeUndefined();
	});
});

/** Success on the hard question at the peak of J. */
const landscapeSuccess = (beta: number) => successes(landscapePeak(difficulty, beta)!)[1];

describe('length', () => {
	const options = { beta: 0.5, numGenerations: 8 };
	const ratio = (name: MethodName) => {
		const [x, y] = meanGradient(lengths, methodOf(name), [0, 0], options);
		return y / x;
	};

	test('bends GRPO’s first step away from the long wrong answer less than ∇J bends it', () => {
		const [x, y] = landscapeValue(lengths, [0, 0], 0.5).gradient;
		expect(ratio('rloo')).toBeCloseTo(y / x, 12);
		expect(ratio('dr_grpo')).toBeCloseTo(y / x, 12); // at the reference k3 has no pull
		expect(ratio('grpo')).toBeGreaterThan(0.5 * (y / x));
		expect(y / x).toBeLessThan(0);
	});

	test('moves no rest of k3 in the loss: the two wrong answers stay as likely as in the reference', () => {
		for (const name of ['grpo', 'gspo', 'dr_grpo'] as const) {
			expect(restPoint(lengths, methodOf(name), options)![1]).toBeCloseTo(0, 6);
		}
	});

	test('moves the rest of GRPO with the corrected k3, and that of REINFORCE++ less as the batch grows', () => {
		const corrected = { ...options, useBiasCorrectionKl: true };
		expect(Math.abs(restPoint(lengths, methodOf('grpo'), corrected)![1])).toBeGreaterThan(0.1);
		const shifts = [4, 8, 16].map(
			(numGenerations) =>
				restPoint(lengths, methodOf('reinforce_plus_plus'), { beta: 0.5, numGenerations })![1]
		);
		expect(shifts[0]).toBeGreaterThan(shifts[1]);
		expect(shifts[1]).toBeGreaterThan(shifts[2]);
		expect(shifts[2]).toBeGreaterThan(0);
	}, 60_000);
});

describe('sampledPath', () => {
	const learningRate = 1;
	const settings = { beta: 0.5, numGenerations: 8, numIterations: 1, learningRate, budget: 2048 };

	test('comes to the method’s rest, over 20 seeds', () => {
		for (const name of ['rloo', 'dr_grpo', 'grpo'] as const) {
			const rest = restPoint(difficulty, methodOf(name), settings)!;
			const ends = Array.from({ length: 20 }, (_, seed) =>
				sampledPath(createStream(seed), difficulty, methodOf(name), settings).at(-1)!
			);
			for (const i of [0, 1]) {
				const middle = ends.map(({ theta }) => theta[i]).sort((a, b) => a - b)[10];
				// paths still move and shake: a median of 20 within 0.35 of the log-odds
				expect(Math.abs(middle - rest[i])).toBeLessThan(0.35);
			}
		}
	}, 60_000);

	test('spends its budget and no more; groups drawn again are paid for', () => {
		const paths = (['grpo', 'dapo'] as const).map((name) =>
			sampledPath(createStream(1), difficulty, methodOf(name), settings)
		);
		for (const path of paths) expect(path.at(-1)!.samples).toBeLessThanOrEqual(2048);
		expect(paths[0]).toHaveLength(129);
		expect(paths[1].length).toBeLessThan(80);
	});

	test.each<[object, string]>([
		[{ numGenerations: 1 }, 'numGenerations must be a whole number ≥ 2, got 1'],
		[{ numIterations: 0 }, 'numIterations must be a whole number ≥ 1, got 0'],
		[{ learningRate: 0 }, 'learningRate must be positive and finite, got 0'],
		[{ budget: 8 }, 'budget must be at least 16, got 8']
	])('refuses %o', (changed, said) => {
		expect(() =>
			sampledPath(createStream(1), difficulty, methodOf('grpo'), { ...settings, ...changed })
		).toThrow(`sampledPath: ${said}`);
	});
});

test('followToRest: worked value, and nothing where there is no rest', () => {
	const [x, y] = followToRest(([a, b]) => [1 - a, 2 - b], [0, 0])!;
	expect(x).toBeCloseTo(1, 9);
	expect(y).toBeCloseTo(2, 9);
	expect(followToRest(() => [1, 0.5], [0, 0])).toBeUndefined();
});

test('bad input is refused by name', () => {
	expect(() => landscapeValue(difficulty, [0, 0], -1)).toThrow(
		'landscapeValue: beta must be finite and ≥ 0, got -1'
	);
	expect(() => difficultyLandscape(1, 0.5)).toThrow('easy must be in (0, 1), got 1');
	expect(() => lengthLandscape(0)).toThrow('success must be in (0, 1), got 0');
	expect(() =>
		meanGradient(difficulty, methodOf('grpo'), [0, 0], { beta: 1, numGenerations: 1 })
	).toThrow('meanGradient: numGenerations must be a whole number ≥ 2, got 1');
	const answers = [[0, 1], [0]];
	expect(() =>
		batchGradient(difficulty, methodOf('grpo'), [0, 0], { answers, theta: [0, 0] }, { beta: 0 })
	).toThrow('batchGradient: answers must be 2 to each question, got 2, 1');
});
