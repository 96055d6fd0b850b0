import { describe, expect, test } from 'vitest';
import {
	choiceQuestions,
	type ChoiceQuestion
} from '../../../src/kernels/audio-qa/choiceQuestions';
import { evaluateChoices } from '../../../src/kernels/audio-qa/evaluateChoices';
import {
	choiceCoefficients,
	chooseAmong,
	trainChoices,
	type ChoiceTraining
} from '../../../src/kernels/audio-qa/trainChoices';
import { createStream } from '../../../src/kernels/core/stream';
import { softmaxGradient } from '../../../src/kernels/policy-gradient/softmaxGradient';

const QUESTIONS = { count: 400, signal: 1.5, shortcut: 0.8, keyNoise: 0, nuisance: 6 };
const TRAINING: ChoiceTraining = {
	trainer: 'sft',
	start: [0.5, 0, 0, 0, 0, 0, 0, 0],
	learningRate: 0.3,
	updates: 200,
	batch: 16,
	numGenerations: 8
};
const made = (changed: Partial<typeof QUESTIONS> = {}, seed = 1) =>
	choiceQuestions({ ...QUESTIONS, ...changed }, createStream(seed));

describe('choiceQuestions', () => {
	test('has cues and keys with the shares asked for', () => {
		const count = 20_000;
		const questions = made({ count, keyNoise: 0.3 });
		const share = (is: (q: ChoiceQuestion) => boolean) => questions.filter(is).length / count;
		// Four standard errors of a share of 0.3.
		const near = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(4 * 0.0033);
		near(
			share(({ features, right }) => features[right][1] === 1),
			0.8
		);
		near(
			share(({ key, right }) => key !== right),
			0.3
		);
		for (let option = 0; option < 4; option++)
			near(
				share(({ right }) => right === option),
				0.25
			);
		const cue = questions.reduce((sum, { features, right }) => sum + features[right][0], 0) / count;
		expect(Math.abs(cue - 1.5)).toBeLessThan(4 / Math.sqrt(count));
	});

	test('refuses shares outside 0 to 1', () => {
		expect(() => made({ keyNoise: -0.1 })).toThrow('keyNoise must be in [0, 1], got -0.1');
	});
});

describe('trainChoices', () => {
	test('one SFT update is a step up the log-likelihood of the keys, by finite differences', () => {
		const questions = made({ count: 8, keyNoise: 0.3 });
		const start = [0.5, 0.2, -0.1, 0.3, 0, 0.1, -0.4, 0.2];
		const [, after] = trainChoices(
			questions,
			{ ...TRAINING, start, updates: 1, batch: 8, learningRate: 1 },
			createStream(2)
		);
		const likelihood = (weights: number[]) =>
			questions.reduce(
				(sum, q) => sum + Math.log(chooseAmong(Float64Array.from(weights), q)[q.key]) / 8,
				0
			);
		start.forEach((_, k) => {
			const moved = (by: number) => likelihood(start.map((w, j) => (j === k ? w + by : w)));
			expect(after[k] - start[k]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 8);
		});
	});

	test('GRPO pushes in the direction of SFT on average, by the mean deviation of its groups', () => {
		const probabilities = Float64Array.of(0.25, 0.5, 0.15, 0.1);
		const stream = createStream(3);
		const draws = 40_000;
		const sum = new Float64Array(4);
		for (let i = 0; i < draws; i++) {
			const c = choiceCoefficients(probabilities, 0, { ...TRAINING, trainer: 'grpo' }, stream);
			softmaxGradient(probabilities, c).forEach((slope, k) => (sum[k] += slope / draws));
		}
		const sft = softmaxGradient(probabilities, [1, 0, 0, 0]);
		// E[std of a group of 8] at p = 0.25 is 0.3799 with ddof 0; sqrt(7/8) of that with ddof 1, and
		// the push along SFT's direction is that over 1 − p.
		const scale = (0.3799 * Math.sqrt(7 / 8)) / (1 - 0.25);
		sft.forEach((slope, k) => expect(Math.abs(sum[k] - scale * slope)).toBeLessThan(0.005));
	});

	test('GRPO rests where one option is certain, right or wrong', () => {
		const stream = createStream(1);
		const certain = Float64Array.of(1, 0, 0, 0);
		for (const key of [0, 1]) {
			const c = choiceCoefficients(certain, key, { ...TRAINING, trainer: 'grpo' }, stream);
			expect([...c]).toEqual([0, 0, 0, 0]);
		}
	});

	test('SFT on true keys rests near the weights of Bayes’ rule', () => {
		const questions = made({ count: 4000, nuisance: 0 });
		const weights = [
			...trainChoices(
				questions,
				{ ...TRAINING, start: [0, 0], batch: 4000, updates: 300, learningRate: 1 },
				createStream(1)
			)
		].at(-1)!;
		expect(Math.abs(weights[0] - 1.5)).toBeLessThan(0.15);
		expect(Math.abs(weights[1] - Math.log(0.8 / (0.2 / 3)))).toBeLessThan(0.2);
	});

	test('what the lesson says of 40 seeds', { timeout: 60_000 }, () => {
		const compare = (changed: object, start: number[]) => {
			const rows = Array.from({ length: 40 }, (_, i) => {
				const stream = createStream(i + 1);
				const options = { ...QUESTIONS, ...changed };
				const train = choiceQuestions(options, stream.split('train'));
				const like = choiceQuestions({ ...options, keyNoise: 0 }, stream.split('alike'));
				const shifted = choiceQuestions(
					{ ...options, keyNoise: 0, shortcut: 0.25 },
					stream.split('shifted')
				);
				const run = (trainer: 'sft' | 'grpo') => {
					const all = [
						...trainChoices(
							train,
							{ ...TRAINING, trainer, start: [...start, 0, 0, 0, 0, 0, 0] },
							stream.split('training')
						)
					];
					return [40, 200].flatMap((update) => [
						evaluateChoices(all[update], like),
						evaluateChoices(all[update], shifted)
					]);
				};
				return { sft: run('sft'), grpo: run('grpo') };
			});
			return (['greedy', 'sampled'] as const).map((measure) =>
				[0, 1, 2, 3].map((k) => ({
					ahead: rows.filter(({ sft, grpo }) => grpo[k][measure] > sft[k][measure]).length,
					sft: rows.reduce((sum, { sft }) => sum + sft[k][measure] / 40, 0),
					grpo: rows.reduce((sum, { grpo }) => sum + grpo[k][measure] / 40, 0)
				}))
			);
		};
		// [trained-alike at 40 updates, shifted at 40, alike at 200, shifted at 200]
		const [greedy, sampled] = compare({}, [0.5, 0]);
		expect(greedy.map(({ ahead }) => ahead)).toEqual([1, 40, 17, 35]);
		expect(sampled.map(({ ahead }) => ahead)).toEqual([40, 40, 40, 39]);
		const means = (row: typeof greedy) =>
			row.flatMap(({ sft, grpo }) => [sft.toFixed(3), grpo.toFixed(3)]).join(' ');
		expect(means(greedy)).toBe('0.847 0.824 0.598 0.653 0.850 0.849 0.559 0.582');
		const [keys] = compare({ keyNoise: 0.2 }, [0.5, 0]);
		expect(keys.map(({ ahead }) => ahead)).toEqual([2, 40, 20, 40]);
		expect(means(keys)).toBe('0.840 0.811 0.504 0.667 0.838 0.840 0.453 0.618');
		const [misled] = compare({}, [0, 1.5]);
		expect(misled.map(({ ahead }) => ahead)).toEqual([18, 6, 16, 9]);
		const [honest, honestSampled] = compare({ shortcut: 0.25 }, [0.5, 0]);
		expect(honest.map(({ ahead }) => ahead)).toEqual([27, 26, 13, 19]);
		expect(honestSampled.map(({ ahead }) => ahead)).toEqual([40, 40, 40, 40]);
	});

	test('refuses to train on nothing', () => {
		expect(() => [...trainChoices([], TRAINING, createStream(1))]).toThrow('must be a question');
		expect(() => evaluateChoices(new Float64Array(2), [])).toThrow('must be a question');
	});
});

describe('evaluateChoices', () => {
	test('a policy that sees nothing is right one time in four, sampled', () => {
		expect(evaluateChoices(new Float64Array(8), made()).sampled).toBeCloseTo(0.25, 12);
	});

	test('a policy that sees the false cue alone is right as often as that is', () => {
		const questions = made();
		const share = questions.filter(({ features, right }) => features[right][1] === 1).length / 400;
		const weights = Float64Array.of(0, 50, 0, 0, 0, 0, 0, 0);
		expect(evaluateChoices(weights, questions).greedy).toBe(share);
		expect(evaluateChoices(weights, questions).sampled).toBeCloseTo(share, 12);
	});
});
