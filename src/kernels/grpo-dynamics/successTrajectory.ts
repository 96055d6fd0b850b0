import { logit, sigmoid } from '../core/sigmoid';
import { klBernoulli } from '../rl/klBernoulli';
import { successStep, type SuccessVariant, type SuccessVariantParams } from './successVariants';

export interface SuccessTrajectory {
	/** logit p_n for n = 0 … steps. */
	logits: number[];
	/** p_n */
	rates: number[];
	/** 1 − p_n, kept where p_n rounds to 1. */
	failures: number[];
	/** KL(π_n‖π_ref), which is that of two coins, in nats. */
	klToReference: number[];
}

/**
 * The success rates p_0, p_1, … of exactly maximised GRPO iterations (successStep), from p_0 = pStart,
 * by default p_ref.
 *
 * Since every π_n is the reference with its right answers scaled by one factor and its wrong ones by
 * another, KL(π_n‖π_ref) = KL(Bernoulli(p_n)‖Bernoulli(p_ref)).
 *
 * Cost: O(steps). Throws RangeError for steps that are not a whole number ≥ 0, pStart outside [0, 1],
 * and as successStep.
 * Worked value: whitened, pRef = 0.2, beta = 2, ε = 1e−5: 0.2, 0.465969, 0.405165, 0.409066, 0.408697.
 */
export function successTrajectory(
	variant: SuccessVariant,
	params: SuccessVariantParams & { pStart?: number },
	steps: number
): SuccessTrajectory {
	if (!Number.isInteger(steps) || steps < 0) {
		throw new RangeError(`successTrajectory: steps must be a whole number ≥ 0, got ${steps}`);
	}
	const logits = [logit(params.pStart ?? params.pRef)];
	for (let n = 0; n < steps; n++) logits.push(successStep(variant, logits[n], params));
	const rates = logits.map(sigmoid);
	return {
		logits,
		rates,
		failures: logits.map((at) => sigmoid(-at)),
		klToReference: rates.map((p) => klBernoulli(p, params.pRef))
	};
}
