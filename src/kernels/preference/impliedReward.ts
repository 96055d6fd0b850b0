import { checkNumbers } from './checkNumbers';

/**
 * The reward for which a policy is the best that stays near its reference:
 *
 *     r(y) = β (log π(y) − log π_ref(y)) + β log Z
 *
 * Every policy is optimal for some reward, and this is it: "your language model is secretly a reward
 * model". log Z is the same for all answers to one prompt and cannot be seen in a policy; without it (0)
 * the reward is DPO's and TRL's, whose mean of exp(r/β) under the reference is 1. With it, this is the
 * inverse of `klRegularisedOptimum`.
 *
 * Paper: Rafailov et al., DPO, arXiv 2305.18290, eq. 5.
 * Cost: O(answers). Throws RangeError for lengths that differ, log-probabilities that are not finite and
 * β not positive and finite.
 * Worked value: log-probabilities −12 under the policy and −13 under the reference, β = 0.1: 0.1.
 */
export function impliedReward(
	logProbs: ArrayLike<number>,
	refLogProbs: ArrayLike<number>,
	beta: number,
	logPartition = 0
): number[] {
	checkNumbers('impliedReward', 'logProbs', logProbs, logProbs.length, true);
	checkNumbers('impliedReward', 'refLogProbs', refLogProbs, logProbs.length, true);
	if (!(beta > 0 && beta < Infinity)) {
		throw new RangeError(`impliedReward: beta must be positive and finite, got ${beta}`);
	}
	return Array.from(logProbs, (logProb, y) => beta * (logProb - refLogProbs[y] + logPartition));
}
