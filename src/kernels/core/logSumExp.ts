/**
 * log Σ exp(x_i), shifted by the largest x so that nothing overflows.
 *
 * Cost: two passes. Throws RangeError for no values or a NaN. All −Infinity gives −Infinity.
 * Worked value: logSumExp([1000, 1000]) = 1000 + log 2 ≈ 1000.693147.
 */
export function logSumExp(xs: ArrayLike<number>): number {
	if (xs.length === 0) throw new RangeError('logSumExp: xs must not be empty');
	let largest = -Infinity;
	for (let i = 0; i < xs.length; i++) {
		if (Number.isNaN(xs[i])) throw new RangeError(`logSumExp: xs[${i}] must be a number, got NaN`);
		if (xs[i] > largest) largest = xs[i];
	}
	if (!Number.isFinite(largest)) return largest;
	let sum = 0;
	for (let i = 0; i < xs.length; i++) sum += Math.exp(xs[i] - largest);
	return largest + Math.log(sum);
}
