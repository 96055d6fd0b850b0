import { logSigmoid, sigmoid } from '../core/sigmoid';

export type PointwiseLossType = 'nca_pair' | 'bco_pair' | 'sppo_hard' | 'apo_zero';

export interface PointwiseLoss {
	loss: number;
	/** d loss / d chosen */
	chosenSlope: number;
	/** d loss / d rejected */
	rejectedSlope: number;
}

/**
 * The losses that pull on each answer of a pair by itself, so that raising both is not the same as
 * raising neither. With the answers' log-ratios c and r, and v = βc, w = βr:
 *
 *     nca_pair    −log σ(v) − ½ log σ(−v) − ½ log σ(−w)   v stops at log 2
 *     bco_pair    −log σ(v) − log σ(−w)
 *     sppo_hard   (c − 1/(2β))² + (r + 1/(2β))²           c and r stop at ±1/(2β)
 *     apo_zero    (1 − σ(v)) + σ(w)                       bounded: far pairs pull no more
 *
 * Papers: nca_pair Chen et al., 2402.05369; bco_pair Jung et al., 2404.04656, without its running mean
 * of rewards (TRL has none either); sppo_hard Wu et al., 2405.00675, eq. 4.7 with probabilities 1 and
 * 0; apo_zero D'Oosterlinck et al., 2408.06266, eq. 7. As TRL f2cd5771 has them.
 *
 * Cost: constant. Throws nothing: what is not finite is computed on, as in the libraries.
 * Worked value: c = r = 0, β = 0.5: nca_pair and bco_pair 1.386294, sppo_hard 2, apo_zero 1.
 */
export function pointwiseLoss(
	lossType: PointwiseLossType,
	chosen: number,
	rejected: number,
	beta: number
): PointwiseLoss {
	const v = beta * chosen;
	const w = beta * rejected;
	switch (lossType) {
		case 'nca_pair':
			return {
				loss: -logSigmoid(v) - (logSigmoid(-v) + logSigmoid(-w)) / 2,
				chosenSlope: beta * (sigmoid(v) / 2 - sigmoid(-v)),
				rejectedSlope: (beta * sigmoid(w)) / 2
			};
		case 'bco_pair':
			return {
				loss: -logSigmoid(v) - logSigmoid(-w),
				chosenSlope: -beta * sigmoid(-v),
				rejectedSlope: beta * sigmoid(w)
			};
		case 'sppo_hard': {
			const chosenGap = chosen - 0.5 / beta;
			const rejectedGap = rejected + 0.5 / beta;
			return {
				loss: chosenGap * chosenGap + rejectedGap * rejectedGap,
				chosenSlope: 2 * chosenGap,
				rejectedSlope: 2 * rejectedGap
			};
		}
		case 'apo_zero':
			return {
				loss: sigmoid(-v) + sigmoid(w),
				chosenSlope: -beta * sigmoid(v) * sigmoid(-v),
				rejectedSlope: beta * sigmoid(w) * sigmoid(-w)
			};
	}
}
