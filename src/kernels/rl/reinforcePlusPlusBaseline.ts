import { broadcastAdvantages } from './broadcastAdvantages';
import { groupAdvantages } from './groupAdvantages';
import type { GroupingOptions } from './rewardGroups';
import type { TokenRows } from './tokenRows';
import { whiten, type Whitened } from './whiten';

export interface ReinforcePlusPlusBaselineOptions extends GroupingOptions {
	/** The group of one and the whitening of this library. Without it bad values throw. */
	library?: 'verl' | 'openrlhf';
}

export interface ReinforcePlusPlusBaseline extends Omit<Whitened, 'whitened'> {
	/** In the shape of the mask; 0 on masked tokens. */
	advantages: number[][];
	/** Reward less the group's mean, one per answer. */
	centred: number[];
	/** Mean reward of each group. */
	means: number[];
}

/**
 * REINFORCE++ with baseline: the prompt's mean reward is taken off, then one normalisation for all
 * tokens of the batch.
 *
 *     A_it = (r_i − mean_g − mean) / sqrt(var + ε)        mean and var over all unmasked tokens
 *
 * Unlike GRPO it divides by one deviation for all prompts: a prompt whose answers are nearly all alike
 * is not blown up. Groups of equal rewards have r_i − mean_g = 0, but since long answers weigh more in
 * the batch's mean, that mean is not 0 and neither is their advantage.
 *
 * Paper: Hu et al., arXiv 2501.03262. verl: ddof 1, group of one keeps its reward. OpenRLHF
 * (`reinforce_baseline`): ddof 0, group of one 0 (there masked tokens are shifted too, before the loss
 * leaves them out). TRL does not have it.
 *
 * Cost: O(tokens). Throws as groupAdvantages, broadcastAdvantages and whiten.
 * Worked value: rewards (1, 0), one token each: (.7071, −.7071).
 */
export function reinforcePlusPlusBaseline(
	rewards: readonly number[],
	mask: TokenRows,
	{ library, ...grouping }: ReinforcePlusPlusBaselineOptions = {}
): ReinforcePlusPlusBaseline {
	const { advantages: centred, means } = groupAdvantages(rewards, {
		...grouping,
		library,
		scaleRewards: 'none'
	});
	const { whitened, ...moments } = whiten(broadcastAdvantages(centred, mask), mask, {
		library,
		maskedTokens: 'zero'
	});
	return { advantages: whitened, centred, means, ...moments };
}
