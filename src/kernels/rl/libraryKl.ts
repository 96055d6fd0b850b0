export type KlLibrary = 'trl' | 'verl' | 'openrlhf' | 'searchR1';

function clamp(x: number, bound: number): number {
	return Math.max(-bound, Math.min(bound, x));
}

/** What a library holds the size of an estimate at. */
export function klBound(library: KlLibrary, estimator: 'k1' | 'k2' | 'k3'): number {
	return library === 'openrlhf' || (estimator === 'k3' && library !== 'trl') ? 10 : Infinity;
}

/**
 * The k1, k2 and k3 estimates of KL(π‖π_ref) per token as a library computes them, with its clamps
 * and its results for log-probabilities that are not finite (klEstimators.ts has them bare):
 *
 *     trl        k3 (GRPO's loss) and k1 (RLOO's reward): nothing is clamped
 *     verl       k3: the exponent to ±20, then the result to ±10; k1 and k2: nothing
 *     searchR1   k3: the result to ±10 (verl as it was then)
 *     openrlhf   k1, k2 and k3: the result to ±10
 *
 * At a gap of 30 nats below the reference k3 is 8.7e12 in TRL and 10 in the others; for log π = −∞
 * it is NaN in TRL, Search-R1 and OpenRLHF, 10 in verl.
 *
 * Source: TRL f2cd5771, verl b178a3cd, OpenRLHF 3c3be623, Search-R1 a14dc3a4.
 * Cost: constant. Throws nothing: −∞ and NaN give what the library gives.
 * Worked value: libraryKl('verl', 'k3', −30, −0.2) = 10.
 */
export function libraryKl(
	library: KlLibrary,
	estimator: 'k1' | 'k2' | 'k3',
	logProb: number,
	refLogProb: number
): number {
	const d = logProb - refLogProb;
	const result = klBound(library, estimator);
	if (estimator === 'k1') return clamp(d, result);
	if (estimator === 'k2') return clamp(d ** 2 / 2, result);
	const exponent = clamp(-d, library === 'verl' ? 20 : Infinity);
	return clamp(Math.exp(exponent) - exponent - 1, result);
}
