import { logSumExp } from '../core/logSumExp';
import { largestLogit } from '../lm/largestLogit';
import { float64 } from './tokenBatch';

export interface LogitOptions {
	/** Compute as a library does, NaN and overflow with it. Default: exactly, and bad logits throw. */
	library?: 'trl' | 'verl' | 'openrlhf';
	/** The policy is softmax(logits / temperature). Default: 1. */
	temperature?: number;
}

/** The rows of a table of logits, each divided by the temperature. Throws in the caller's name. */
export function logitRows(
	caller: string,
	logits: ArrayLike<number>,
	vocabulary: number,
	temperature: number
): Float64Array[] {
	if (!Number.isInteger(vocabulary) || vocabulary < 1 || logits.length % vocabulary !== 0) {
		throw new RangeError(
			`${caller}: vocabulary must be a positive integer that divides the ${logits.length} logits, got ${vocabulary}`
		);
	}
	if (!(temperature > 0 && temperature < Infinity)) {
		throw new RangeError(`${caller}: temperature must be positive and finite, got ${temperature}`);
	}
	const scaled = float64(logits).map((z) => z / temperature);
	return Array.from({ length: logits.length / vocabulary }, (_, row) =>
		scaled.subarray(row * vocabulary, (row + 1) * vocabulary)
	);
}

/**
 * The log-probability of one token a position, from the logits over the vocabulary [N × V]:
 *
 *     log π(y) = (z_y − m) − log Σ_v exp(z_v − m)      m = max z,  z = logits / temperature
 *
 * verl calls it logprobs_from_logits, OpenRLHF log_probs_from_logits. For float32 and float64 all three
 * compute z_y − (m + log Σ exp(z_v − m)) instead, which loses what is small beside m: two equal
 * logits of 1e308 give 0 there, −log 2 here. A logit of −∞ (a filtered token) is fine in both; a NaN, +∞
 * or nothing but −∞ gives NaN there and throws here.
 *
 * Cost: O(N·V). Throws RangeError for a token outside the vocabulary, lists that do not fit, a
 * temperature that is not positive, and bad logits unless a library is asked for.
 * Worked value: logits (0, 0), token 1: −log 2 = −0.693147.
 */
export function selectiveLogSoftmax(
	logits: ArrayLike<number>,
	tokens: ArrayLike<number>,
	vocabulary: number,
	{ library, temperature = 1 }: LogitOptions = {}
): Float64Array {
	const rows = logitRows('selectiveLogSoftmax', logits, vocabulary, temperature);
	if (tokens.length !== rows.length) {
		throw new RangeError(
			`selectiveLogSoftmax: tokens must have one a row of logits (${rows.length}), got ${tokens.length}`
		);
	}
	return Float64Array.from(rows, (z, row) => {
		const token = tokens[row];
		if (!(token >= 0 && token < vocabulary && Number.isInteger(token))) {
			throw new RangeError(
				`selectiveLogSoftmax: tokens[${row}] must be an integer in 0 … ${vocabulary - 1}, got ${token}`
			);
		}
		if (library) return z.some(Number.isNaN) ? NaN : z[token] - logSumExp(z);
		const largest = largestLogit('selectiveLogSoftmax', z);
		return z[token] - largest - logSumExp(z.map((x) => x - largest));
	});
}
