import { exactMaximiser } from '../grpo-dynamics/exactMaximiser';
import { exactKl } from '../rl/exactKl';

export interface KlRegularisedOptimum {
	/** log π*(y) */
	logProbs: Float64Array;
	/** log Z, Z = Σ π_ref(y) exp(r(y)/β) */
	logPartition: number;
	/** The maximum, β log Z. */
	value: number;
	/** E r under π*. */
	expectedReward: number;
	/** KL(π*‖π_ref) in nats. */
	kl: number;
}

/**
 * What reinforcement learning from human feedback aims at, solved exactly on finitely many answers:
 *
 *     max_π  E_π r − β KL(π‖π_ref)   ⇒   π*(y) = π_ref(y) exp(r(y)/β) / Z,   maximum β log Z
 *
 * Large β stays at the reference, small β goes to its best answers. An answer that the reference never
 * gives is never given. The inverse, r(y) = β log(π*(y)/π_ref(y)) + β log Z, is `impliedReward`: DPO's
 * start, since log Z, the same for all answers to a prompt, drops out of their differences.
 *
 * Paper: Rafailov et al., DPO, arXiv 2305.18290, eqs. 3 to 5. `exactMaximiser` computes π* and log Z.
 *
 * Cost: O(answers). Throws RangeError for lengths that differ, a reward that is not finite, β not positive
 * and finite, and reference probabilities that do not sum to 1.
 * Worked value: reference (½, ½), rewards (1, 0), β = 1: π* = (0.731059, 0.268941), log Z = 0.620115.
 */
export function klRegularisedOptimum(
	refLogProbs: ArrayLike<number>,
	rewards: ArrayLike<number>,
	beta: number
): KlRegularisedOptimum {
	const { logProbs, logPartition } = exactMaximiser(refLogProbs, rewards, beta);
	const probabilities = logProbs.map(Math.exp);
	return {
		logProbs,
		logPartition,
		value: beta * logPartition,
		expectedReward: probabilities.reduce((sum, p, y) => sum + p * rewards[y], 0),
		kl: exactKl(probabilities, Float64Array.from(refLogProbs, Math.exp))
	};
}
