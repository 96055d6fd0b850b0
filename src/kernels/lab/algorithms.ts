import type { PolicyLossOptions } from '../rl/policyLossSettings';
import type { LabConfig } from './labConfig';

/** How an algorithm turns rewards into advantages; `estimateAdvantages` has each. */
export type AdvantageEstimator =
	'group' | 'rloo' | 'reward' | 'reinforce_plus_plus' | 'gae' | 'best' | 'demonstration' | 'pairs';

export interface AlgorithmSpec {
	label: string;
	/** Where it comes from. */
	source: string;
	estimator: AdvantageEstimator;
	/** Where β·KL goes. */
	klIn: 'loss' | 'reward' | 'none';
	/** The loss on tokens, before the run's own epsilon and beta; DPO has its own. */
	loss: PolicyLossOptions;
	/** A value head is trained beside the policy. */
	critic?: boolean;
	/** Groups in which all rewards agree are drawn again (DAPO's dynamic sampling). */
	dynamicSampling?: boolean;
	defaults: Partial<LabConfig>;
}

/**
 * The algorithms of the Lab, each as a change to the ones before it: what an advantage is, what the
 * loss of a token is, how tokens are weighed against each other, and where the KL goes.
 */
export const algorithms = {
	sft: {
		label: 'Supervised fine-tuning',
		source: 'cross-entropy on demonstrations',
		estimator: 'demonstration',
		klIn: 'none',
		loss: { objective: 'gpg', aggregation: 'token-mean' },
		defaults: { numIterations: 1, learningRate: 0.001 }
	},
	rejection: {
		label: 'Rejection sampling',
		source: 'SFT on the completions that earned the most; RAFT, arXiv 2304.06767',
		estimator: 'best',
		klIn: 'none',
		loss: { objective: 'gpg', aggregation: 'token-mean' },
		defaults: { numIterations: 1, learningRate: 0.001 }
	},
	reinforce: {
		label: 'REINFORCE',
		source: 'Williams 1992, without a baseline',
		estimator: 'reward',
		klIn: 'reward',
		loss: { preset: 'rloo' },
		defaults: { numIterations: 1, learningRate: 0.001 }
	},
	rloo: {
		label: 'RLOO',
		source: 'arXiv 2402.14740, as TRL clips it',
		estimator: 'rloo',
		klIn: 'reward',
		loss: { preset: 'trlRloo', nonFinite: 'throw' },
		defaults: { numIterations: 1 }
	},
	grpo: {
		label: 'GRPO',
		source: 'arXiv 2402.03300',
		estimator: 'group',
		klIn: 'loss',
		loss: { lossType: 'grpo' },
		defaults: {}
	},
	dr_grpo: {
		label: 'Dr. GRPO',
		source: 'arXiv 2503.20783',
		estimator: 'group',
		klIn: 'loss',
		loss: { lossType: 'dr_grpo' },
		defaults: { scaleRewards: 'none' }
	},
	dapo: {
		label: 'DAPO',
		source: 'arXiv 2503.14476, without its overlong penalty',
		estimator: 'group',
		klIn: 'none',
		loss: { lossType: 'dapo' },
		dynamicSampling: true,
		defaults: { epsilonHigh: 0.28 }
	},
	gspo: {
		label: 'GSPO',
		source: 'arXiv 2507.18071',
		estimator: 'group',
		klIn: 'loss',
		loss: { lossType: 'grpo', importanceSamplingLevel: 'sequence' },
		// The paper’s: the ratio of a whole sequence stays far nearer to 1 than that of a token.
		defaults: { epsilon: 0.0003, epsilonHigh: 0.0004 }
	},
	reinforce_plus_plus: {
		label: 'REINFORCE++',
		source: 'arXiv 2501.03262',
		estimator: 'reinforce_plus_plus',
		klIn: 'reward',
		loss: { preset: 'ppo' },
		defaults: {}
	},
	ppo: {
		label: 'PPO with a critic',
		source: 'arXiv 1707.06347, 1909.08593',
		estimator: 'gae',
		klIn: 'reward',
		loss: { preset: 'ppo' },
		critic: true,
		defaults: {}
	},
	dpo: {
		label: 'DPO on own samples',
		source: 'arXiv 2305.18290; the best and the worst completion of each group make a pair',
		estimator: 'pairs',
		klIn: 'loss',
		loss: {},
		defaults: { beta: 0.1, numIterations: 1 }
	}
} as const satisfies Record<string, AlgorithmSpec>;

export type Algorithm = keyof typeof algorithms;

/** The spec of an algorithm with its optional parts. */
export const algorithmSpec = (algorithm: Algorithm): AlgorithmSpec => algorithms[algorithm];
