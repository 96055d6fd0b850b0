import { quantile } from '$kernels/core/quantile';
import type { LabPlan } from '$kernels/lab/labState';
import type { StepRecord } from '$kernels/lab/stepRecord';
import type { Series } from '$widgets/contract';
import { seriesOf } from './curves';

/** A run that was put aside to compare with. */
export interface KeptRun {
	/** What it is called beside its seed. */
	label: string;
	plan: LabPlan;
	records: readonly StepRecord[];
}

/** Runs that differ in nothing but the seed. */
export interface SeedGroup {
	/** What they have in common, as `withoutSeed` tells it. */
	settings: string;
	label: string;
	seeds: readonly number[];
	runs: readonly (readonly StepRecord[])[];
}

/** All that decides a run but its seed. */
export function withoutSeed({ config, changes }: LabPlan): string {
	return JSON.stringify({ ...config, seed: 0, changes });
}

/** Puts a run aside: in the place of the one with the same plan, the oldest gone where there are too many. */
export function keepRun(kept: readonly KeptRun[], run: KeptRun, most: number): KeptRun[] {
	const same = JSON.stringify(run.plan);
	return [...kept.filter(({ plan }) => JSON.stringify(plan) !== same), run].slice(-most);
}

/** The runs by their settings, in the order in which they came. */
export function groupBySettings(kept: readonly KeptRun[]): SeedGroup[] {
	const groups = new Map<string, KeptRun[]>();
	for (const run of kept) {
		const settings = withoutSeed(run.plan);
		groups.set(settings, [...(groups.get(settings) ?? []), run]);
	}
	return Array.from(groups, ([settings, runs]) => ({
		settings,
		label: runs[0].label,
		seeds: runs.map(({ plan }) => plan.config.seed),
		runs: runs.map(({ records }) => records)
	}));
}

/** A quantity over seeds: the median, and as a band the 10 % and 90 % quantiles; of one run the run. */
export function overSeeds(runs: readonly (readonly StepRecord[])[], key: keyof StepRecord): Series {
	const series = runs.map((records) => seriesOf(records, key));
	if (series.length === 1) return series[0];
	const values = new Map<number, number[]>();
	for (const { x, y } of series) {
		x.forEach((step, i) => values.set(step, [...(values.get(step) ?? []), y[i]]));
	}
	const x = [...values.keys()].sort((a, b) => a - b);
	const at = (q: number) => x.map((step) => quantile(values.get(step)!, q));
	return { x, y: at(0.5), band: { low: at(0.1), high: at(0.9), runs: runs.length } };
}
