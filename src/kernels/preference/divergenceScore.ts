import { logSigmoid, sigmoid } from '../core/sigmoid';

export type FDivergenceType = 'reverse_kl' | 'forward_kl' | 'js_divergence' | 'alpha_divergence';

export interface DivergenceScoreOptions {
	fDivergenceType: FDivergenceType;
	/** α; near 1 (to 1e−6) the score is that of 'reverse_kl', its limit. */
	fAlphaDivergenceCoef: number;
	/** The exponent (α − 1)·log u counts up to here. */
	fAlphaExponentMax: number;
}

export interface DivergenceScore {
	score: number;
	/** d score / d log u */
	slope: number;
}

/**
 * What stands for the log-ratio where a policy is held to its reference by another divergence than
 * KL(π‖π_ref): f′(u) at u = π/π_ref, up to a constant that a difference of two scores does not see.
 *
 *     reverse_kl         f = u log u:           log u
 *     forward_kl         f = −log u:            −1/u
 *     js_divergence      Jensen–Shannon:        log(u / (1 + u))
 *     alpha_divergence   exponent α:            u^(α−1) / (α − 1)
 *
 * The maximiser of E r − β D_f(π‖π_ref) has r = β f′(π/π_ref) + constant, so β·score is a reward, and
 * DPO's loss works with it as it does with the log-ratio.
 *
 * Paper: Wang et al., Beyond Reverse KL, arXiv 2309.16240; the scores are TRL's at f2cd5771.
 * Cost: constant. Throws nothing: what is not finite is computed on.
 * Worked value: log u = log 2: 0.693147, −0.5, −0.405465 and, for α = 0.5, −1.414214.
 */
export function divergenceScore(
	logRatio: number,
	{ fDivergenceType, fAlphaDivergenceCoef, fAlphaExponentMax }: DivergenceScoreOptions
): DivergenceScore {
	switch (fDivergenceType) {
		case 'forward_kl': {
			const inverse = Math.exp(-logRatio);
			return { score: -inverse, slope: inverse };
		}
		case 'js_divergence':
			return { score: logSigmoid(logRatio), slope: sigmoid(-logRatio) };
		case 'alpha_divergence': {
			const power = fAlphaDivergenceCoef - 1;
			if (Math.abs(power) < 1e-6) break;
			const exponent = power * logRatio;
			if (exponent > fAlphaExponentMax) {
				return { score: Math.exp(fAlphaExponentMax) / power, slope: 0 };
			}
			return { score: Math.exp(exponent) / power, slope: Math.exp(exponent) };
		}
	}
	return { score: logRatio, slope: 1 };
}
