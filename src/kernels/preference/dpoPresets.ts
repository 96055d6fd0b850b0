import type { FDivergenceType } from './divergenceScore';

/** TRL's names. marginLoss, pointwiseLoss, pairLoss and dpo have the formulas. */
export type DpoLossType =
	| 'sigmoid'
	| 'hinge'
	| 'ipo'
	| 'robust'
	| 'exo_pair'
	| 'discopop'
	| 'sigmoid_norm'
	| 'nca_pair'
	| 'bco_pair'
	| 'sppo_hard'
	| 'apo_zero'
	| 'apo_down'
	| 'aot'
	| 'aot_unpaired'
	| 'sft';

export interface DpoSettings {
	lossType: DpoLossType;
	/** β > 0: how dear it is to leave the reference. In IPO it is the paper's τ. */
	beta: number;
	/**
	 * ε, the share of labels taken to be flipped: one for all pairs, or one a pair (1 − ε is then the
	 * label's confidence; not for 'aot', which pairs anew). Read by 'sigmoid' (see sigmoidSmoothing),
	 * 'robust', 'exo_pair', 'aot' and 'aot_unpaired'.
	 */
	labelSmoothing: number | ArrayLike<number>;
	/** What 'sigmoid' does with ε: 'conservative' is cDPO, 'ignored' leaves it out. */
	sigmoidSmoothing: 'conservative' | 'ignored';
	/** What 'ipo' compares: log-ratios summed over tokens, or their average over the tokens. */
	ipoScores: 'sum' | 'average';
	/** The divergence that holds the policy to the reference. */
	fDivergenceType: FDivergenceType;
	/** α of the α-divergence. */
	fAlphaDivergenceCoef: number;
	/** The α-divergence's exponent counts up to here; beyond it the score is flat. Infinity: no bound. */
	fAlphaExponentMax: number;
	/** τ of 'discopop'. */
	discopopTau: number;
	/** The loss takes the reference to be uniform; the rewards still use the one given. */
	referenceFree: boolean;
}

export type DpoLibrary = 'original' | 'trl' | 'openrlhf';

const original: Readonly<DpoSettings> = {
	lossType: 'sigmoid',
	beta: 0.1,
	labelSmoothing: 0,
	sigmoidSmoothing: 'conservative',
	ipoScores: 'sum',
	fDivergenceType: 'reverse_kl',
	fAlphaDivergenceCoef: 0.5,
	fAlphaExponentMax: Infinity,
	discopopTau: 0.05,
	referenceFree: false
};

/**
 * What each library does with a batch of log-probabilities.
 *
 * original: preference_loss of the DPO paper's repository at f8b8c0f4. openrlhf: DPOLoss at 3c3be623,
 * the same formulas; its trainer passes summed log-probabilities to IPO as well. trl: DPOTrainer at
 * f2cd5771, which divides IPO's scores by the answers' lengths, reads label_smoothing in 'robust' and
 * 'exo_pair' but no longer in 'sigmoid', and holds the α-divergence's exponent at 80 (float32).
 * One pair of its reference test, β = 0.1: IPO loss 12.25 summed, 22.25 averaged.
 */
export const dpoPresets: Readonly<Record<DpoLibrary, Readonly<DpoSettings>>> = {
	original,
	openrlhf: original,
	trl: { ...original, sigmoidSmoothing: 'ignored', ipoScores: 'average', fAlphaExponentMax: 80 }
};
