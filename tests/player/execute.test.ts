import { describe, expect, test } from 'vitest';
import { execute, foldSeeds, runAt, steps } from '../../src/player/execute';
import { Job, type Report } from '../../src/player/job';
import type { Result, Series } from '../../src/widgets/contract';
import { coinSpec } from './coinSpec';

const values = { p: 0.3, tosses: 50 };
const breathe = () => Promise.resolve();

describe('execute', () => {
	test('the last step of a growing run is its result', () => {
		expect([...steps(coinSpec, values, 7)].at(-1)).toEqual(execute(coinSpec, values, 7));
	});

	test('the same seed gives the same result, another seed another', () => {
		expect(execute(coinSpec, values, 7)).toEqual(execute(coinSpec, values, 7));
		expect(execute(coinSpec, values, 7)).not.toEqual(execute(coinSpec, values, 8));
	});

	test('a run at changed defaults is made once', () => {
		const at = runAt(coinSpec);
		expect(at({ p: 0.2 })).toBe(at({ p: 0.2 }));
		expect(at().series.share.x).toHaveLength(20);
	});
});

describe('foldSeeds', () => {
	const run = (y: number[]): Result & { series: { s: Series } } => ({
		series: { s: { x: [0, 1], y } }
	});

	test('median and quantiles, point by point', () => {
		const folded = foldSeeds([run([0, 5]), run([1, 5]), run([2, 5])]);
		expect(folded.series.s.y).toEqual([1, 5]);
		expect(folded.series.s.band).toEqual({ low: [0.2, 5], high: [1.8, 5], runs: 3 });
	});

	test('a point that one run does not have is made from the others', () => {
		expect(foldSeeds([run([NaN, 1]), run([3, 1])]).series.s.y).toEqual([3, 1]);
	});
});

describe('Job', () => {
	const order = { values, seeds: [7] };

	async function reportsOf(job: (report: (report: Report) => void) => Job) {
		const reports: Report[] = [];
		await job((report) => reports.push(report)).run();
		return reports;
	}

	test('ends with the result of the run without pauses', async () => {
		const reports = await reportsOf((report) => new Job(coinSpec, order, report, breathe));
		expect(reports.at(-1)).toEqual({
			type: 'done',
			outcome: {
				result: execute(coinSpec, values, 7),
				values,
				numbers: [{ last: execute(coinSpec, values, 7).series.share.y.at(-1) }]
			}
		});
	});

	test('steps one by one while it is paused', async () => {
		const reports: Report[] = [];
		const job = new Job(coinSpec, { ...order, paused: true }, (r) => reports.push(r), breathe);
		const done = job.run();
		job.step();
		await new Promise((resolve) => setTimeout(resolve));
		const lengths = reports.map(
			(r) => r.type === 'step' && r.outcome.result.series!.share.x.length
		);
		expect(lengths).toEqual([1, 2]);
		job.resume();
		await done;
		expect(reports.at(-1)).toMatchObject({ type: 'done' });
	});

	test('a cancelled run reports no end', async () => {
		const reports: Report[] = [];
		const job = new Job(coinSpec, { ...order, paused: true }, (r) => reports.push(r), breathe);
		const done = job.run();
		job.cancel();
		await done;
		expect(reports.some(({ type }) => type === 'done')).toBe(false);
	});

	test('an error is reported with its words', async () => {
		const broken = {
			...coinSpec,
			run: () => {
				throw new RangeError('p must be below 1');
			}
		};
		const reports = await reportsOf((report) => new Job(broken, order, report, breathe));
		expect(reports).toEqual([{ type: 'failed', message: 'p must be below 1' }]);
	});

	test('many seeds are folded into one outcome', async () => {
		const reports = await reportsOf(
			(report) => new Job(coinSpec, { values, seeds: [1, 2, 3] }, report, breathe)
		);
		const last = reports.at(-1);
		expect(last).toMatchObject({ type: 'done' });
		if (last?.type === 'done') {
			expect(last.outcome.numbers).toHaveLength(3);
			expect(last.outcome.result.series!.share.band?.runs).toBe(3);
		}
	});
});
