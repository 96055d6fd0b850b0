function checkDistribution(name: 'p' | 'q', probabilities: ArrayLike<number>): void {
	let sum = 0;
	for (let i = 0; i < probabilities.length; i++) {
		const probability = probabilities[i];
		if (!(probability >= 0 && probability <= 1)) {
			throw new RangeError(`exactKl: ${name}[${i}] must be in [0, 1], got ${probability}`);
		}
		sum += probability;
	}
	if (!(Math.abs(sum - 1) < 1e-9)) {
		throw new RangeError(`exactKl: ${name} must sum to 1, got ${sum}`);
	}
}

/**
 * KL(p‖q) of two distributions over the same outcomes, in nats:
 *
 *     KL(p‖q) = Σ_i p_i log(p_i / q_i)      0·log 0 = 0
 *
 * Not symmetric: it is large where p puts probability and q does not, infinite where q has none.
 * Summed as Σ p_i log(p_i/q_i) − p_i + q_i, whose terms are all ≥ 0, so that rounding stays far below
 * the result where p and q are near.
 *
 * Cost: O(outcomes). Throws RangeError for different lengths, a probability outside [0, 1] or a sum
 * other than 1 (to 1e−9).
 * Worked value: exactKl([1, 0], [0.5, 0.5]) = log 2 = 0.693147.
 */
export function exactKl(p: ArrayLike<number>, q: ArrayLike<number>): number {
	if (p.length !== q.length) {
		throw new RangeError(`exactKl: q must have p's length ${p.length}, got ${q.length}`);
	}
	checkDistribution('p', p);
	checkDistribution('q', q);
	let sum = 0;
	for (let i = 0; i < p.length; i++) {
		sum += q[i] - p[i];
		if (p[i] > 0) sum += p[i] * Math.log(p[i] / q[i]);
	}
	return Math.max(0, sum);
}
