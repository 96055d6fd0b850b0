import { logSoftmax } from '../core/softmax';
import { dpo, type Dpo, type DpoOptions } from './dpo';
import type { PairLossType } from './pairLoss';

/** Two of the answers, by position, and how often the pair comes (default 1). */
export interface AnswerPair {
	chosen: number;
	rejected: number;
	weight?: number;
}

export interface FiniteSetDpoOptions extends DpoOptions {
	lossType?: PairLossType;
}

export interface FiniteSetDpo {
	/** The mean of losses, weighted. */
	loss: number;
	/** d loss / d logits */
	gradient: Float64Array;
	/** log π */
	logProbs: Float64Array;
	/** Losses, rewards and gradients of each pair, not weighted. */
	pairs: Dpo;
}

/**
 * DPO on one prompt with finitely many answers: a softmax policy over the answers, and `dpo`'s loss with
 * its gradient in the logits.
 *
 *     ∂L/∂logit_j = g_j − π_j Σ_i g_i,   g_i = ∂L/∂log π_i
 *
 * For losses that see only the margin Σ g = 0: the gradient of one pair is g (e_w − e_l), whatever the
 * other answers' probabilities are. An answer counts as one token.
 *
 * Cost: O(answers + pairs). Throws RangeError as `dpo`, and for no pairs, pairs of answers that do not
 * exist and weights that are negative or sum to 0.
 * Worked value: uniform over two answers as the reference, one pair, β = 0.1: log 2, gradient ∓0.05.
 */
export function finiteSetDpo(
	logits: ArrayLike<number>,
	refLogProbs: ArrayLike<number>,
	pairs: readonly AnswerPair[],
	options: FiniteSetDpoOptions = {}
): FiniteSetDpo {
	const count = logits.length;
	if (refLogProbs.length !== count) {
		throw new RangeError(
			`finiteSetDpo: refLogProbs must be ${count} long, got ${refLogProbs.length}`
		);
	}
	let total = 0;
	pairs.forEach(({ chosen, rejected, weight = 1 }, k) => {
		for (const answer of [chosen, rejected]) {
			if (!(Number.isInteger(answer) && answer >= 0 && answer < count)) {
				throw new RangeError(
					`finiteSetDpo: pairs[${k}] must name two of the ${count} answers, got ${answer}`
				);
			}
		}
		if (!(weight >= 0 && weight < Infinity)) {
			throw new RangeError(
				`finiteSetDpo: pairs[${k}].weight must be finite and ≥ 0, got ${weight}`
			);
		}
		total += weight;
	});
	if (!(total > 0)) throw new RangeError(`finiteSetDpo: weights must sum to more than 0`);
	const logProbs = logSoftmax(logits);
	const ones = pairs.map(() => 1);
	const result = dpo(
		{
			chosenLogps: pairs.map(({ chosen }) => logProbs[chosen]),
			rejectedLogps: pairs.map(({ rejected }) => logProbs[rejected]),
			refChosenLogps: pairs.map(({ chosen }) => refLogProbs[chosen]),
			refRejectedLogps: pairs.map(({ rejected }) => refLogProbs[rejected]),
			chosenLengths: ones,
			rejectedLengths: ones
		},
		options
	);
	const gradient = new Float64Array(count);
	let loss = 0;
	let pull = 0;
	pairs.forEach(({ chosen, rejected, weight = 1 }, k) => {
		const share = weight / total;
		const up = share * result.gradients.chosenLogps[k];
		const down = share * result.gradients.rejectedLogps[k];
		gradient[chosen] += up;
		gradient[rejected] += down;
		pull += up + down;
		loss += share * result.losses[k];
	});
	for (let j = 0; j < count; j++) gradient[j] -= Math.exp(logProbs[j]) * pull;
	return { loss, gradient, logProbs, pairs: result };
}
