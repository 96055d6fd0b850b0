import { mean } from '../core/mean';
import { standardDeviation } from '../core/variance';
import { checkFinite } from './checkFinite';
import { nanToNum } from './nanToNum';
import { presetWith } from './presetWith';
import { rewardGroups, type GroupingOptions } from './rewardGroups';
import { rlooPresets, type RlooLibrary, type RlooSettings } from './rlooPresets';

export interface RlooOptions extends GroupingOptions, Partial<RlooSettings> {
	/** Settings of one library for all that is not given. Without it TRL's, but bad rewards throw. */
	library?: RlooLibrary;
}

export interface RlooAdvantages {
	/** One per reward. */
	advantages: number[];
	/** What each reward is compared with: the mean of the others. */
	baselines: number[];
	/** The group of each reward, counted by first appearance. */
	groups: number[];
}

/** Over those that are numbers. Fewer than two have no deviation: none is taken. */
function whitened(advantages: readonly number[], epsilon: number): number[] {
	const scored = advantages.filter((a) => !Number.isNaN(a));
	const centre = scored.length > 0 ? mean(scored) : NaN;
	const scale = (scored.length > 1 ? standardDeviation(scored, 1) : 0) + epsilon;
	return advantages.map((a) => (scale === 0 ? 0 : (a - centre) / scale));
}

/**
 * REINFORCE leave-one-out: an answer's reward less the mean reward of the other G−1 answers to the
 * same prompt.
 *
 *     A_i = r_i − 1/(G−1) Σ_{j≠i} r_j = G/(G−1) · (r_i − mean_g)
 *
 * The baseline does not contain the answer's own reward, so Σ_i A_i ∇log π(y_i) / G has exactly the
 * mean ∇E[r]. With the group's mean as baseline (Dr. GRPO) it is (G−1)/G times that: another step
 * length, the same direction. Within a group the advantages sum to 0.
 *
 * Paper: Kool et al., "Buy 4 REINFORCE samples, get a baseline for free!" (2019); for language models
 * Ahmadian et al., arXiv 2402.14740. The libraries agree but for a group of one (TRL and verl's
 * vectorised variant 0, verl the reward itself, OpenRLHF NaN) and for rewards that are NaN (TRL drops
 * them, in the others their group is NaN): `rlooPresets` has each. TRL puts the KL penalty into r
 * first: r_i − β Σ_t k1.
 *
 * Cost: O(rewards). Throws RangeError for no rewards, groups that do not fit them, a negative or
 * infinite ε, and, unless `nanRewards` allows it, a reward that is not finite.
 * Worked value: rewards (1, 0, .5, .5): (2/3, −2/3, 0, 0).
 */
export function rlooAdvantages(
	rewards: readonly number[],
	options: RlooOptions = {}
): RlooAdvantages {
	const { singleton, nanRewards, normalizeAdvantages, epsilon } = presetWith<RlooSettings>(
		options.library ? rlooPresets[options.library] : { ...rlooPresets.trl, nanRewards: 'throw' },
		options
	);
	const { groups, members } = rewardGroups('rlooAdvantages', rewards.length, options);
	if (!(epsilon >= 0 && epsilon < Infinity)) {
		throw new RangeError(`rlooAdvantages: epsilon must be finite and ≥ 0, got ${epsilon}`);
	}
	if (nanRewards === 'throw') checkFinite('rlooAdvantages', 'rewards', rewards);

	const baselines = new Array<number>(rewards.length);
	for (const positions of members) {
		const scored =
			nanRewards === 'drop' ? positions.filter((i) => !Number.isNaN(rewards[i])) : positions;
		const sum = scored.reduce((total, i) => total + rewards[i], 0);
		for (const i of positions) {
			baselines[i] =
				positions.length === 1
					? { zero: rewards[i], raw: 0, nan: NaN }[singleton]
					: (sum - rewards[i]) / (scored.length - 1);
		}
	}
	const raw = rewards.map((reward, i) => reward - baselines[i]);
	const scaled = normalizeAdvantages ? whitened(raw, epsilon) : raw;
	return {
		advantages: nanRewards === 'drop' ? scaled.map(nanToNum) : scaled,
		baselines,
		groups
	};
}
