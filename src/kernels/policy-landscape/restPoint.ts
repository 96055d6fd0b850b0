import { followToRest } from './followToRest';
import { landscapeValue, type Landscape } from './landscape';
import { meanGradient, type MeanGradientOptions } from './meanGradient';
import type { Method } from './methods';

/** Where J (landscapeValue) is largest. Undefined for β = 0, where it grows for ever. */
export function landscapePeak(prompts: Landscape, beta: number): [number, number] | undefined {
	if (beta === 0) return undefined;
	return followToRest((theta) => landscapeValue(prompts, theta, beta).gradient, [0, 0]);
}

/**
 * Where a method's mean step is 0: small steps of training come to rest there and, but for their noise,
 * stay. It is followed from the maximum of J along the method's own mean steps. Undefined for a method
 * without a penalty and for β = 0, where success grows for ever, and where no rest is found.
 *
 * On answers of one token each (derived; tests hold them), with G answers a question and σ the deviation
 * of the rewards under the policy at rest:
 *
 *     PPO (exact critic), RLOO, REINFORCE++   the maximum of J at every G
 *     Dr. GRPO                                the rest of β·G/(G−1) (forwardKlOptimum)
 *     GRPO, GSPO                              for G → ∞ the rest of β·σ: the easier or harder a question,
 *                                             the smaller its penalty
 *
 * KL in the loss is k3 as TRL and verl have it, whose pull is that of KL(π_ref‖π); with
 * useBiasCorrectionKl Dr. GRPO rests at the maximum of J for β·G/(G−1) instead. Dividing by the answer's length
 * moves no rest of k3: for every answer to a question reward and penalty cancel by themselves.
 *
 * Cost: some 30 mean gradients. Throws RangeError as followToRest and meanGradient.
 * Worked value: difficultyLandscape(0.6, 0.1), β = 0.5: RLOO (2, 2); GRPO with G = 8 (2.0621, 3.4301).
 */
export function restPoint(
	prompts: Landscape,
	method: Method,
	options: MeanGradientOptions
): [number, number] | undefined {
	const peak = landscapePeak(prompts, options.beta);
	if (method.kl === 'none' || !peak) return undefined;
	return followToRest((theta) => meanGradient(prompts, method, theta, options), peak);
}
