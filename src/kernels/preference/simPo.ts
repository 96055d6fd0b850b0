import { checkNumbers } from './checkNumbers';
import { scoreLosses, type ScoreLosses } from './scoreLosses';

export interface SimPoBatch {
	/** log π per pair, averaged over the answer's tokens, in nats. */
	chosenLogps: ArrayLike<number>;
	rejectedLogps: ArrayLike<number>;
}

export interface SimPoOptions {
	lossType?: 'sigmoid' | 'hinge';
	/** The repository's default: 2. */
	beta?: number;
	/** γ/β, the margin in nats per token. The repository's name and default: 0.25. */
	gammaBetaRatio?: number;
	/** Instead of it γ itself, in the unit of rewards, as TRL's CPOTrainer takes it. */
	simpoGamma?: number;
	labelSmoothing?: number;
	/** The repository's values for no pairs and for log-probabilities that are not finite. */
	library?: 'original';
}

export interface SimPo extends Omit<ScoreLosses, 'slopes'> {
	/** The mean of losses. */
	loss: number;
	/** γ/β as used. */
	gammaBetaRatio: number;
	/** Of the sum of losses. */
	gradients: { chosenLogps: number[]; rejectedLogps: number[] };
}

/**
 * Simple preference optimisation: the reward is the average log-probability per token, which is what
 * generation ranks by, and the pair must differ by a margin. No reference model.
 *
 *     L = −log σ(β(s_w − s_l) − γ) = −log σ(β(s_w − s_l − γ/β)),   s = log π / tokens
 *
 * Whoever takes a setting from one code to another must divide: the authors' repository takes γ/β
 * (gammaBetaRatio), TRL takes γ (simpoGamma). 0.5 with β = 2 is γ = 1 in the one and γ = 0.5 in the other.
 *
 * Paper: Meng et al., SimPO, arXiv 2405.14734; repository princeton-nlp/SimPO at 1b3e8f35.
 *
 * Cost: O(pairs). Throws RangeError for lists that do not fit, both margins given and, without a
 * library, for no pairs, numbers that are not finite, β ≤ 0 or ε outside [0, 1].
 * Worked value: averages −0.5 and −0.8, β = 2, γ/β = 0.5: loss 0.913015, gradients ∓1.197375.
 */
export function simPo(batch: SimPoBatch, options: SimPoOptions = {}): SimPo {
	const { lossType = 'sigmoid', beta = 2, simpoGamma, labelSmoothing = 0, library } = options;
	const count = batch.chosenLogps.length;
	if (simpoGamma !== undefined && options.gammaBetaRatio !== undefined) {
		throw new RangeError('simPo: gammaBetaRatio and simpoGamma must not both be given');
	}
	const ratio = simpoGamma === undefined ? (options.gammaBetaRatio ?? 0.25) : simpoGamma / beta;
	if (!library) {
		if (count === 0) throw new RangeError('simPo: chosenLogps must not be empty');
		if (!(beta > 0 && beta < Infinity)) {
			throw new RangeError(`simPo: beta must be positive and finite, got ${beta}`);
		}
		if (!Number.isFinite(ratio)) {
			throw new RangeError(`simPo: the margin must be finite, got γ/β = ${ratio}`);
		}
		if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
			throw new RangeError(`simPo: labelSmoothing must be in [0, 1], got ${labelSmoothing}`);
		}
	}
	checkNumbers('simPo', 'chosenLogps', batch.chosenLogps, count, !library);
	checkNumbers('simPo', 'rejectedLogps', batch.rejectedLogps, count, !library);
	const { slopes, ...losses } = scoreLosses(
		Array.from(batch.chosenLogps),
		Array.from(batch.rejectedLogps),
		lossType,
		ratio,
		{ beta, labelSmoothing }
	);
	return {
		loss: losses.losses.reduce((sum, loss) => sum + loss, 0) / count,
		...losses,
		gammaBetaRatio: ratio,
		gradients: { chosenLogps: slopes, rejectedLogps: slopes.map((slope) => -slope) }
	};
}
