import { rewardToGo, type RewardToGoLibrary } from './rewardToGo';
import type { TokenRows } from './tokenRows';
import { whiten, type Whitened } from './whiten';

export interface ReinforcePlusPlusOptions {
	/** Discount per token, in [0, 1]. Default: 1. */
	gamma?: number;
	/** How returns cross masked tokens, and how they are whitened. Without it bad values throw. */
	library?: RewardToGoLibrary;
}

export interface ReinforcePlusPlus extends Omit<Whitened, 'whitened'> {
	/** Whitened returns, in the shape of the rewards. */
	advantages: number[][];
	/** Rewards from each token to the end. */
	returns: number[][];
}

/**
 * REINFORCE++: the rewards from each token on, normalised over all tokens of the batch. No value
 * function and no group: the baseline is the mean over every prompt.
 *
 *     A_t = (G_t − mean) / sqrt(var + ε),   G_t = r_t + γ G_{t+1}      r with −β·KL in it per token
 *
 * One mean for the whole batch cannot tell an easy prompt from a hard one: a right answer gets the same
 * advantage, whether all the other answers to its prompt are right or none (reinforcePlusPlusBaseline
 * takes the prompt's mean off first).
 *
 * Paper: Hu et al., arXiv 2501.03262. verl: returns cut at masked tokens, ddof 1, masked tokens 0.
 * OpenRLHF (`reinforce`): returns pass through, ddof 0, masked tokens shifted like the others. TRL does
 * not have it. See rewardToGo and whiten.
 *
 * Cost: O(tokens). Throws as rewardToGo and whiten.
 * Worked value: three answers of one token with rewards 1, 0, 1: (.5774, −1.1547, .5774).
 */
export function reinforcePlusPlus(
	rewards: TokenRows,
	mask: TokenRows,
	{ gamma, library }: ReinforcePlusPlusOptions = {}
): ReinforcePlusPlus {
	const returns = rewardToGo(rewards, mask, { gamma, library });
	const maskedTokens = library === 'verl' ? 'zero' : undefined;
	const { whitened, ...moments } = whiten(returns, mask, { library, maskedTokens });
	return { advantages: whitened, returns, ...moments };
}
