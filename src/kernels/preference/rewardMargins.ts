export interface RewardMargins {
	/** β times the log-ratio or score of each answer: what the policy's training says it is worth. */
	chosenRewards: number[];
	rejectedRewards: number[];
	/** chosenRewards − rejectedRewards */
	margins: number[];
	/** Share of pairs with a margin above 0. */
	accuracy: number;
}

/**
 * What TRL logs of a batch as rewards/chosen, rewards/rejected, rewards/margins and rewards/accuracies.
 * A tie counts as wrong.
 *
 * Cost: O(pairs). Throws nothing; no pairs have the accuracy NaN.
 * Worked value: rewards (1, 0) and (0, 0): margins (1, 0), accuracy 0.5.
 */
export function rewardMargins(chosenRewards: number[], rejectedRewards: number[]): RewardMargins {
	const wins = chosenRewards.filter((reward, i) => reward > rejectedRewards[i]);
	return {
		chosenRewards,
		rejectedRewards,
		margins: chosenRewards.map((reward, i) => reward - rejectedRewards[i]),
		accuracy: wins.length / chosenRewards.length
	};
}
