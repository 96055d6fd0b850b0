function term(p: number, q: number): number {
	return p === 0 ? 0 : p * Math.log(p / q);
}

/**
 * KL divergence of two coins with success probabilities p and q, in nats:
 *
 *     KL = p log(p/q) + (1−p) log((1−p)/(1−q))
 *
 * If a policy differs from its reference only in how much it gives to right and to wrong answers,
 * and not inside these two classes, this is the whole KL(π‖π_ref).
 *
 * Cost: constant. Throws RangeError outside [0, 1].
 * Worked value: klBernoulli(1, 0.2) = log 5 = 1.609438.
 */
export function klBernoulli(p: number, q: number): number {
	for (const [name, value] of Object.entries({ p, q })) {
		if (!(value >= 0 && value <= 1)) {
			throw new RangeError(`klBernoulli: ${name} must be in [0, 1], got ${value}`);
		}
	}
	return term(p, q) + term(1 - p, 1 - q);
}
