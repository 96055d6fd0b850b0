import type { PolicyLossOptions } from '../rl/policyLossSettings';

export interface Method {
	label: string;
	/** Where it comes from. */
	source: string;
	/**
	 * What an answer's reward is compared with: 'critic' the value of a critic, token by token; 'group'
	 * the mean and deviation of its group; 'centred' the group's mean alone; 'leave-one-out' the mean of
	 * the others; 'batch' the mean and deviation of the whole batch.
	 */
	advantage: 'critic' | 'group' | 'centred' | 'leave-one-out' | 'batch';
	/** Where β·KL goes: k1 into the reward, k3 into the loss, or nowhere. */
	kl: 'reward' | 'loss' | 'none';
	/** The loss on tokens; β is the run's own. */
	loss: PolicyLossOptions;
	/** Groups in which all rewards agree are drawn again (DAPO's dynamic sampling). */
	resamples?: true;
}

/**
 * PPO and what came of it, each by the four choices that tell it from the others: the advantage, the
 * ratio with its clip, the weight of a token, and the place of the KL penalty. Ratio, clip and weight are
 * `policyLossPresets`, so the numbers are those of the papers; advantages are `methodAdvantages`.
 *
 * What is left out: DAPO's penalty for overlong answers, and PPO's and REINFORCE++'s way of training
 * a critic or a reward model. DAPO's and CISPO's papers have no KL, and have none here; nor has Dr. GRPO's,
 * which keeps GRPO's here, so that the two differ in the advantage and the weight alone.
 */
export const methods = {
	ppo: {
		label: 'PPO',
		source: 'arXiv 1707.06347, for language models 1909.08593',
		advantage: 'critic',
		kl: 'reward',
		loss: { preset: 'ppo' }
	},
	grpo: {
		label: 'GRPO',
		source: 'arXiv 2402.03300',
		advantage: 'group',
		kl: 'loss',
		loss: { preset: 'grpo' }
	},
	dr_grpo: {
		label: 'Dr. GRPO',
		source: 'arXiv 2503.20783',
		advantage: 'centred',
		kl: 'loss',
		loss: { preset: 'drGrpo' }
	},
	rloo: {
		label: 'RLOO',
		source: 'arXiv 2402.14740',
		advantage: 'leave-one-out',
		kl: 'reward',
		loss: { preset: 'rloo' }
	},
	dapo: {
		label: 'DAPO',
		source: 'arXiv 2503.14476',
		advantage: 'group',
		kl: 'none',
		loss: { preset: 'dapo' },
		resamples: true
	},
	gspo: {
		label: 'GSPO',
		source: 'arXiv 2507.18071',
		advantage: 'group',
		kl: 'loss',
		loss: { preset: 'gspo' }
	},
	cispo: {
		label: 'CISPO',
		source: 'arXiv 2506.13585',
		advantage: 'group',
		kl: 'none',
		loss: { preset: 'cispo' }
	},
	reinforce_plus_plus: {
		label: 'REINFORCE++',
		source: 'arXiv 2501.03262',
		advantage: 'batch',
		kl: 'reward',
		loss: { preset: 'ppo' }
	}
} as const satisfies Record<string, Method>;

export type MethodName = keyof typeof methods;

/** What each is called. */
export const methodLabels = Object.fromEntries(
	Object.entries(methods).map(([name, { label }]) => [name, label])
) as Readonly<Record<MethodName, string>>;

/** The method with its optional parts. */
export const methodOf = (name: MethodName): Method => methods[name];
