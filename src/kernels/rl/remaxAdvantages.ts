import { checkFinite } from './checkFinite';
import { rewardToGo } from './rewardToGo';
import type { TokenRows } from './tokenRows';

/**
 * ReMax: the rewards from each token on, less the reward of the answer that greedy decoding gives to
 * the same prompt.
 *
 *     A_t = Σ_{s≥t} m_s r_s − m_t b        rewards and mask: one row an answer, b: one baseline a row
 *
 * One more answer per prompt buys the baseline. As it does not depend on the sampled answer, the mean
 * gradient stays ∇E[r].
 *
 * Paper: Li et al., arXiv 2310.10505. verl's compute_remax_outcome_advantage is this, without discount;
 * there too a masked token in the middle keeps the returns of later tokens. TRL and OpenRLHF do not
 * have it.
 *
 * Cost: O(tokens). Throws RangeError unless there is one finite baseline a row, and as rewardToGo.
 * Worked value: r = (0, 0, 1), b = .25: (.75, .75, .75).
 */
export function remaxAdvantages(
	rewards: TokenRows,
	baselines: readonly number[],
	mask: TokenRows
): { advantages: number[][]; returns: number[][] } {
	const returns = rewardToGo(rewards, mask);
	if (baselines.length !== mask.length) {
		throw new RangeError(
			`remaxAdvantages: baselines must be one per row (${mask.length}), got ${baselines.length}`
		);
	}
	checkFinite('remaxAdvantages', 'baselines', baselines);
	const advantages = returns.map((row, i) => row.map((g, t) => g - baselines[i] * mask[i][t]));
	return { advantages, returns };
}
