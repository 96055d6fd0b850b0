import { expect, test } from 'vitest';
import { labConfig, type LabConfig } from '../../src/kernels/lab/labConfig';
import { emptyRecord } from '../../src/kernels/lab/stepRecord';
import { groupBySettings, keepRun, overSeeds, type KeptRun } from '../../src/lab/keptRuns';

const records = (...rewards: number[]) =>
	rewards.map((reward, i) => ({ ...emptyRecord('rl', i + 1), reward }));
const run = (given: Partial<LabConfig>, ...rewards: number[]): KeptRun => ({
	label: 'GRPO',
	plan: { config: labConfig(given), changes: [] },
	records: records(...rewards)
});

test('runs that differ in the seed alone go together, others stay apart', () => {
	const groups = groupBySettings([
		run({ seed: 1 }, 0.1),
		run({ seed: 1, beta: 0.1 }, 0.2),
		run({ seed: 2 }, 0.3)
	]);
	expect(groups.map(({ seeds }) => seeds)).toEqual([[1, 2], [1]]);
});

test('a run that is kept again takes the place of itself; the oldest go', () => {
	const again = keepRun([run({ seed: 1 }, 0.1), run({ seed: 2 }, 0.2)], run({ seed: 1 }, 0.5), 2);
	expect(again.map(({ records }) => records[0].reward)).toEqual([0.2, 0.5]);
	expect(keepRun(again, run({ seed: 3 }), 2).map(({ plan }) => plan.config.seed)).toEqual([1, 3]);
});

test('over seeds: the median, and the band between the quantiles where steps were measured', () => {
	const runs = [0, 1, 2, 3, 4].map((seed) => records(seed, NaN, 2 * seed));
	expect(overSeeds(runs, 'reward')).toEqual({
		x: [1, 3],
		y: [2, 4],
		band: { low: [0.4, 0.8], high: [3.6, 7.2], runs: 5 }
	});
	expect(overSeeds([records(1, 2)], 'reward')).toEqual({ x: [1, 2], y: [1, 2] });
});
