import { klBound, type KlLibrary } from './libraryKl';

/** Whether a clamp to ±bound lets the gradient through. A NaN passes only where there is no clamp. */
function within(x: number, bound: number): boolean {
	return bound === Infinity || Math.abs(x) <= bound;
}

/**
 * d libraryKl / d log π: what the KL penalty adds to a token's gradient, per unit of β.
 *
 *     k1: 1      k2: d      k3: 1 − e^−d      d = log π − log π_ref
 *
 * It is 0 where the library's clamp holds the value. So a token that has run 30 nats below the
 * reference is pulled back with slope −1e13 in TRL, and not at all in verl, Search-R1 and OpenRLHF.
 * For k3 the clamp holds below d = −2.61 and above d = 11, where the value passes 10; verl's clamp of the
 * exponent lies outside of that.
 *
 * Cost, source and throws: as libraryKl.
 * Worked values: libraryKlGradient('trl', 'k3', log 0.5, log 0.25) = 0.5; ('verl', 'k3', −30, −0.2): 0.
 */
export function libraryKlGradient(
	library: KlLibrary,
	estimator: 'k1' | 'k2' | 'k3',
	logProb: number,
	refLogProb: number
): number {
	const d = logProb - refLogProb;
	const result = klBound(library, estimator);
	if (estimator === 'k1') return within(d, result) ? 1 : 0;
	if (estimator === 'k2') return within(d ** 2 / 2, result) ? d : 0;
	return within(Math.exp(-d) + d - 1, result) ? -Math.expm1(-d) : 0;
}
