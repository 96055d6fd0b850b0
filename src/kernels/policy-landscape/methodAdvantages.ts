import { broadcastAdvantages } from '../rl/broadcastAdvantages';
import { gae } from '../rl/gae';
import { groupAdvantages } from '../rl/groupAdvantages';
import { reinforcePlusPlus } from '../rl/reinforcePlusPlus';
import { rlooAdvantages } from '../rl/rlooAdvantages';
import { tokenRewards } from '../rl/tokenRewards';
import type { TokenRows } from '../rl/tokenRows';
import type { Method } from './methods';

/** A batch of answers as an advantage sees it: groups one after the other, one row an answer. */
export interface ScoredBatch {
	rewards: readonly number[];
	/** Answers a question (G). */
	numGenerations: number;
	mask: TokenRows;
	/** log π − log π_ref of each token, read where the KL is part of the reward. */
	kl: TokenRows;
	/** Value of each token by the critic, read by 'critic' alone. */
	values: TokenRows;
	beta: number;
	/** Added to the group's deviation. TRL's default: 1e−4. */
	epsilon?: number;
	/** λ of PPO's GAE. TRL's default: 0.95. */
	lam?: number;
}

/**
 * The advantage of every token, as each method has it:
 *
 *     critic          GAE on r_t = −β k1_t + R·[last]
 *     group           (R − mean_g) / (std_g + ε)
 *     centred          R − mean_g
 *     leave-one-out   R′ − mean of the others' R′        R′ = R − β Σ_t k1_t
 *     batch           rewards to go, less their mean over the batch, by their deviation
 *
 * β counts only where the method has its KL in the reward. PPO's paper leaves GAE as it is; TRL, verl and
 * OpenRLHF whiten it over the batch next. Papers: `methods`.
 *
 * Cost: O(tokens). Throws what the kernels throw that it calls.
 * Worked value: rewards 1, 0 of one token each, 'group' with ε = 0: ±0.707107; 'leave-one-out': ±1.
 */
export function methodAdvantages(
	{ advantage, kl: place }: Pick<Method, 'advantage' | 'kl'>,
	{ rewards, numGenerations, mask, kl, values, beta, epsilon, lam }: ScoredBatch
): number[][] {
	const klCoef = place === 'reward' ? beta : 0;
	switch (advantage) {
		case 'group':
		case 'centred': {
			const scaleRewards = advantage === 'group' ? 'group' : 'none';
			const scored = groupAdvantages(rewards, { numGenerations, scaleRewards, epsilon });
			return broadcastAdvantages(scored.advantages, mask);
		}
		case 'leave-one-out': {
			const penalised = rewards.map(
				(reward, i) => reward - klCoef * kl[i].reduce((sum, nats, t) => sum + nats * mask[i][t], 0)
			);
			return broadcastAdvantages(rlooAdvantages(penalised, { numGenerations }).advantages, mask);
		}
		case 'batch': {
			const shaped = tokenRewards(rewards, kl, mask, { klCoef });
			return reinforcePlusPlus(shaped, mask).advantages;
		}
		case 'critic': {
			const shaped = tokenRewards(rewards, kl, mask, { klCoef });
			return gae(shaped, values, mask, { lam }).advantages;
		}
	}
}
