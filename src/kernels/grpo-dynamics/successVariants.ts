import { logit } from '../core/sigmoid';
import { clippedStep, type ClippedStepParams } from './clippedStep';
import { groupOmega } from './groupOmega';
import { checkSuccessMap } from './successMap';

export type SuccessVariant =
	'whitened' | 'mean-only' | 'mirror' | 'mean-only mirror' | 'two-kl' | 'clipped';

export interface SuccessVariantParams extends Omit<ClippedStepParams, 'scaleRewards'> {
	/** two-kl: weight of the KL penalty to the previous policy, beside beta. Default: beta. */
	alpha?: number;
}

/**
 * One exactly maximised iteration of a variant of GRPO, from the logit of the success rate before to
 * the logit after. In all of them the best policy is a tilt, so only the logit moves:
 *
 *     whitened          logit p_ref + Ω(p)/β                       GRPO (successMap)
 *     mean-only         logit p_ref + 1/β                          no division (Dr. GRPO): Ω = 1
 *     mirror            logit p + Ω(p)/β                           β·KL to the previous policy only
 *     mean-only mirror  logit p + 1/β
 *     two-kl            [α logit p + β logit p_ref + Ω(p)]/(α+β)   α·KL to previous, β·KL to reference
 *     clipped           clippedStep
 *
 * Mean-only reaches its fixed point in one step. Mirrors have none below 1. two-kl has the fixed
 * points of whitened, with slope (α + β g')/(α + β) in place of g': damped. With `numGenerations` Ω is
 * that of finite groups (groupOmega), and the 1 of mean-only is (G−1)/G.
 *
 * Paper: Mroueh, arXiv 2503.06639, names the mean-only and mirror variants; the formulas are derived.
 * Cost: constant; O(G) for finite groups. Throws RangeError as successMap and groupOmega, and for an
 * alpha that is negative or infinite.
 * Worked value: mean-only, pRef = 0.2, beta = 2: sigmoid(−1.386294 + 0.5) = 0.291875.
 */
export function successStep(
	variant: SuccessVariant,
	at: number,
	params: SuccessVariantParams
): number {
	checkSuccessMap('successStep', params);
	if (variant === 'clipped') return clippedStep(at, params);
	const { pRef, beta, alpha = beta } = params;
	const meanOnly = variant === 'mean-only' || variant === 'mean-only mirror';
	const omega = groupOmega(at, { ...params, scaleRewards: meanOnly ? 'none' : 'group' });
	if (variant === 'mirror' || variant === 'mean-only mirror') return at + omega / beta;
	const anchored = pRef === 0 ? -Infinity : logit(pRef) + omega / beta;
	if (variant !== 'two-kl') return anchored;
	if (!(alpha >= 0 && alpha < Infinity)) {
		throw new RangeError(`successStep: alpha must be finite and ≥ 0, got ${alpha}`);
	}
	return alpha === 0 ? anchored : (alpha * at + beta * anchored) / (alpha + beta);
}
