import { quantile } from '$kernels/core/quantile';
import { createStream } from '$kernels/core/stream';
import type { Result, RunAt, RunContext, Schema, Series, Spec, Values } from '$widgets/contract';
import { applyValues, DEFAULT_SEED } from './figureState';
import { defaultValues } from './values';

type Runnable<S extends Schema, R extends Result> = Pick<Spec<S, R>, 'run' | 'params'>;

/** A run as a sequence of results, whether `run` is a generator or returns its result at once. */
export function* steps<S extends Schema, R extends Result>(
	spec: Runnable<S, R>,
	values: Values<S>,
	seed: number,
	context: RunContext = {}
): Generator<R, void> {
	const outcome = spec.run(values, createStream(seed), context);
	if (isGenerator(outcome)) yield* outcome;
	else yield outcome;
}

function isGenerator<R>(outcome: R | Generator<R, void>): outcome is Generator<R, void> {
	return typeof outcome === 'object' && outcome !== null && Symbol.iterator in outcome;
}

/** A run from start to end: the last result that it yields. */
export function execute<S extends Schema, R extends Result>(
	spec: Runnable<S, R>,
	values: Values<S>,
	seed: number,
	context?: RunContext
): R {
	let last: R | undefined;
	for (const result of steps(spec, values, seed, context)) last = result;
	if (last === undefined) throw new Error('the run ended without a result');
	return last;
}

/** Runs at the defaults with some values changed; the same run is not made twice. */
export function runAt<S extends Schema, R extends Result>(spec: Runnable<S, R>): RunAt<S, R> {
	const made = new Map<string, R>();
	return (changed = {}, seed = DEFAULT_SEED) => {
		const values = applyValues(spec.params, defaultValues(spec.params), changed);
		const key = JSON.stringify([values, seed]);
		if (!made.has(key)) made.set(key, execute(spec, values, seed));
		return made.get(key)!;
	};
}

/** Lower and upper edge of a band over seeds. */
const BAND = [0.1, 0.9] as const;

function foldSeries(runs: readonly Series[]): Series {
	const { x } = runs[0];
	const at = (q: number) =>
		x.map((_, i) => {
			const ys = runs.map((run) => run.y[i]).filter(Number.isFinite);
			return ys.length > 0 ? quantile(ys, q) : NaN;
		});
	return {
		x,
		y: at(0.5),
		band: { low: at(BAND[0]), high: at(BAND[1]), runs: runs.length }
	};
}

/**
 * The runs of many seeds as one result: that of the first seed, with each series replaced by its
 * median over the seeds and a band from the 10 % to the 90 % quantile.
 */
export function foldSeeds<R extends Result>(results: readonly R[]): R {
	const [first] = results;
	const series = Object.fromEntries(
		Object.keys(first.series ?? {}).map((key) => [
			key,
			foldSeries(results.map((result) => result.series![key]))
		])
	);
	return { ...first, series };
}
