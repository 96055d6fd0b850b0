/**
 * The q-quantile of a sample, with linear interpolation between order statistics (type 7, the
 * default of NumPy and R). q = 0.5 is the median.
 *
 * Cost: one sort. Throws RangeError for an empty sample, a NaN or q outside [0, 1].
 * Worked value: quantile([1, 2, 3, 4], 0.5) = 2.5.
 */
export function quantile(xs: ArrayLike<number>, q: number): number {
	if (xs.length === 0) throw new RangeError('quantile: xs must not be empty');
	if (!(q >= 0 && q <= 1)) throw new RangeError(`quantile: q must be in [0, 1], got ${q}`);
	const sorted = Float64Array.from(xs).sort();
	if (Number.isNaN(sorted[sorted.length - 1])) {
		throw new RangeError('quantile: xs must not contain NaN');
	}
	const position = (sorted.length - 1) * q;
	const below = Math.floor(position);
	const above = Math.min(below + 1, sorted.length - 1);
	if (sorted[below] === sorted[above]) return sorted[below];
	return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
}
