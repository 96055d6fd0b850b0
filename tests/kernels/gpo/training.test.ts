import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { noiselessAlignment, uniformAlignment } from '../../../src/kernels/gpo/alignmentBaselines';
import { compareTraining, pooledDataBytes } from '../../../src/kernels/gpo/compareTraining';
import { createEvaluation } from '../../../src/kernels/gpo/evaluateAlignment';
import {
	smallSurvey,
	syntheticOpinions,
	type SurveyConfig
} from '../../../src/kernels/gpo/syntheticOpinions';
import { trainCentral } from '../../../src/kernels/gpo/trainCentral';
import { trainFederated } from '../../../src/kernels/gpo/trainFederated';
import {
	smallFederatedConfig,
	type CentralConfig,
	type FederatedConfig,
	type TrainingOptions
} from '../../../src/kernels/gpo/trainingConfig';

const surveyOf = (changed: Partial<SurveyConfig> = {}) =>
	syntheticOpinions({ ...smallSurvey, ...changed }, createStream(1));
const survey = surveyOf();
const short: FederatedConfig = { ...smallFederatedConfig, rounds: 3, localSteps: 2 };
const sgd = { optimiser: 'sgd', learningRate: 1e-3 } as const;

const federated = (
	changed: Partial<FederatedConfig> = {},
	on = survey,
	options?: TrainingOptions
) => trainFederated(on, { ...short, ...changed }, createStream(5), options);

const last = <T>(run: Iterable<T>): T => [...run].at(-1)!;

function central(changed: Partial<CentralConfig> = {}, on = survey) {
	const steps = changed.steps ?? 6;
	const config = { ...short, steps, evaluateAfter: [0, steps], ...changed };
	return trainCentral(on, config, createStream(5));
}

describe('history', () => {
	const runs = [...federated()];
	const { history } = runs[3];

	test('one entry before the first round and one after every round', () => {
		expect(runs).toHaveLength(4);
		expect(history.round).toEqual([0, 1, 2, 3]);
		expect(history.step).toEqual([0, 2, 4, 6]);
		expect(history.batches).toEqual([0, 8, 16, 24]);
		// 2 ways · 4 clients · 4,130 numbers · 4 bytes
		expect(history.bytes).toEqual([0, 132_160, 264_320, 396_480]);
		expect(history.scores[3]).toHaveLength(7);
	});

	test('earlier yields stay as they were', () => {
		expect(runs[1].history.round).toEqual([0, 1]);
		expect(runs[1].history.seen).toEqual(history.seen.slice(0, 2));
		expect(runs[1].parameters).not.toEqual(runs[2].parameters);
	});

	test('the same stream gives the same run, another one another', () => {
		expect(last(federated())).toEqual(runs[3]);
		const other = last(trainFederated(survey, short, createStream(6)));
		expect(other.history.seen).not.toEqual(history.seen);
	});
});

describe('federated and central training meet', () => {
	const one = surveyOf({ trainGroups: 1 });

	for (const optimiser of ['sgd', 'adam'] as const) {
		test(`one client, one local step, ${optimiser}: the same run to the last bit`, () => {
			// Weighted equally, the average of one model is 1·w/1.
			const shared = { ...sgd, optimiser, weighting: 'equal' } as const;
			const f = last(federated({ ...shared, localSteps: 1, rounds: 6 }, one));
			const c = last(central({ ...shared }, one));
			expect(f.parameters).toEqual(c.parameters);
			expect(f.history.seen.at(-1)).toBe(c.history.seen.at(-1));
		});
	}

	test('equal weights, one local step of SGD: averaging models is averaging gradients', () => {
		const f = last(federated({ ...sgd, weighting: 'equal', localSteps: 1, rounds: 6 }));
		const c = last(central(sgd));
		f.parameters.forEach((value, i) => {
			// Two orders of the same sums over six steps.
			expect(Math.abs(value - c.parameters[i])).toBeLessThan(1e-12);
		});
	});

	test('with two local steps they part', () => {
		const f = last(federated({ ...sgd, weighting: 'equal', localSteps: 2, rounds: 3 }));
		const c = last(central(sgd));
		const gap = f.parameters.reduce((sum, v, i) => sum + Math.abs(v - c.parameters[i]), 0);
		expect(gap).toBeGreaterThan(1e-6);
	});
});

describe('weights of the average', () => {
	test('official: rows of the first batch, so they change from round to round', () => {
		const [, first, second] = [...federated()];
		expect(first.factors.reduce((a, b) => a + b)).toBeCloseTo(1, 14);
		expect(first.factors).not.toEqual(second.factors);
	});

	test('by answers: a client with 20 times the data has 20 of 23 parts', () => {
		const run = last(federated({ weighting: 'answers' }, surveyOf({ dominance: 20 })));
		expect(run.factors[0]).toBeCloseTo(20 / 23, 14);
		expect(run.factors[3]).toBeCloseTo(1 / 23, 14);
	});

	test('half the clients: two of four take part, half the bytes', () => {
		const [start, first, second, third] = [...federated({ clientFraction: 0.5 })];
		for (const { factors } of [first, second, third]) {
			expect(factors.filter((factor) => factor > 0)).toHaveLength(2);
		}
		expect(start.factors.every((factor) => factor === 0)).toBe(true);
		expect(third.history.bytes.at(-1)).toBe(198_240);
		expect(third.history.batches.at(-1)).toBe(12);
	});

	test('a fraction too small for one client still draws one', () => {
		const { factors } = last(federated({ clientFraction: 0.01 }));
		expect(factors.filter((factor) => factor === 1)).toHaveLength(1);
	});
});

describe('options', () => {
	const after = (changed: Partial<FederatedConfig>) => last(federated(changed)).parameters;

	test('moments that persist matter to Adam from the second round on, never to SGD', () => {
		const persist = { momentsPersist: true };
		const reset = { momentsPersist: false };
		expect(after({ ...persist, rounds: 1 })).toEqual(after({ ...reset, rounds: 1 }));
		expect(after(persist)).not.toEqual(after(reset));
		expect(after({ ...sgd, ...persist })).toEqual(after({ ...sgd, ...reset }));
	});

	test('mixing changes whose answers a client sees', () => {
		expect(after({ mixing: 1 })).not.toEqual(after({ mixing: 0 }));
	});

	test('a rate of 0 at the end of the cosine leaves the model where it is', () => {
		// T_max = 1: full rate at even steps, 0 at odd ones.
		const one = after({ ...sgd, cosineSteps: 1, localSteps: 1, rounds: 1 });
		expect(after({ ...sgd, cosineSteps: 1, localSteps: 2, rounds: 1 })).toEqual(one);
	});
});

describe('learning', () => {
	// Where all groups think alike, the noiseless score is what a perfect model gets.
	const alike = surveyOf({ heterogeneity: 0 });
	const evaluation = createEvaluation(alike, 8, 12, createStream(5).split('evaluation'));
	const uniform = uniformAlignment(evaluation);
	const ceiling = noiselessAlignment(evaluation);

	test('federated: near the noiseless score, from near the uniform one', () => {
		const { history } = last(federated({ rounds: 30, localSteps: 4 }, alike));
		expect(Math.abs(history.seen[0] - uniform.seen)).toBeLessThan(0.05);
		// Measured gap: .01. The model is small and has seen 24 questions.
		expect(history.seen.at(-1)).toBeGreaterThan(ceiling.seen - 0.03);
		expect(history.unseen.at(-1)).toBeGreaterThan(ceiling.unseen - 0.03);
		expect(history.loss.at(-1)).toBeLessThan(history.loss[0] - 1);
	});

	test('central: likewise', () => {
		const { history } = last(central({ steps: 120 }, alike));
		expect(history.seen.at(-1)).toBeGreaterThan(ceiling.seen - 0.03);
	});

	test('a rate that makes the loss infinite is named', () => {
		expect(() => last(federated({ ...sgd, learningRate: 10 }))).toThrow(
			'learningRate must be small'
		);
	});
});

describe('stopping', () => {
	test('a run that was stopped leaves the next one as it would be', () => {
		const whole = last(federated());
		const run = federated();
		run.next();
		run.next();
		run.return();
		expect(run.next().done).toBe(true);
		expect(last(federated())).toEqual(whole);
	});

	test('an aborted signal ends the run with its reason', () => {
		const controller = new AbortController();
		const run = federated({}, survey, { signal: controller.signal });
		run.next();
		controller.abort(new Error('enough'));
		expect(() => run.next()).toThrow('enough');
	});

	test('progress rises to its total', () => {
		const seen: [number, number][] = [];
		last(federated({}, survey, { onProgress: (done, total) => seen.push([done, total]) }));
		expect(seen).toEqual([
			[0, 24],
			[8, 24],
			[16, 24],
			[24, 24]
		]);
	});
});

test('refuses settings out of range', () => {
	expect(() => last(federated({ rounds: 0 }))).toThrow('trainFederated: rounds');
	expect(() => last(federated({ localSteps: 1.5 }))).toThrow('trainFederated: localSteps');
	expect(() => last(federated({ clientFraction: 0 }))).toThrow('clientFraction');
	expect(() => last(federated({ mixing: 2 }))).toThrow('mixing');
	expect(() => last(federated({ weighting: 'none' as never }))).toThrow('weighting');
	expect(() => last(central({ steps: 0 }))).toThrow('trainCentral: steps');
	expect(() => last(central({ evaluateAfter: [3, 2] }))).toThrow('evaluateAfter[1]');
	expect(() => last(federated({}, surveyOf({ dimX: 5 })))).toThrow('model.dimX');
});

describe('side by side', () => {
	const compare = (options?: TrainingOptions) =>
		compareTraining(survey, short, createStream(5), options);
	const yields = [...compare()];

	test('holds the very runs that the two trainers make alone', () => {
		const { federated: f, central: c } = yields.at(-1)!;
		expect(f).toEqual(last(federated()).history);
		expect(c).toEqual(last(central({ evaluateAfter: [0, 1, 2, 3, 4, 6] })).history);
	});

	test('both runs stand at the same number of gradient steps at every yield', () => {
		expect(yields).toHaveLength(4);
		for (const { federated: f, central: c } of yields) expect(c.step.at(-1)).toBe(f.step.at(-1));
	});

	test('pooling the data once: 4 groups, one share a row', () => {
		expect(yields[0].pooledDataBytes).toBe(4 * survey.starts[24] * 4);
		expect(pooledDataBytes(survey, 2)).toBe(4 * survey.starts[24] * 2);
	});

	test('can be stopped, and counts the progress of both', () => {
		const run = compare();
		run.next();
		run.return();
		expect(run.next().done).toBe(true);
		const seen: number[] = [];
		last(compare({ onProgress: (done, total) => seen.push(done / total) }));
		expect(seen.at(-1)).toBe(1);
		expect([...seen].sort((a, b) => a - b)).toEqual(seen);
	});
});
