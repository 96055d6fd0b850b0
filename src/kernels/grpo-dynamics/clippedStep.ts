import { logit, sigmoid } from '../core/sigmoid';
import { groupOmega, type GroupOmegaOptions } from './groupOmega';
import { checkSuccessMap, type SuccessMapParams } from './successMap';

export interface ClippedStepParams extends SuccessMapParams, GroupOmegaOptions {
	/** The clip's epsilon (TRL `epsilon`), not the ε of the whitened reward. Default 0.2. */
	clipEpsilon?: number;
	/** Default: clipEpsilon (TRL `epsilon_high`). */
	clipEpsilonHigh?: number;
}

/**
 * One exactly maximised GRPO iteration with the clipped surrogate, from logit to logit of the success
 * rate. Over the success rate u of the new policy it maximises
 *
 *     ω⁺ min(u, c₁) − ω⁻ max(1−u, 1−c₂) − β KL(u‖p_ref),
 *     c₁ = (1+ε_high) p,   c₂ = p + ε_low (1−p)
 *
 * A right answer earns nothing above ratio 1+ε_high (u > c₁), a wrong one nothing below ratio 1−ε_low
 * (u > c₂). The objective is concave with kinks at c₁ and c₂, so the maximiser is the free one
 * sigmoid(logit p_ref + Ω/β) if it lies below both; between them it is pulled by the one weight that
 * still counts (ω⁻ if c₁ < c₂, which is so for p < 1/2 if both ε are equal); above both by none, which
 * leaves p_ref if that is so high, and the larger of c₁, c₂ otherwise.
 *
 * Derived from PPO's clip (arXiv 1707.06347, eq. 7) for the weights of Mroueh, arXiv 2503.06639; not
 * from that paper. It holds where π_old is the reference tilted, as on the orbit from p_ref: inside a
 * class all outputs then share one ratio. With groups of G answers ω⁺ and ω⁻ are (1−p)Ω_G and pΩ_G.
 * Cost: constant. Throws RangeError as successMap, and for a clip ε that is negative or NaN.
 * Worked value: p = p_ref = 0.2, beta = 0.5, clip 0.2: 0.36 = c₂, where 0.924 would be free.
 */
export function clippedStep(at: number, params: ClippedStepParams): number {
	checkSuccessMap('clippedStep', params);
	const { pRef, beta } = params;
	const { clipEpsilon = 0.2, clipEpsilonHigh = clipEpsilon } = params;
	for (const [name, value] of Object.entries({ clipEpsilon, clipEpsilonHigh })) {
		if (!(value >= 0)) throw new RangeError(`clippedStep: ${name} must be ≥ 0, got ${value}`);
	}
	const p = sigmoid(at);
	const failure = sigmoid(-at);
	const omega = groupOmega(at, params);
	// 1 − c from 1 − p, so that both survive p near 1; a bound above 1 binds nowhere.
	const rightAbove = failure - clipEpsilonHigh * p;
	const wrongBelow = (1 - clipEpsilon) * failure;
	const successCap = rightAbove > 0 ? Math.log(((1 + clipEpsilonHigh) * p) / rightAbove) : Infinity;
	const failureCap = wrongBelow > 0 ? Math.log((p + clipEpsilon * failure) / wrongBelow) : Infinity;
	const [first, last] = [Math.min(successCap, failureCap), Math.max(successCap, failureCap)];
	// ω⁻ = pΩ and ω⁺ = (1−p)Ω: the weight that still counts between the two bounds.
	const left = omega * (successCap < failureCap ? p : failure);

	const reference = logit(pRef);
	const free = reference + omega / beta;
	if (free <= first) return free;
	const between = Math.max(first, reference + left / beta);
	return between <= last ? between : Math.max(last, reference);
}
