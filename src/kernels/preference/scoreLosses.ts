import { marginLoss, type MarginLossOptions, type MarginLossType } from './marginLoss';
import { rewardMargins, type RewardMargins } from './rewardMargins';

/** The rewards are β times the scores. */
export interface ScoreLosses extends RewardMargins {
	losses: number[];
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
	return {
		losses: terms.map(({ loss }) => loss),
		...rewardMargins(
			chosen.map((score) => options.beta * score),
			rejected.map((score) => options.beta * score)
		),
		slopes: terms.map(({ slope }) => slope)
	};
}
