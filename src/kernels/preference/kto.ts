import { sigmoid } from '../core/sigmoid';
import { checkNumbers } from './checkNumbers';

export interface KtoBatch {
	/** log π(answer | prompt), summed over tokens, in nats: one a labelled answer. */
	logps: ArrayLike<number>;
	refLogps: ArrayLike<number>;
	/** Whether the answer is desirable. */
	labels: readonly boolean[];
	/** The same for answers put to prompts that are not theirs, to estimate the baseline. */
	klLogps?: ArrayLike<number>;
	refKlLogps?: ArrayLike<number>;
}

export interface KtoOptions {
	/** 'apo_zero_unpaired' is the same with the baseline 0. */
	lossType?: 'kto' | 'apo_zero_unpaired';
	beta?: number;
	/** λ_D and λ_U. TRL's defaults: 1. */
	desirableWeight?: number;
	undesirableWeight?: number;
	/** The baseline itself, where it is known. */
	kl?: number;
	/** TRL's values for no answers and for log-probabilities that are not finite. */
	library?: 'trl';
}

export interface Kto {
	/** The mean of losses. */
	loss: number;
	losses: number[];
	/** z₀, the baseline: the estimate of KL(π‖π_ref), not below 0. */
	kl: number;
	/** β (log π − log π_ref) */
	rewards: number[];
	/** Of the sum of losses in logps; the baseline counts as a constant. */
	gradients: number[];
}

/**
 * Kahneman–Tversky optimisation: single answers labelled good or bad, no pairs. With the log-ratio
 * ρ = log π − log π_ref and a baseline z₀ (how far the policy has moved on the whole):
 *
 *     desirable     λ_D (1 − σ(β(ρ − z₀)))
 *     undesirable   λ_U (1 − σ(β(z₀ − ρ)))
 *     z₀ = max(0, mean over mismatched answers of log π − log π_ref)
 *
 * Moving all answers alike moves z₀ along and gains nothing. The pull, λβσ′, is strongest where
 * ρ = z₀ and fades on both sides: answers far off their mark, perhaps mislabelled, are let go.
 *
 * Paper: Ethayarajh et al., KTO, arXiv 2402.01306. z₀ is an estimate with the wrong mean (answers of
 * other prompts are not samples of π); TRL (f2cd5771) takes it so, clamps it at 0 and passes no gradient
 * through it. 'apo_zero_unpaired': D'Oosterlinck et al., 2408.06266.
 *
 * Cost: O(answers). Throws RangeError for lists that do not fit, a baseline that is missing and, without
 * a library, for no answers, numbers that are not finite, β ≤ 0 or a weight below 0.
 * Worked value: one desirable answer with ρ = 1, β = 0.1, kl 0.5: loss 0.487503, gradient −0.024984.
 */
export function kto(batch: KtoBatch, options: KtoOptions = {}): Kto {
	const { lossType = 'kto', beta = 0.1, library } = options;
	const { desirableWeight = 1, undesirableWeight = 1 } = options;
	const { labels, klLogps, refKlLogps } = batch;
	const count = labels.length;
	if (!library) {
		if (count === 0) throw new RangeError('kto: labels must not be empty');
		if (!(beta > 0 && beta < Infinity)) {
			throw new RangeError(`kto: beta must be positive and finite, got ${beta}`);
		}
		for (const [name, weight] of Object.entries({ desirableWeight, undesirableWeight })) {
			if (!(weight >= 0 && weight < Infinity)) {
				throw new RangeError(`kto: ${name} must be finite and ≥ 0, got ${weight}`);
			}
		}
	}
	checkNumbers('kto', 'logps', batch.logps, count, !library);
	checkNumbers('kto', 'refLogps', batch.refLogps, count, !library);
	const kl = lossType === 'kto' ? (options.kl ?? baseline(klLogps, refKlLogps, !library)) : 0;
	if (!library && !(kl >= 0 && kl < Infinity)) {
		throw new RangeError(`kto: kl must be finite and ≥ 0, got ${kl}`);
	}
	const ratios = labels.map((_, i) => batch.logps[i] - batch.refLogps[i]);
	const losses = ratios.map((ratio, i) =>
		labels[i]
			? desirableWeight * (1 - sigmoid(beta * (ratio - kl)))
			: undesirableWeight * (1 - sigmoid(beta * (kl - ratio)))
	);
	return {
		loss: losses.reduce((sum, loss) => sum + loss, 0) / count,
		losses,
		kl,
		rewards: ratios.map((ratio) => beta * ratio),
		gradients: ratios.map((ratio, i) => {
			const u = beta * (ratio - kl);
			return (labels[i] ? -desirableWeight : undesirableWeight) * beta * sigmoid(u) * sigmoid(-u);
		})
	};
}

function baseline(
	klLogps: ArrayLike<number> | undefined,
	refKlLogps: ArrayLike<number> | undefined,
	strict: boolean
): number {
	if (!klLogps || !refKlLogps || (strict && klLogps.length === 0)) {
		throw new RangeError("kto: klLogps and refKlLogps, or kl, must be given for 'kto'");
	}
	checkNumbers('kto', 'klLogps', klLogps, klLogps.length, strict);
	checkNumbers('kto', 'refKlLogps', refKlLogps, klLogps.length, strict);
	let sum = 0;
	for (let i = 0; i < klLogps.length; i++) sum += klLogps[i] - refKlLogps[i];
	return Math.max(0, sum / klLogps.length);
}
