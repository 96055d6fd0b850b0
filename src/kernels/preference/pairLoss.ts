import { sigmoid } from '../core/sigmoid';
import { divergenceScore } from './divergenceScore';
import type { DpoLossType, DpoSettings } from './dpoPresets';
import { marginLoss } from './marginLoss';
import { pointwiseLoss, type PointwiseLoss } from './pointwiseLoss';

export type PairLossType = Exclude<DpoLossType, 'aot' | 'aot_unpaired' | 'sft'>;

export interface LogRatioPair {
	/** log π − log π_ref of the chosen answer, summed over its tokens. */
	chosen: number;
	rejected: number;
	/** Tokens; only read where scores are averaged. */
	chosenLength: number;
	rejectedLength: number;
}

/**
 * The loss of one pair, from its two log-ratios, for every loss of DPOTrainer that looks at one pair
 * at a time, with its slopes in the log-ratios.
 *
 * A log-ratio first becomes a score (`divergenceScore`; for KL(π‖π_ref) it stays as it is). Then
 *
 *     sigmoid, hinge, robust, exo_pair, discopop   marginLoss of the scores' difference
 *     sigmoid_norm                                 sigmoid of the difference of scores per token
 *     ipo                                          the same, or of the sums (`ipoScores`)
 *     nca_pair, bco_pair, sppo_hard                pointwiseLoss of the scores
 *     apo_zero                                     pointwiseLoss of the log-ratios themselves
 *     apo_down                                     σ(β·log-ratio of chosen) + 1 − σ(β·difference of scores)
 *
 * 'apo_down' lowers the chosen answer too, and the rejected one more: for pairs of which both are worse
 * than what the model says by itself (D'Oosterlinck et al., 2408.06266, eq. 8). 'sigmoid_norm' reads no
 * labelSmoothing.
 *
 * Cost: constant. Throws nothing: what is not finite is computed on, as in TRL (f2cd5771).
 * Worked value: chosen 1, rejected −1, β = 0.1: 'sigmoid' 0.598139, slopes ∓0.045017.
 */
export function pairLoss(
	{ chosen, rejected, chosenLength, rejectedLength }: LogRatioPair,
	lossType: PairLossType,
	labelSmoothing: number,
	settings: DpoSettings
): PointwiseLoss {
	const { beta, ipoScores, sigmoidSmoothing, discopopTau } = settings;
	if (lossType === 'apo_zero') return pointwiseLoss(lossType, chosen, rejected, beta);
	const forChosen = divergenceScore(chosen, settings);
	const forRejected = divergenceScore(rejected, settings);
	if (lossType === 'nca_pair' || lossType === 'bco_pair' || lossType === 'sppo_hard') {
		const own = pointwiseLoss(lossType, forChosen.score, forRejected.score, beta);
		return {
			loss: own.loss,
			chosenSlope: own.chosenSlope * forChosen.slope,
			rejectedSlope: own.rejectedSlope * forRejected.slope
		};
	}
	if (lossType === 'apo_down') {
		const v = beta * chosen;
		const u = beta * (forChosen.score - forRejected.score);
		const apart = beta * sigmoid(u) * sigmoid(-u);
		return {
			loss: sigmoid(v) + sigmoid(-u),
			chosenSlope: beta * sigmoid(v) * sigmoid(-v) - apart * forChosen.slope,
			rejectedSlope: apart * forRejected.slope
		};
	}
	const averaged = lossType === 'sigmoid_norm' || (lossType === 'ipo' && ipoScores === 'average');
	const chosenTokens = averaged ? chosenLength : 1;
	const rejectedTokens = averaged ? rejectedLength : 1;
	const h = forChosen.score / chosenTokens - forRejected.score / rejectedTokens;
	const { loss, slope } =
		lossType === 'sigmoid_norm'
			? marginLoss('sigmoid', h, { beta, sigmoidSmoothing: 'ignored' })
			: marginLoss(lossType, h, { beta, labelSmoothing, sigmoidSmoothing, discopopTau });
	return {
		loss,
		chosenSlope: (slope * forChosen.slope) / chosenTokens,
		rejectedSlope: (-slope * forRejected.slope) / rejectedTokens
	};
}
