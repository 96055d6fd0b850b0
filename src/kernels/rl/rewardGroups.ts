export interface GroupingOptions {
	/** Rewards per group, one group after the other. Default: all rewards are one group. */
	numGenerations?: number;
	/** Instead of numGenerations: a label per reward, equal within a group (verl's `index`). */
	groups?: readonly number[];
}

export interface RewardGroups {
	/** The group of each reward: a position in `members`, by first appearance. */
	groups: number[];
	/** The rewards of each group, as positions in the list of rewards. */
	members: number[][];
}

/**
 * Which rewards belong to the same prompt. Every kernel that compares an answer with the other
 * answers to its prompt takes one reward an answer, in a flat list, and these two ways to group it.
 *
 * Cost: O(count). Throws RangeError, in the name of the kernel that was called, for no rewards, a
 * group size that does not divide them, or labels that are not one a reward.
 * Worked value: 4 rewards labelled 7, 3, 7, 7: groups 0, 1, 0, 0.
 */
export function rewardGroups(
	kernel: string,
	count: number,
	{ numGenerations = count, groups: labels }: GroupingOptions
): RewardGroups {
	if (count === 0) throw new RangeError(`${kernel}: rewards must not be empty`);
	if (labels && labels.length !== count) {
		throw new RangeError(
			`${kernel}: groups must have one label per reward (${count}), got ${labels.length}`
		);
	}
	if (!Number.isInteger(numGenerations) || numGenerations < 1 || count % numGenerations !== 0) {
		throw new RangeError(
			`${kernel}: numGenerations must be a positive integer that divides the ${count} rewards, got ${numGenerations}`
		);
	}
	const seen = new Map<number, number>();
	const members: number[][] = [];
	const groups = Array.from({ length: count }, (_, i) => {
		const label = labels ? labels[i] : Math.floor(i / numGenerations);
		if (!seen.has(label)) seen.set(label, seen.size);
		const group = seen.get(label)!;
		(members[group] ??= []).push(i);
		return group;
	});
	return { groups, members };
}
