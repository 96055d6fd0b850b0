import { groupAdvantages } from './groupAdvantages';
import type { GroupingOptions } from './rewardGroups';

export interface GpgOptions extends GroupingOptions {
	/** 'verl': a group of one keeps its reward, and rewards that are not finite are computed on. */
	library?: 'verl';
}

/**
 * Group policy gradient: centred rewards, scaled up by how few answers of the batch earned anything.
 *
 *     A_i = α · (r_i − mean_g),   α = answers in the batch / max(1, answers with r ≠ 0)
 *
 * α is meant to make up for groups without a signal (all right or all wrong), which dilute the batch's
 * mean gradient. verl's compute_gpg_outcome_advantage, followed here, counts answers with a reward
 * other than 0: right answers in groups that are all right count too, though they have no signal.
 *
 * Paper: Chu et al., arXiv 2504.02546. TRL and OpenRLHF do not have it.
 * Cost: O(rewards). Throws as groupAdvantages.
 * Worked value: rewards (1, 0, 0, 0): α = 4, advantages (3, −1, −1, −1).
 */
export function gpgAdvantages(
	rewards: readonly number[],
	options: GpgOptions = {}
): { advantages: number[]; alpha: number; groups: number[]; means: number[] } {
	const { advantages, groups, means } = groupAdvantages(rewards, {
		...options,
		scaleRewards: 'none'
	});
	const alpha = rewards.length / Math.max(1, rewards.filter((reward) => reward !== 0).length);
	return { advantages: advantages.map((a) => alpha * a), alpha, groups, means };
}
