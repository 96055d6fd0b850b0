import { logSumExp } from './logSumExp';

/**
 * log of the probabilities exp(x_i) / Σ exp(x_j), without overflow.
 *
 * Throws RangeError for no logits, a NaN, +Infinity, or logits that are all −Infinity.
 * Worked value: logSoftmax([0, 0]) ≈ [−0.693147, −0.693147].
 */
export function logSoftmax(logits: ArrayLike<number>): Float64Array {
	const total = logSumExp(logits);
	if (!Number.isFinite(total)) {
		throw new RangeError(`softmax: logits must have a finite largest value, got ${total}`);
	}
	const logs = new Float64Array(logits.length);
	for (let i = 0; i < logits.length; i++) logs[i] = logits[i] - total;
	return logs;
}

/** The probabilities exp(x_i) / Σ exp(x_j). Throws as `logSoftmax` does. Worked value: softmax([1000, 0]) = [1, 0]. */
export function softmax(logits: ArrayLike<number>): Float64Array {
	const probabilities = logSoftmax(logits);
	for (let i = 0; i < probabilities.length; i++) probabilities[i] = Math.exp(probabilities[i]);
	return probabilities;
}
