/**
 * The arithmetic mean. Cost: one pass. Throws RangeError for an empty sample.
 * Worked value: mean([1, 0, 0, 1]) = 0.5.
 */
export function mean(xs: ArrayLike<number>): number {
	if (xs.length === 0) throw new RangeError('mean: xs must not be empty');
	let sum = 0;
	for (let i = 0; i < xs.length; i++) sum += xs[i];
	return sum / xs.length;
}
