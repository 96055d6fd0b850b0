import { expect, test } from 'vitest';
import { diagnoseRun } from '../../../src/kernels/lab/diagnoseRun';
import { labConfig } from '../../../src/kernels/lab/labConfig';
import { emptyRecord, type StepRecord } from '../../../src/kernels/lab/stepRecord';

const config = labConfig();

/** A run of 40 steps of RL whose quantities are functions of the step. */
const made = (of: (step: number) => Partial<StepRecord>) =>
	Array.from({ length: 40 }, (_, i) => ({
		...emptyRecord('rl', i + 1),
		reward: 0.5,
		entropy: 0.5,
		kl: 0.05,
		fracRewardZeroStd: 0.2,
		gradNorm: 1,
		clippedRatio: 0,
		...of(i + 1)
	}));

test('a run that learns has no complaint, nor one that is young', () => {
	expect(
		diagnoseRun(
			config,
			made((step) => ({ reward: 0.3 + step / 100 }))
		)
	).toEqual([]);
	expect(diagnoseRun(config, made(() => ({ kl: 9 })).slice(0, 10))).toEqual([]);
});

test.each<[string, (step: number) => Partial<StepRecord>, RegExp]>([
	['reward-fell', (step) => ({ reward: step < 20 ? 0.8 : 0.2 }), /fallen to 0.20, from 0.80/],
	['entropy-collapse', (step) => ({ entropy: step < 20 ? 0.5 : 0.001 }), /from 0.50 to 0.0010/],
	['far-from-reference', (step) => ({ kl: step < 20 ? 0.1 : 3 }), /3.0 nats/],
	['no-signal', (step) => ({ fracRewardZeroStd: step < 20 ? 0.2 : 1 }), /100 % of the groups/],
	['gradient-burst', (step) => ({ gradNorm: step < 20 ? 1 : 40 }), /from 1.0 to 40/],
	['cut-off', (step) => ({ clippedRatio: step < 20 ? 0 : 0.9 }), /90 % of the completions/]
])('%s is seen, with its start, its numbers and what to try', (ailment, of, words) => {
	const found = diagnoseRun(config, made(of)).find((one) => one.ailment === ailment)!;
	expect(found.what).toMatch(words);
	// The mean of eight steps crosses its threshold within those eight after the break at step 20.
	expect(found.since).toBeGreaterThanOrEqual(20);
	expect(found.since).toBeLessThanOrEqual(28);
	expect(found.rewindTo).toBeLessThan(21);
	expect(Object.keys(found.try).length).toBeGreaterThan(0);
	expect(() => labConfig({ ...config, ...found.try })).not.toThrow();
});
