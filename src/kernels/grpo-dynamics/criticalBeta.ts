import { brent } from '../core/brent';
import { logit, sigmoid } from '../core/sigmoid';

export interface CriticalBeta {
	/** β_c: below it the map with ε → 0 has no fixed point but 1. */
	beta: number;
	/** Where the curve touches the diagonal at β_c. */
	rate: number;
}

/**
 * The KL weight at which fixed points between p_ref and 1 appear, for ε → 0. A rate p > p_ref is fixed
 * under the map for β = 1 / (sqrt(p(1−p)) · (logit p − logit p_ref)), so
 *
 *     β_c = min over p > p_ref of 1 / (sqrt(p(1−p)) · (logit p − logit p_ref))
 *
 * and at the minimum (logit p − logit p_ref)·(2p−1) = 2. Below β_c every orbit goes to 1 at once;
 * above it there are two such fixed points, of which the upper repels and the lower may attract.
 * With a small ε > 0 the threshold is nearly the same, and "1" is 1 − e^{−1/(β sqrt ε)} or so.
 *
 * Derived from the recurrence of Mroueh, arXiv 2503.06639.
 * Cost: some ten evaluations. Throws RangeError for pRef outside (0, 1).
 * Worked value: pRef = 0.5: β_c = 1.508880, at p = 0.916777.
 */
export function criticalBeta(pRef: number): CriticalBeta {
	if (!(pRef > 0 && pRef < 1)) {
		throw new RangeError(`criticalBeta: pRef must be in (0, 1), got ${pRef}`);
	}
	const reference = logit(pRef);
	const low = Math.max(0, reference);
	const touching = (t: number) => ((t - reference) * Math.tanh(t / 2)) / 2 - 1;
	const at = brent(touching, low, low + 4);
	return { beta: (2 * Math.cosh(at / 2)) / (at - reference), rate: sigmoid(at) };
}
