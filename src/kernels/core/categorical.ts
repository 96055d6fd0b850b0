import type { Stream } from './stream';

/** How far probabilities may be from a sum of 1: rounding of a softmax over some thousand tokens. */
const ROUNDING = 1e-9;

/**
 * An index drawn with the given probabilities, by the inverse of the cumulative sum. One uniform a draw.
 *
 * Cost: O(n). Throws RangeError for probabilities that are negative, not finite, or do not sum to 1.
 */
export function categorical(stream: Stream, probabilities: ArrayLike<number>): number {
	let total = 0;
	for (let i = 0; i < probabilities.length; i++) {
		if (!(probabilities[i] >= 0)) {
			throw new RangeError(
				`categorical: probabilities[${i}] must be at least 0, got ${probabilities[i]}`
			);
		}
		total += probabilities[i];
	}
	if (!(Math.abs(total - 1) <= ROUNDING)) {
		throw new RangeError(`categorical: probabilities must sum to 1, got ${total}`);
	}
	let left = stream.uniform() * total;
	let last = 0;
	for (let i = 0; i < probabilities.length; i++) {
		if (probabilities[i] === 0) continue;
		if (left < probabilities[i]) return i;
		left -= probabilities[i];
		last = i;
	}
	return last;
}
