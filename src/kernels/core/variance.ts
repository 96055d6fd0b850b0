import { mean } from './mean';

/**
 * Σ (x_i − mean)² / (n − ddof): ddof 0 is the variance of the values themselves, 1 estimates that of
 * what they were drawn from (torch.var and torch.std take 1, NumPy 0). Two passes, so that a large
 * mean does not swallow the differences.
 *
 * Throws RangeError unless there are more than ddof values.
 * Worked value: variance([1, 0, 0, 1]) = 0.25; with ddof 1 it is 1/3.
 */
export function variance(xs: ArrayLike<number>, ddof = 0): number {
	if (xs.length <= ddof) {
		throw new RangeError(`variance: xs must have more than ${ddof} values, got ${xs.length}`);
	}
	const centre = mean(xs);
	let sum = 0;
	for (let i = 0; i < xs.length; i++) sum += (xs[i] - centre) ** 2;
	return sum / (xs.length - ddof);
}

/** The square root of the variance, in the values' own unit. Throws as `variance` does. */
export function standardDeviation(xs: ArrayLike<number>, ddof = 0): number {
	return Math.sqrt(variance(xs, ddof));
}
