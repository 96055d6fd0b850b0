import { quantile } from '$kernels/core/quantile';
import type { Outcome } from './job';

export interface Spread {
	middle: number;
	/** 10 % and 90 % quantiles; absent for a single run. */
	low?: number;
	high?: number;
}

/** A named number over the seeds of an outcome: its value, or its median and spread. */
export function spread({ numbers }: Outcome, name: string): Spread {
	const values = numbers.map((run) => run[name]).filter((value) => !Number.isNaN(value));
	if (values.length === 0) return { middle: NaN };
	if (values.length === 1) return { middle: values[0] };
	return { middle: quantile(values, 0.5), low: quantile(values, 0.1), high: quantile(values, 0.9) };
}
