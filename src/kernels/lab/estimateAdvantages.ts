import { gae } from '../rl/gae';
import { groupAdvantages } from '../rl/groupAdvantages';
import { klK1 } from '../rl/klEstimators';
import { reinforcePlusPlus } from '../rl/reinforcePlusPlus';
import { rlooAdvantages } from '../rl/rlooAdvantages';
import { tokenRewards } from '../rl/tokenRewards';
import { whiten } from '../rl/whiten';
import type { AlgorithmSpec } from './algorithms';
import type { LabConfig } from './labConfig';
import type { Rollout } from './rollOut';

/** What is known of a batch of completions before it is learnt from; rows are completions' tokens. */
export interface Scored {
	rollouts: readonly Rollout[];
	logProbs: readonly (readonly number[])[];
	refLogProbs: readonly (readonly number[])[];
	/** The critic's; zeros without one. */
	values: readonly (readonly number[])[];
}

export interface Advantages {
	/** One a token. */
	advantages: number[][];
	/** What the critic is trained towards; with a critic only. */
	returns?: number[][];
	/** 1 where the token is learnt from: a rollout's mask, or 0 for a completion that is left out. */
	mask: number[][];
}

/**
 * Advantages of each token as the algorithm estimates them.
 *
 *     group                reward against its group's, divided as scaleRewards says (GRPO)
 *     rloo                 reward − β·Σ KL, against the mean of the others
 *     reward               reward − β·Σ KL, as it is (REINFORCE)
 *     reinforce_plus_plus  reward − β·KL from each token on, whitened over the batch
 *     gae                  the same rewards against the critic's values, whitened over the batch
 *     best                 1 for the best completions of a group that earned anything, others left out
 *
 * The KL in a reward is k1 = log π − log π_ref of each token, as in TRL's RLOO and PPO.
 *
 * Cost: O(tokens). Throws what the kernels throw.
 */
export function estimateAdvantages(
	{ estimator, klIn }: Pick<AlgorithmSpec, 'estimator' | 'klIn'>,
	config: Pick<LabConfig, 'numGenerations' | 'scaleRewards' | 'beta' | 'gamma' | 'lam'> & {
		/** Of the deviation that group rewards are divided by. Default: TRL's, 1. */
		ddof?: 0 | 1;
	},
	{ rollouts, logProbs, refLogProbs, values }: Scored
): Advantages {
	const { numGenerations, scaleRewards, ddof, gamma, lam } = config;
	const mask = rollouts.map((rollout) => rollout.mask);
	const rewards = rollouts.map(({ verdict }) => verdict.reward);
	const beta = klIn === 'reward' ? config.beta : 0;
	const kl = mask.map((row, i) =>
		row.map((kept, t) => (kept && beta > 0 ? klK1(logProbs[i][t], refLogProbs[i][t]) : 0))
	);
	const penalised = rewards.map(
		(reward, i) => reward - beta * kl[i].reduce((sum, nats) => sum + nats, 0)
	);
	const everyToken = (advantages: readonly number[]) =>
		mask.map((row, i) => row.map((kept) => (kept ? advantages[i] : 0)));

	switch (estimator) {
		case 'group': {
			const { advantages } = groupAdvantages(rewards, { numGenerations, scaleRewards, ddof });
			return { advantages: everyToken(advantages), mask };
		}
		case 'rloo': {
			const { advantages } = rlooAdvantages(penalised, { numGenerations });
			return { advantages: everyToken(advantages), mask };
		}
		case 'reward':
			return { advantages: everyToken(penalised), mask };
		case 'best': {
			const kept = rewards.map((reward, i) => {
				const first = i - (i % numGenerations);
				const best = Math.max(...rewards.slice(first, first + numGenerations));
				return reward > 0 && reward === best;
			});
			return {
				advantages: everyToken(kept.map(Number)),
				mask: mask.map((row, i) => (kept[i] ? row : row.map(() => 0)))
			};
		}
		case 'reinforce_plus_plus': {
			const shaped = tokenRewards(rewards, kl, mask, { klCoef: beta });
			return { advantages: reinforcePlusPlus(shaped, mask, { gamma }).advantages, mask };
		}
		case 'gae': {
			const shaped = tokenRewards(rewards, kl, mask, { klCoef: beta });
			const { advantages, returns } = gae(shaped, values, mask, { gamma, lam });
			return { advantages: whiten(advantages, mask).whitened, returns, mask };
		}
		default:
			throw new RangeError(`estimateAdvantages: estimator must have advantages, got ${estimator}`);
	}
}
