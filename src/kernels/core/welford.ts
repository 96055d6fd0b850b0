export interface RunningMoments {
	count: number;
	mean: number;
	/** Σ (x − mean)² so far; the variance is this over count − ddof. */
	squares: number;
}

export const noMoments: Readonly<RunningMoments> = { count: 0, mean: 0, squares: 0 };

/**
 * Mean and sum of squared deviations, one value at a time (Welford 1962), as exact as two passes.
 *
 * Cost: O(1). Worked value: adding 1, 0, 0, 1 gives mean 0.5 and squares 1.
 */
export function addMoment({ count, mean, squares }: RunningMoments, x: number): RunningMoments {
	const away = x - mean;
	const moved = mean + away / (count + 1);
	return { count: count + 1, mean: moved, squares: squares + away * (x - moved) };
}
