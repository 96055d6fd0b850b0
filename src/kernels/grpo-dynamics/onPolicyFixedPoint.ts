import { brent } from '../core/brent';
import { logit, sigmoid } from '../core/sigmoid';
import { groupOmega, type GroupOmegaOptions } from './groupOmega';
import { checkSuccessMap, type SuccessMapParams } from './successMap';

/** So far up, 1 − p is 0 in float64. */
const TOP = 745;

/**
 * Where a trainer comes to rest that takes one small step on each batch, with k3 in the loss as TRL and
 * verl have it by default. On samples of the policy itself, k3's mean gradient is that of KL(π_ref‖π)
 * (see klK3), not of the theory's KL(π‖π_ref). Rewards pull the logit of p by p(1−p) Ω(p), this KL by
 * β (p − p_ref), so at rest
 *
 *     p − p_ref = p(1−p) Ω(p) / β            (ε = 0, G → ∞: sqrt(p(1−p)) / β)
 *
 * One such p exists for every β, and small steps settle there: no threshold β_c, no cycles. For small β
 * it is 1 − p ≈ β² (1−p_ref)², not exponentially near 1. With k3 weighted by the ratio
 * (use_bias_correction_kl) the points of rest are those of the theory (fixedPoints), again without
 * cycles, because small steps damp.
 *
 * Derived; TRL f2cd5771 and verl b178a3cd for where k3 stands.
 * Cost: some twenty evaluations. Throws RangeError as successMap, and for pRef not in (0, 1).
 * Worked value: pRef = 0.2, beta = 2, ε = 0: 0.448680.
 */
export function onPolicyFixedPoint(params: SuccessMapParams & GroupOmegaOptions): {
	rate: number;
	failure: number;
} {
	checkSuccessMap('onPolicyFixedPoint', params);
	const { pRef, beta } = params;
	if (pRef === 0 || pRef === 1) {
		throw new RangeError(`onPolicyFixedPoint: pRef must be in (0, 1), got ${pRef}`);
	}
	const rest = (t: number) => {
		const variance = sigmoid(t) * sigmoid(-t);
		return sigmoid(t) - pRef - (variance === 0 ? 0 : (variance * groupOmega(t, params)) / beta);
	};
	const at = brent(rest, logit(pRef), TOP);
	return { rate: sigmoid(at), failure: sigmoid(-at) };
}
