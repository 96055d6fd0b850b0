import { checkNumbers } from './checkNumbers';
import { scoreLosses, type ScoreLosses } from './scoreLosses';

export interface CpoBatch {
	/** log π per pair in nats: summed over tokens, for 'simpo' averaged. */
	chosenLogps: ArrayLike<number>;
	rejectedLogps: ArrayLike<number>;
	/** Negative log-likelihood of each chosen answer per token; adds cpoAlpha times its mean to loss. */
	nll?: ArrayLike<number>;
}

export interface CpoOptions {
	lossType?: 'sigmoid' | 'hinge' | 'ipo' | 'simpo';
	/** TRL's default: 0.1. */
	beta?: number;
	labelSmoothing?: number;
	/** γ of 'simpo', in the unit of rewards: the margin asked of β(log π_w − log π_l). TRL's default: 0.5. */
	simpoGamma?: number;
	/** AlphaPO's α: the score is (1 − π^−α)/α in place of its limit log π. */
	alpha?: number;
	/** Weight of nll. TRL's default: 1; SimPO has 0. */
	cpoAlpha?: number;
	/** TRL's values for no pairs and for log-probabilities that are not finite. */
	library?: 'trl';
}

export interface Cpo extends Omit<ScoreLosses, 'slopes'> {
	/** The mean of losses, and what the likelihood term adds. */
	loss: number;
	/** Of the sum of losses, without the likelihood term. */
	gradients: { chosenLogps: number[]; rejectedLogps: number[] };
}

/**
 * Contrastive preference optimisation: DPO's losses without a reference model, on h = s_w − s_l with
 * the scores s = log π or, for α ≠ 0, s = (1 − π^−α)/α.
 *
 *     sigmoid   −(1−ε) log σ(βh) − ε log σ(−βh)
 *     simpo     the same at h − γ/β
 *     hinge     max(0, 1 − βh)
 *     ipo       (h − 1/(2β))²
 *
 * Paper: Xu et al., CPO, arXiv 2401.08417; simpo Meng et al., 2405.14734; alpha Gupta et al., AlphaPO,
 * 2501.03884. As TRL's CPOTrainer (f2cd5771), but for the gradient at α > 0 where π underflows to 0: it
 * is −∞ here, NaN there.
 *
 * Cost: O(pairs). Throws RangeError for lists that do not fit and, without a library, for no pairs,
 * numbers that are not finite, β ≤ 0 or ε outside [0, 1].
 * Worked value: 'simpo', averages −0.5 and −0.8, β = 2, γ = 1: loss 0.913015, gradients ∓1.197375.
 */
export function cpo(batch: CpoBatch, options: CpoOptions = {}): Cpo {
	const { lossType = 'sigmoid', beta = 0.1, labelSmoothing = 0, simpoGamma = 0.5 } = options;
	const { alpha = 0, cpoAlpha = 1, library } = options;
	const count = batch.chosenLogps.length;
	if (!library) {
		if (count === 0) throw new RangeError('cpo: chosenLogps must not be empty');
		if (!(beta > 0 && beta < Infinity)) {
			throw new RangeError(`cpo: beta must be positive and finite, got ${beta}`);
		}
		if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
			throw new RangeError(`cpo: labelSmoothing must be in [0, 1], got ${labelSmoothing}`);
		}
		for (const [name, value] of Object.entries({ simpoGamma, alpha, cpoAlpha })) {
			if (!Number.isFinite(value)) {
				throw new RangeError(`cpo: ${name} must be finite, got ${value}`);
			}
		}
	}
	const nll = batch.nll ?? new Array<number>(count).fill(0);
	checkNumbers('cpo', 'chosenLogps', batch.chosenLogps, count, !library);
	checkNumbers('cpo', 'rejectedLogps', batch.rejectedLogps, count, !library);
	checkNumbers('cpo', 'nll', nll, count, !library);
	const chosen = Array.from(batch.chosenLogps);
	const rejected = Array.from(batch.rejectedLogps);
	const score = (logp: number) => (alpha === 0 ? logp : -Math.expm1(-alpha * logp) / alpha);
	const scoreSlope = (logp: number) => (alpha === 0 ? 1 : Math.exp(-alpha * logp));
	const { slopes, ...losses } = scoreLosses(
		chosen.map(score),
		rejected.map(score),
		lossType === 'simpo' ? 'sigmoid' : lossType,
		lossType === 'simpo' ? simpoGamma / beta : 0,
		{ beta, labelSmoothing }
	);
	return {
		loss: losses.losses.reduce((sum, loss, i) => sum + loss + cpoAlpha * nll[i], 0) / count,
		...losses,
		gradients: {
			chosenLogps: slopes.map((slope, i) => slope * scoreSlope(chosen[i])),
			rejectedLogps: slopes.map((slope, i) => -slope * scoreSlope(rejected[i]))
		}
	};
}
