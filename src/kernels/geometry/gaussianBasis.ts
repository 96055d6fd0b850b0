/**
 * Radial basis: `count` bell curves over a distance, centred evenly from 0 to `reach`, each as wide as
 * the gap between two centres.
 *
 *     B_k(r) = exp(−½ ((r − c_k) / σ)²),  c_k = k · reach / (count − 1),  σ = reach / (count − 1)
 *
 * Throws RangeError for fewer than two, a reach that is not above 0, or a distance below 0.
 * Worked value: gaussianBasis(0, 3, 2) = [1, e^−½, e^−2].
 */
export function gaussianBasis(distance: number, count: number, reach: number): Float64Array {
	if (!(Number.isInteger(count) && count >= 2)) {
		throw new RangeError(`gaussianBasis: count must be a whole number from 2, got ${count}`);
	}
	if (!(reach > 0)) throw new RangeError(`gaussianBasis: reach must be above 0, got ${reach}`);
	if (!(distance >= 0)) {
		throw new RangeError(`gaussianBasis: distance must be at least 0, got ${distance}`);
	}
	const gap = reach / (count - 1);
	return Float64Array.from({ length: count }, (_, k) => Math.exp(-((distance / gap - k) ** 2) / 2));
}
