import { checkNumbers } from './checkNumbers';
import type { DpoSettings } from './dpoPresets';

export interface PreferenceBatch {
	/** log π(chosen | prompt) per pair, summed over the answer's tokens, in nats. */
	chosenLogps: ArrayLike<number>;
	rejectedLogps: ArrayLike<number>;
	refChosenLogps: ArrayLike<number>;
	refRejectedLogps: ArrayLike<number>;
	/** Tokens per answer. Needed by 'sigmoid_norm', 'sft' and 'ipo' on averages. */
	chosenLengths?: ArrayLike<number>;
	rejectedLengths?: ArrayLike<number>;
}

/** The same as plain lists of one length, with ε of each pair. */
export interface Preferences {
	chosen: number[];
	rejected: number[];
	refChosen: number[];
	refRejected: number[];
	chosenLengths: number[];
	rejectedLengths: number[];
	smoothing: number[];
}

function checkSettings(settings: DpoSettings, smoothing: readonly number[]): void {
	const { lossType, beta, discopopTau, fAlphaDivergenceCoef } = settings;
	if (!(beta > 0 && beta < Infinity)) {
		throw new RangeError(`dpo: beta must be positive and finite, got ${beta}`);
	}
	if (!(discopopTau > 0)) {
		throw new RangeError(`dpo: discopopTau must be positive, got ${discopopTau}`);
	}
	if (!Number.isFinite(fAlphaDivergenceCoef)) {
		throw new RangeError(`dpo: fAlphaDivergenceCoef must be finite, got ${fAlphaDivergenceCoef}`);
	}
	for (const e of smoothing) {
		if (lossType === 'robust' && !(e >= 0 && e < 0.5)) {
			throw new RangeError(`dpo: labelSmoothing must be in [0, 0.5) for 'robust', got ${e}`);
		}
		if (lossType === 'exo_pair' && !(e > 0 && e < 1)) {
			throw new RangeError(`dpo: labelSmoothing must be in (0, 1) for 'exo_pair', got ${e}`);
		}
		if (!(e >= 0 && e <= 1)) {
			throw new RangeError(`dpo: labelSmoothing must be in [0, 1], got ${e}`);
		}
	}
}

function readLengths(
	batch: PreferenceBatch,
	name: 'chosenLengths' | 'rejectedLengths',
	{ lossType, ipoScores }: DpoSettings
): number[] {
	const count = batch.chosenLogps.length;
	const needed =
		lossType === 'sigmoid_norm' ||
		(lossType === 'sft' && name === 'chosenLengths') ||
		(lossType === 'ipo' && ipoScores === 'average');
	const lengths = Array.from(batch[name] ?? (needed ? [] : new Array<number>(count).fill(1)));
	checkNumbers('dpo', name, lengths, count, true);
	const bad = lengths.findIndex((length) => length < 1);
	if (bad >= 0) {
		throw new RangeError(`dpo: ${name}[${bad}] must be at least 1, got ${lengths[bad]}`);
	}
	return lengths;
}

/**
 * A batch of pairs for `dpo`, checked: lists that fit and lengths where the loss needs them; with
 * `strict` also finite log-probabilities, at least one pair, and settings for which the loss is defined.
 *
 * Cost: O(pairs). Throws RangeError, in dpo's name, where that does not hold.
 */
export function readPreferences(
	batch: PreferenceBatch,
	settings: DpoSettings,
	strict: boolean
): Preferences {
	const { lossType, labelSmoothing } = settings;
	const count = batch.chosenLogps.length;
	if (strict && count === 0) throw new RangeError('dpo: chosenLogps must not be empty');
	const [chosen, rejected, refChosen, refRejected] = (
		['chosenLogps', 'rejectedLogps', 'refChosenLogps', 'refRejectedLogps'] as const
	).map((name) => {
		checkNumbers('dpo', name, batch[name], count, strict);
		return Array.from(batch[name]);
	});
	const one = typeof labelSmoothing === 'number';
	if (!one && (lossType === 'aot' || lossType === 'aot_unpaired')) {
		throw new RangeError(`dpo: labelSmoothing must be one number for '${lossType}', got a list`);
	}
	const smoothing = one
		? new Array<number>(count).fill(labelSmoothing)
		: Array.from(labelSmoothing);
	checkNumbers('dpo', 'labelSmoothing', smoothing, count, false);
	if (strict) checkSettings(settings, smoothing);
	return {
		chosen,
		rejected,
		refChosen,
		refRejected,
		chosenLengths: readLengths(batch, 'chosenLengths', settings),
		rejectedLengths: readLengths(batch, 'rejectedLengths', settings),
		smoothing
	};
}
