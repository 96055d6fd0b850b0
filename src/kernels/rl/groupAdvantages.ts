import { checkFinite } from './checkFinite';
import {
	groupAdvantagePresets,
	type GroupAdvantageLibrary,
	type GroupAdvantageSettings
} from './groupAdvantagePresets';
import { nanToNum } from './nanToNum';
import { presetWith } from './presetWith';
import { rewardGroups, type GroupingOptions } from './rewardGroups';

export interface GroupAdvantageOptions extends GroupingOptions, Partial<GroupAdvantageSettings> {
	/** Settings of one library for all that is not given. Without it TRL's, but bad rewards throw. */
	library?: GroupAdvantageLibrary;
}

export interface GroupAdvantages {
	/** One per reward. */
	advantages: number[];
	/** The group of each reward: a position in the lists below, by first appearance. */
	groups: number[];
	/** Mean reward of each group. */
	means: number[];
	/** Deviation of each group, also where it is not divided by. */
	standardDeviations: number[];
	/** What each group's centred rewards were divided by, ε included; 1 for scaleRewards 'none'. */
	scales: number[];
}

/** Mean and deviation; of two passes the second sees no offset that rewards may share. */
function moments(rewards: readonly number[], settings: GroupAdvantageSettings): [number, number] {
	const { ddof, nanRewards, singleton, variance } = settings;
	const scored = nanRewards === 'drop' ? rewards.filter((r) => !Number.isNaN(r)) : rewards;
	if (scored.length === 1) {
		if (singleton === 'raw') return [0, 1];
		return [scored[0], singleton === 'zero' ? 0 : NaN];
	}
	let sum = 0;
	for (const reward of scored) sum += reward;
	const mean = sum / scored.length;
	let squares = 0;
	if (variance === 'one-pass') {
		for (const reward of scored) squares += reward ** 2;
		squares = Math.max(0, squares - sum ** 2 / scored.length);
	} else {
		for (const reward of scored) squares += (reward - mean) ** 2;
	}
	return [mean, Math.sqrt(squares / (scored.length - ddof))];
}

function divisor(std: number, { normalisation, epsilon }: GroupAdvantageSettings): number {
	if (normalisation === 'std+epsilon') return std + epsilon;
	if (normalisation === 'sqrt(variance+epsilon)') return Math.sqrt(std * std + epsilon);
	return Math.sqrt(Math.max(std * std, epsilon)) + epsilon;
}

/**
 * GRPO's advantage: how much better an answer's reward is than the rewards of the other answers to
 * the same prompt, in units of their deviation.
 *
 *     A_i = (r_i − mean_g) / (std_g + ε)      g: the group (prompt) of answer i
 *
 * Within a group the advantages sum to 0 (but for 'raw' singletons), shifting all rewards changes
 * nothing, and scaling them changes little while ε is small. Equal rewards give 0: no signal.
 * With ddof = 1 and k successes of G (rewards 0 and 1) the advantages are sqrt((G−1)/G) times those
 * with ddof = 0, which are sqrt((1−p̂)/p̂) and −sqrt(p̂/(1−p̂)) for p̂ = k/G.
 *
 * Paper: Shao et al., DeepSeekMath, arXiv 2402.03300; without the division Liu et al. (Dr. GRPO),
 * arXiv 2503.20783. Libraries differ in ε (TRL 1e−4, verl 1e−6, OpenRLHF 1e−9, all added to a
 * deviation with ddof 1), in a group of one (0, the reward itself, NaN) and in a NaN reward (dropped,
 * or the whole group NaN); verl's vectorised variant also holds the variance at ε or above, so that
 * rewards 1 ± 1e−5 give 0.01 there and 1.09 in verl. `groupAdvantagePresets` has each. A divisor of 0
 * (equal rewards, ε = 0) gives advantage 0 here.
 *
 * Cost: O(rewards). Throws RangeError for no rewards, groups that do not fit them, a negative or
 * infinite ε, and, unless `nanRewards` allows it, a reward that is not finite.
 * Worked value: rewards (1, 0, 0, 0), ε = 0, ddof 0: sqrt(3) and three times −1/sqrt(3).
 */
export function groupAdvantages(
	rewards: readonly number[],
	options: GroupAdvantageOptions = {}
): GroupAdvantages {
	const settings = presetWith<GroupAdvantageSettings>(
		options.library
			? groupAdvantagePresets[options.library]
			: { ...groupAdvantagePresets.trl, nanRewards: 'throw' },
		options
	);
	const { scaleRewards, epsilon, nanRewards } = settings;
	const { groups, members } = rewardGroups('groupAdvantages', rewards.length, options);
	if (!(epsilon >= 0 && epsilon < Infinity)) {
		throw new RangeError(`groupAdvantages: epsilon must be finite and ≥ 0, got ${epsilon}`);
	}
	if (nanRewards === 'throw') checkFinite('groupAdvantages', 'rewards', rewards);

	const perGroup = members.map((positions) =>
		moments(
			positions.map((i) => rewards[i]),
			settings
		)
	);
	const batchDeviation = scaleRewards === 'batch' ? moments(rewards, settings)[1] : 0;
	const scales = perGroup.map(([, deviation]) =>
		scaleRewards === 'none'
			? 1
			: divisor(scaleRewards === 'batch' ? batchDeviation : deviation, settings)
	);
	const advantages = rewards.map((reward, i) => {
		const scale = scales[groups[i]];
		const advantage = scale === 0 ? 0 : (reward - perGroup[groups[i]][0]) / scale;
		return nanRewards === 'drop' ? nanToNum(advantage) : advantage;
	});
	return {
		advantages,
		groups,
		means: perGroup.map(([mean]) => mean),
		standardDeviations: perGroup.map(([, deviation]) => deviation),
		scales
	};
}
