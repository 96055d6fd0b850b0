import { softmax } from '../core/softmax';
import { checkPolicy, checkPreferences } from './checkPreferences';
import { gibbsOpponent } from './gibbsOpponent';
import { winRates } from './winRates';

/**
 * Whom a policy learns against. 'self-play': itself. 'nash-md': a geometric mixture of itself and the
 * reference, ∝ π^{1−c} π_ref^c. 'nash-rs': its strongest regularised opponent (gibbsOpponent).
 */
export type NashMethod = 'self-play' | 'nash-md' | 'nash-rs';

export interface NashLearningOptions {
	/** P(i ≻ j), with P(i ≻ j) + P(j ≻ i) = 1. */
	preferences: readonly (readonly number[])[];
	method: NashMethod;
	/** τ ≥ 0, the weight of the KL penalty to the reference. 'nash-rs' needs it above 0. */
	tau: number;
	/** η > 0, with ητ ≤ 1. */
	learningRate: number;
	steps: number;
	/** c in [0, 1], of 'nash-md'. Default ητ, as in the paper; TRL sets 0.5 whatever η and τ. */
	mixtureCoef?: number;
	/** π_ref, also the start. Default uniform. */
	reference?: readonly number[];
}

/**
 * The logits after one exact mirror step from a policy against an opponent,
 *
 *     log π_{t+1}(y) = (1 − ητ) log π_t(y) + ητ log π_ref(y) + η P(y ≻ opponent) + const ,
 *
 * which is natural policy gradient on the rewards P(y ≻ opponent) with the KL penalty.
 */
export function mirrorStep(
	logits: readonly number[],
	opponent: ArrayLike<number>,
	{
		preferences,
		tau,
		learningRate,
		reference
	}: Pick<NashLearningOptions, 'preferences' | 'tau' | 'learningRate'> & {
		reference: readonly number[];
	}
): number[] {
	const kept = 1 - learningRate * tau;
	const next = winRates(preferences, opponent).map(
		(rate, i) =>
			kept * logits[i] + learningRate * tau * Math.log(reference[i]) + learningRate * (rate - 0.5)
	);
	const largest = Math.max(...next);
	return next.map((logit) => logit - largest);
}

/**
 * Nash learning on a table of responses, with exact expectations: policies π_0 = π_ref, π_1, …, π_steps by
 * mirrorStep, and the running average of π_0 … π_t beside each.
 *
 * With τ = 0 self-play is multiplicative weights (Hedge): from an inner point the last policy spirals
 * outward, while the average of π_0 … π_{T−1} from a uniform start is within log(n)/(ηT) + η/8 of
 * unbeatable (exploitability).
 *
 * With τ > 0 self-play and Nash-RS rest at regularisedEquilibrium. Linearised there, with ±iω the
 * eigenvalues of the antisymmetric part, a step of self-play multiplies the distance by 1 − ητ ± iηω, one
 * of Nash-RS by 1 − ητ(1 + ω²/τ²), a real number: against its best opponent a policy climbs a concave
 * function and does not turn (too large an η overshoots all the same). Nash-MD rests where the opponent is
 * the mixture instead, off by O(c).
 *
 * Munos et al., arXiv 2312.00886 (Nash-MD; NashMDTrainer in TRL, mixture_coef); Liu et al., first version
 * of arXiv 2503.10990, and the authors' code (Nash-RS), where PPO takes the place of the exact step.
 *
 * Cost: O(steps · n²). Throws RangeError for preferences or a reference that are none, τ, η or steps out
 * of range.
 */
export function nashLearning({
	preferences,
	method,
	tau,
	learningRate,
	steps,
	mixtureCoef = learningRate * tau,
	reference = preferences.map(() => 1 / preferences.length)
}: NashLearningOptions): { policies: Float64Array[]; averages: Float64Array[] } {
	checkPreferences('nashLearning', preferences);
	checkPolicy('nashLearning', 'reference', reference, preferences.length, true);
	if (!(tau >= 0 && tau < Infinity) || (method === 'nash-rs' && tau === 0)) {
		throw new RangeError(
			`nashLearning: tau must be finite and ${method === 'nash-rs' ? 'above' : 'at least'} 0, got ${tau}`
		);
	}
	if (!(learningRate > 0 && learningRate * tau <= 1)) {
		throw new RangeError(
			`nashLearning: learningRate must be above 0 and at most 1/tau, got ${learningRate}`
		);
	}
	if (!(mixtureCoef >= 0 && mixtureCoef <= 1)) {
		throw new RangeError(`nashLearning: mixtureCoef must be in [0, 1], got ${mixtureCoef}`);
	}
	if (!(Number.isInteger(steps) && steps >= 0)) {
		throw new RangeError(`nashLearning: steps must be an integer of at least 0, got ${steps}`);
	}
	let logits: number[] = reference.map(Math.log);
	const policies = [softmax(logits)];
	const averages = [policies[0]];
	for (let t = 1; t <= steps; t++) {
		const policy = policies[t - 1];
		const opponent = opponentOf(policy, logits);
		logits = mirrorStep(logits, opponent, { preferences, tau, learningRate, reference });
		policies.push(softmax(logits));
		averages.push(averages[t - 1].map((mean, i) => mean + (policies[t][i] - mean) / (t + 1)));
	}
	return { policies, averages };

	function opponentOf(policy: Float64Array, own: readonly number[]): ArrayLike<number> {
		switch (method) {
			case 'self-play':
				return policy;
			case 'nash-md':
				return softmax(
					own.map((logit, i) => logit + mixtureCoef * (Math.log(reference[i]) - logit))
				);
			case 'nash-rs': {
				const losses = winRates(preferences, policy).map((rate) => 1 - rate);
				return gibbsOpponent(losses, tau, reference).opponent;
			}
		}
	}
}
