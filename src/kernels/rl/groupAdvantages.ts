import {
	groupAdvantagePresets,
	type GroupAdvantageLibrary,
	type GroupAdvantageSettings
} from './groupAdvantagePresets';

export interface GroupAdvantageOptions extends Partial<GroupAdvantageSettings> {
	/** Settings of one library for all that is not given. Without it TRL's, but bad rewards throw. */
	library?: GroupAdvantageLibrary;
	/** Rewards per group, one group after the other. Default: all rewards are one group. */
	numGenerations?: number;
	/** Instead of numGenerations: a label per reward, equal within a group (verl's `index`). */
	groups?: readonly number[];
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

function groupOf(
	count: number,
	{ numGenerations = count, groups }: GroupAdvantageOptions
): number[] {
	if (groups) {
		if (groups.length !== count) {
			throw new RangeError(
				`groupAdvantages: groups must have one label per reward (${count}), got ${groups.length}`
			);
		}
		const seen = new Map<number, number>();
		return groups.map((label) => {
			if (!seen.has(label)) seen.set(label, seen.size);
			return seen.get(label)!;
		});
	}
	if (!Number.isInteger(numGenerations) || numGenerations < 1 || count % numGenerations !== 0) {
		throw new RangeError(
			`groupAdvantages: numGenerations must be a positive integer that divides the ${count} rewards, got ${numGenerations}`
		);
	}
	return Array.from({ length: count }, (_, i) => Math.floor(i / numGenerations));
}

/** Mean and deviation by two passes; one pass loses all digits when rewards share a large offset. */
function moments(rewards: readonly number[], settings: GroupAdvantageSettings): [number, number] {
	const { ddof, nanRewards, singleton } = settings;
	const scored = nanRewards === 'drop' ? rewards.filter((r) => !Number.isNaN(r)) : rewards;
	if (scored.length === 1) {
		if (singleton === 'raw') return [0, 1];
		return [scored[0], singleton === 'zero' ? 0 : NaN];
	}
	let sum = 0;
	for (const reward of scored) sum += reward;
	const mean = sum / scored.length;
	let squares = 0;
	for (const reward of scored) squares += (reward - mean) ** 2;
	return [mean, Math.sqrt(squares / (scored.length - ddof))];
}

function nanToNum(x: number): number {
	if (Number.isNaN(x)) return 0;
	return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, x));
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
 * or the whole group NaN): `groupAdvantagePresets` has each. Two divisors of 0 (equal rewards, ε = 0)
 * give advantage 0 here.
 *
 * Cost: O(rewards). Throws RangeError for no rewards, groups that do not fit them, a negative or
 * infinite ε, and, unless `nanRewards` allows it, a reward that is not finite.
 * Worked value: rewards (1, 0, 0, 0), ε = 0, ddof 0: sqrt(3) and three times −1/sqrt(3).
 */
export function groupAdvantages(
	rewards: readonly number[],
	options: GroupAdvantageOptions = {}
): GroupAdvantages {
	const settings: GroupAdvantageSettings = {
		...groupAdvantagePresets[options.library ?? 'trl'],
		...(options.library ? {} : { nanRewards: 'throw' }),
		...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
	};
	const { scaleRewards, epsilon, normalisation, nanRewards } = settings;
	if (rewards.length === 0) {
		throw new RangeError('groupAdvantages: rewards must not be empty');
	}
	if (!(epsilon >= 0 && epsilon < Infinity)) {
		throw new RangeError(`groupAdvantages: epsilon must be finite and ≥ 0, got ${epsilon}`);
	}
	const bad = nanRewards === 'throw' ? rewards.findIndex((r) => !Number.isFinite(r)) : -1;
	if (bad >= 0) {
		throw new RangeError(`groupAdvantages: rewards[${bad}] must be finite, got ${rewards[bad]}`);
	}

	const groups = groupOf(rewards.length, options);
	const members: number[][] = [];
	groups.forEach((group, i) => (members[group] ??= []).push(rewards[i]));
	const perGroup = members.map((group) => moments(group, settings));
	const batchDeviation = scaleRewards === 'batch' ? moments(rewards, settings)[1] : 0;
	const scales = perGroup.map(([, deviation]) => {
		if (scaleRewards === 'none') return 1;
		const std = scaleRewards === 'batch' ? batchDeviation : deviation;
		return normalisation === 'std+epsilon' ? std + epsilon : Math.sqrt(std * std + epsilon);
	});
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
