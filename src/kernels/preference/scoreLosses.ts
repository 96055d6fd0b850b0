import { marginLoss, type MarginLossOptions, type MarginLossType } from './marginLoss';

export interface ScoreLosses {
	losses: number[];
	/** β times the score of each answer. */
	chosenRewards: number[];
	rejectedRewards: number[];
	/** chosenRewards − rejectedRewards */
	margins: number[];
	/** Share of pairs with a margin above 0. */
	accuracy: number;
	/** Of the sum of losses, in the chosen scores; in the rejected ones they have the other sign. */
	slopes: number[];
}

/**
 * marginLoss of each pair of scores at h = chosen − rejected − shift: what CPO and SimPO share. The
 * shift asks for a margin and does not count in the rewards.
 *
 * Cost: O(pairs). Throws nothing.
 * Worked value: scores 1 and 0, no shift, 'hinge' with β = 0.5: loss 0.5, slope −0.5, accuracy 1.
 */
export function scoreLosses(
	chosen: readonly number[],
	rejected: readonly number[],
	lossType: MarginLossType,
	shift: number,
	options: MarginLossOptions
): ScoreLosses {
	const terms = chosen.map((score, i) =>
		marginLoss(lossType, score - rejected[i] - shift, options)
	);
	const chosenRewards = chosen.map((score) => options.beta * score);
	const rejectedRewards = rejected.map((score) => options.beta * score);
	const wins = chosenRewards.filter((reward, i) => reward > rejectedRewards[i]);
	return {
		losses: terms.map(({ loss }) => loss),
		chosenRewards,
		rejectedRewards,
		margins: chosenRewards.map((reward, i) => reward - rejectedRewards[i]),
		accuracy: wins.length / chosen.length,
		slopes: terms.map(({ slope }) => slope)
	};
}
