import { checkTokenRows, type TokenRows } from './tokenRows';

/**
 * One advantage an answer, given to each of its tokens:
 *
 *     A_it = A_i · m_it        mask: one row an answer
 *
 * All tokens of an answer share the credit or the blame, whichever of them mattered; tokens that the
 * policy did not write get 0. verl does this after GRPO, RLOO, OPO and GPG (a fully masked answer has
 * still counted in its group); TRL and OpenRLHF come to the same by masking the loss.
 *
 * Cost: O(tokens). Throws RangeError unless there is one advantage a row and the mask is 0 and 1.
 * Worked value: advantages (2, −1), mask ((1, 1), (1, 0)): ((2, 2), (−1, 0)).
 */
export function broadcastAdvantages(advantages: readonly number[], mask: TokenRows): number[][] {
	checkTokenRows('broadcastAdvantages', {}, mask);
	if (advantages.length !== mask.length) {
		throw new RangeError(
			`broadcastAdvantages: advantages must be one per row of the mask (${mask.length}), got ${advantages.length}`
		);
	}
	return mask.map((row, i) => row.map((kept) => advantages[i] * kept));
}
