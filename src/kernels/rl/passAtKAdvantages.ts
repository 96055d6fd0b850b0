import { standardDeviation } from '../core/variance';
import { checkFinite } from './checkFinite';
import { rewardGroups, type GroupingOptions } from './rewardGroups';

export interface PassAtKAdvantageOptions extends GroupingOptions {
	/** 'group': divide by the group's deviation (ddof 1) + ε, as verl does by default. */
	scaleRewards?: 'group' | 'none';
	/** verl's 1e−6. */
	epsilon?: number;
	/** 'verl': rewards that are not finite are computed on; NaN counts as the largest. */
	library?: 'verl';
}

/** NaN first, as torch.topk sorts. */
function descending(a: number, b: number): number {
	if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
	return a === b ? 0 : b - a;
}

/**
 * Advantages that train for the best of a group instead of its mean: only the best answer gets one,
 * the distance to the second best.
 *
 *     A_best = r_(1) − r_(2)  [ / (std_g + ε) ],   A_i = 0 for the others
 *
 * It is each answer's part in the group's maximum, max_j r_j − max_{j≠i} r_j. Without the division
 * Σ_i A_i ∇log π(y_i) has exactly the mean ∇E[max of G]: with rewards 0 and 1 that is ∇ pass@G, and
 * only a group with one single success teaches. Where two share the lead nobody gets anything.
 *
 * Paper: Tang et al., arXiv 2503.19595. verl's compute_grpo_passk_outcome_advantage is this (with
 * 'group' its default); TRL and OpenRLHF do not have it.
 *
 * Cost: O(rewards · log G). Throws RangeError for no rewards, groups that do not fit them, a group of
 * one (as verl), a negative or infinite ε, and, without `library`, a reward that is not finite.
 * Worked value: rewards (0, 1, .25) with 'none': (0, .75, 0).
 */
export function passAtKAdvantages(
	rewards: readonly number[],
	options: PassAtKAdvantageOptions = {}
): { advantages: number[]; groups: number[] } {
	const { scaleRewards = 'group', epsilon = 1e-6, library } = options;
	const { groups, members } = rewardGroups('passAtKAdvantages', rewards.length, options);
	if (!(epsilon >= 0 && epsilon < Infinity)) {
		throw new RangeError(`passAtKAdvantages: epsilon must be finite and ≥ 0, got ${epsilon}`);
	}
	if (!library) checkFinite('passAtKAdvantages', 'rewards', rewards);
	const advantages = rewards.map(() => 0);
	members.forEach((positions, group) => {
		if (positions.length < 2) {
			throw new RangeError(`passAtKAdvantages: group ${group} must have at least 2 rewards, got 1`);
		}
		const [best, second] = [...positions].sort((i, j) => descending(rewards[i], rewards[j]));
		const gap = rewards[best] - rewards[second];
		if (gap === 0) return;
		const own = positions.map((i) => rewards[i]);
		advantages[best] = scaleRewards === 'group' ? gap / (standardDeviation(own, 1) + epsilon) : gap;
	});
	return { advantages, groups };
}
