import { checkFinite } from './checkFinite';
import { rewardGroups, type GroupingOptions } from './rewardGroups';

export interface OpoOptions extends GroupingOptions {
	/** 'verl': a group of one keeps its reward, and rewards that are not finite are computed on. */
	library?: 'verl';
}

/**
 * OPO's advantage: the reward less the mean reward of the group weighted by length.
 *
 *     A_i = r_i − Σ_j l_j r_j / Σ_j l_j      j: the group (prompt) of answer i,  l: tokens
 *
 * The baseline of least gradient variance weighs each reward by its squared gradient norm,
 * E[‖∇log π‖² r] / E[‖∇log π‖²]; that norm is taken to grow with the number of tokens. The advantages
 * do not sum to 0, but Σ l_i A_i does. Equal lengths give Dr. GRPO's advantage.
 *
 * Paper: Hao et al., arXiv 2505.23585. verl's compute_opo_outcome_advantage is this; its group of one
 * has baseline 0, here its own reward, so advantage 0. TRL and OpenRLHF do not have it.
 *
 * Cost: O(rewards). Throws RangeError for no rewards, groups that do not fit them, lengths that are
 * not as many, not whole or below 0; without `library` also for a reward that is not finite or a group
 * that has no tokens at all.
 * Worked value: rewards (1, 0), lengths (3, 1): baseline 3/4, advantages (1/4, −3/4).
 */
export function opoAdvantages(
	rewards: readonly number[],
	lengths: readonly number[],
	options: OpoOptions = {}
): { advantages: number[]; baselines: number[]; groups: number[] } {
	const { groups, members } = rewardGroups('opoAdvantages', rewards.length, options);
	if (lengths.length !== rewards.length) {
		throw new RangeError(
			`opoAdvantages: lengths must be one per reward (${rewards.length}), got ${lengths.length}`
		);
	}
	const bad = lengths.findIndex((length) => !Number.isInteger(length) || length < 0);
	if (bad >= 0) {
		throw new RangeError(
			`opoAdvantages: lengths[${bad}] must be a whole number ≥ 0, got ${lengths[bad]}`
		);
	}
	if (!options.library) checkFinite('opoAdvantages', 'rewards', rewards);
	/** One per group. */
	const baselines = members.map((positions, group) => {
		if (options.library && positions.length === 1) return 0;
		let tokens = 0;
		let weighted = 0;
		for (const i of positions) {
			tokens += lengths[i];
			weighted += lengths[i] * rewards[i];
		}
		if (!options.library && tokens === 0) {
			throw new RangeError(`opoAdvantages: lengths of group ${group} must not all be 0`);
		}
		return weighted / tokens;
	});
	return {
		advantages: rewards.map((reward, i) => reward - baselines[groups[i]]),
		baselines,
		groups
	};
}
