import { quantile } from '$kernels/core/quantile';
import type { Outcome } from './job';

export interface Spread {
	middle: number;
	/** 10 % and 90 % quantiles; absent for a single run. */
	low?: number;
	high?: number;
	/** Seeds that have this number. */
	seeds: number;
}

/** The numbers of an outcome: those that at least one of its seeds has. */
export const namesIn = ({ numbers }: Outcome): string[] =>
	Object.keys(Object.assign({}, ...numbers));

/** A named number over the seeds of an outcome: its value, or its median and spread. */
export function spread({ numbers }: Outcome, name: string): Spread {
	const values = numbers.map((run) => run[name] ?? NaN).filter((value) => !Number.isNaN(value));
	const seeds = values.length;
	if (seeds === 0) return { middle: NaN, seeds };
	if (seeds === 1) return { middle: values[0], seeds };
	const [low, middle, high] = [0.1, 0.5, 0.9].map((q) => quantile(values, q));
	return { middle, low, high, seeds };
}
