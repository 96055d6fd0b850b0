import type { Aggregation } from './aggregationWeights';
import type { ImportanceSamplingLevel } from './importanceRatios';
import type { KlLibrary } from './libraryKl';

/** What a token's objective is, before it is weighed against the others. */
export type Objective = 'clip' | 'cispo' | 'sapo' | 'gmpo' | 'gpg';

/** TRL's `loss_type`: an objective and an aggregation in one name. ('vespo' is not among them.) */
export type LossType = 'grpo' | 'bnpo' | 'dr_grpo' | 'dapo' | 'luspo' | 'cispo' | 'sapo';

/** Every choice that papers and libraries make differently in the loss of a policy update. */
export interface PolicyLossSettings {
	/**
	 * 'clip': min(r·A, clip(r)·A), PPO's. 'cispo', 'sapo', 'gmpo': see their kernels.
	 * 'gpg': log π·A, REINFORCE (verl's gpg), without any ratio.
	 */
	objective: Objective;
	aggregation: Aggregation;
	importanceSamplingLevel: ImportanceSamplingLevel;
	/** The clip's lower edge is 1 − epsilon (in GMPO e^−epsilon). */
	epsilon: number;
	/** The clip's upper edge is 1 + epsilonHigh. Default: epsilon. */
	epsilonHigh?: number;
	/** TRL's cap on the unclipped ratio. */
	delta: number;
	/** For A < 0 the ratio counts up to this. */
	dualClip: number;
	cispoBounds: 'ratio' | 'weight';
	sapoTemperaturePos: number;
	sapoTemperatureNeg: number;
	/** Weight of the KL penalty to the reference; 0 leaves it out. */
	beta: number;
	klEstimator: 'k1' | 'k2' | 'k3';
	/** Whose clamps the estimate has. */
	klLibrary: KlLibrary;
	/** Weigh each token's KL with its ratio. */
	useBiasCorrectionKl: boolean;
	/** As in importanceRatios. */
	logRatioClamp: number;
	sequenceLogRatioMax: number;
	/** As in aggregationWeights. */
	lengthEpsilon: number;
	/**
	 * A value that is not finite: 'throw' refuses it on a token that counts and does not look at the
	 * others. 'propagate' computes on, also on masked tokens, where NaN·0 = NaN. 'where' is verl: as
	 * 'propagate', but masked tokens do not reach the loss in 'token-mean', nor masked rows in the
	 * 'seq-mean' aggregations.
	 */
	nonFinite: 'throw' | 'propagate' | 'where';
}

/** What TRL's loss types stand for. */
export const lossTypes: Readonly<
	Record<LossType, Partial<PolicyLossSettings> & Pick<PolicyLossSettings, 'objective'>>
> = {
	grpo: { objective: 'clip', aggregation: 'grpo' },
	bnpo: { objective: 'clip', aggregation: 'bnpo' },
	dr_grpo: { objective: 'clip', aggregation: 'dr_grpo' },
	dapo: { objective: 'clip', aggregation: 'dapo' },
	luspo: { objective: 'clip', aggregation: 'luspo', importanceSamplingLevel: 'sequence' },
	cispo: { objective: 'cispo', aggregation: 'dapo', cispoBounds: 'weight' },
	sapo: { objective: 'sapo', aggregation: 'grpo' }
};

/** TRL's GRPOConfig at f2cd5771, but values that are not finite throw. */
export const defaultPolicyLoss: Readonly<PolicyLossSettings> = {
	objective: 'clip',
	aggregation: 'dapo',
	importanceSamplingLevel: 'token',
	epsilon: 0.2,
	delta: Infinity,
	dualClip: Infinity,
	cispoBounds: 'weight',
	sapoTemperaturePos: 1,
	sapoTemperatureNeg: 1.05,
	beta: 0,
	klEstimator: 'k3',
	klLibrary: 'trl',
	useBiasCorrectionKl: false,
	logRatioClamp: Infinity,
	sequenceLogRatioMax: Infinity,
	lengthEpsilon: 0,
	nonFinite: 'throw'
};

export type PolicyLossPreset =
	| 'trl'
	| 'trlRloo'
	| 'verl'
	| 'verlGspo'
	| 'openrlhf'
	| 'openrlhfGspo'
	| 'searchR1'
	| 'ppo'
	| 'grpo'
	| 'drGrpo'
	| 'dapo'
	| 'gspo'
	| 'luspo'
	| 'cispo'
	| 'sapo'
	| 'gmpo'
	| 'gpg'
	| 'rloo';

const verl: Partial<PolicyLossSettings> = {
	aggregation: 'token-mean',
	logRatioClamp: 20,
	dualClip: 3,
	cispoBounds: 'ratio',
	klLibrary: 'verl',
	lengthEpsilon: 1e-8,
	nonFinite: 'where'
};

const openrlhf: Partial<PolicyLossSettings> = {
	aggregation: 'token-mean',
	logRatioClamp: 20,
	klLibrary: 'openrlhf',
	lengthEpsilon: 1e-8,
	nonFinite: 'propagate'
};

/**
 * What differs from `defaultPolicyLoss`. First the libraries, with their defaults and their results for
 * values that are not finite:
 *
 *     trl            GRPOTrainer at f2cd5771. Its PPOTrainer: aggregation 'token-mean' on top.
 *     trlRloo        RLOOTrainer at f2cd5771: the clip on the ratio of the whole answer
 *     verl           vanilla at b178a3cd; 'cispo', 'sapo', 'gmpo' and 'gpg' are objectives on top, with
 *                    'seq-mean-token-mean' for sapo and 'seq-mean' for gmpo
 *     verlGspo       gspo at b178a3cd
 *     openrlhf(Gspo) PolicyLoss at 3c3be623
 *     searchR1       its PPO loss at a14dc3a4 (verl as it was then)
 *
 * Then the papers, with the values that TRL's table of papers gives (docs/source/paper_index.md at
 * f2cd5771), where it gives any: GRPO β = 0.001 is DeepSeek-R1's, whose ε of 10 all but removes the clip
 * and is left at 0.2 here; Dr. GRPO and DAPO have no KL term; ε = 3e−4 and 4e−4 in GSPO, 2e−3 and
 * 2.5e−3 in LUSPO, 0.4 in log space in GMPO; 5 is ScaleRL's largest weight in CISPO. 'rloo' is the
 * paper's own form (arXiv 2402.14740), REINFORCE on the whole answer; TRL clips it.
 */
export const policyLossPresets: Readonly<
	Record<PolicyLossPreset, Readonly<Partial<PolicyLossSettings>>>
> = {
	trl: { nonFinite: 'propagate' },
	trlRloo: {
		aggregation: 'seq-mean',
		importanceSamplingLevel: 'sequence_sum',
		nonFinite: 'propagate'
	},
	verl,
	verlGspo: {
		...verl,
		aggregation: 'seq-mean-token-mean',
		importanceSamplingLevel: 'sequence_token',
		sequenceLogRatioMax: 10,
		dualClip: Infinity
	},
	openrlhf,
	openrlhfGspo: {
		...openrlhf,
		aggregation: 'seq-mean-token-mean',
		importanceSamplingLevel: 'sequence'
	},
	searchR1: { aggregation: 'token-mean', klLibrary: 'searchR1', nonFinite: 'propagate' },
	ppo: { aggregation: 'token-mean' },
	grpo: { aggregation: 'grpo', beta: 0.001 },
	drGrpo: { aggregation: 'dr_grpo' },
	dapo: { aggregation: 'dapo', epsilonHigh: 0.28 },
	gspo: {
		aggregation: 'grpo',
		importanceSamplingLevel: 'sequence',
		epsilon: 3e-4,
		epsilonHigh: 4e-4
	},
	luspo: {
		aggregation: 'luspo',
		importanceSamplingLevel: 'sequence',
		epsilon: 2e-3,
		epsilonHigh: 2.5e-3
	},
	cispo: { objective: 'cispo', aggregation: 'dapo', epsilonHigh: 5 },
	sapo: { objective: 'sapo', aggregation: 'grpo' },
	gmpo: { objective: 'gmpo', aggregation: 'seq-mean', epsilon: 0.4 },
	gpg: { objective: 'gpg', aggregation: 'token-mean' },
	rloo: { objective: 'gpg', aggregation: 'seq-mean-token-sum' }
};
