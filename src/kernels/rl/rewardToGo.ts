import { checkFinite } from './checkFinite';
import { checkTokenRows, type TokenRows } from './tokenRows';

export type RewardToGoLibrary = 'verl' | 'openrlhf';

export interface RewardToGoOptions {
	/** Discount per token, in [0, 1]. Default: 1. */
	gamma?: number;
	/** 'verl' forgets at a masked token what comes after it; 'openrlhf' passes it through. */
	library?: RewardToGoLibrary;
}

/**
 * The discounted rewards from each token to the end of its sequence:
 *
 *     G_t = r_t + γ G_{t+1}        rewards and mask: one row a sequence
 *
 * At a masked token the libraries differ. OpenRLHF (get_cumulative_returns, 3c3be623; also the default
 * here) drops its reward and passes G through, discounted by one more γ. verl (inside
 * compute_reinforce_plus_plus_outcome_advantage, b178a3cd) keeps its reward but resets G to 0 before
 * it: meant for the padding behind the end, it also cuts every token before a tool's output off from
 * the final reward.
 *
 * Cost: O(tokens). Throws RangeError for γ outside [0, 1], a mask that is not 0 and 1 in the shape of
 * the rewards, and, unless a library is asked for, rewards that are not finite.
 * Worked value: r = (0, 0, 0, 1), mask (1, 0, 1, 1), γ = 1: (1, 1, 1, 1), in verl (0, 1, 1, 1).
 */
export function rewardToGo(
	rewards: TokenRows,
	mask: TokenRows,
	{ gamma = 1, library }: RewardToGoOptions = {}
): number[][] {
	if (!(gamma >= 0 && gamma <= 1)) {
		throw new RangeError(`rewardToGo: gamma must be in [0, 1], got ${gamma}`);
	}
	checkTokenRows('rewardToGo', { rewards }, mask);
	return rewards.map((row, i) => {
		if (!library) checkFinite('rewardToGo', `rewards[${i}]`, row);
		const returns = new Array<number>(row.length);
		let later = 0;
		for (let t = row.length - 1; t >= 0; t--) {
			const kept = mask[i][t];
			returns[t] = (library === 'verl' ? row[t] : row[t] * kept) + gamma * later;
			later = library === 'verl' ? returns[t] * kept : returns[t];
		}
		return returns;
	});
}
