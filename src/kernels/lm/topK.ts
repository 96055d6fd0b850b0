import { largestLogit, type Logits } from './largestLogit';

/**
 * Keeps the k largest logits and sets the others to −Infinity, in place. All that tie with the k-th
 * stay, so more than k may remain, as in Hugging Face's TopKLogitsWarper and in nanoGPT.
 *
 * Fan et al., arXiv 1805.04833. A k above the vocabulary keeps all. Returns how many
 * tokens are left that can be drawn.
 *
 * Cost: O(V log V) for the sort, nothing is allocated when a scratch array of V numbers is given.
 * Throws RangeError for a k that is no positive integer, a scratch array of another length, and logits
 * that `largestLogit` refuses.
 * Worked value: (3, 1, 2) with k = 2 keeps 3 and 2; (1, 1, 0) with k = 1 keeps both 1s.
 */
export function topK(
	logits: Logits,
	topK: number,
	scratch = new Float64Array(logits.length)
): number {
	if (!Number.isInteger(topK) || topK < 1) {
		throw new RangeError(`topK: topK must be a positive integer, got ${topK}`);
	}
	const size = logits.length;
	if (scratch.length !== size) {
		throw new RangeError(`topK: scratch must have length ${size}, got ${scratch.length}`);
	}
	largestLogit('topK', logits);
	scratch.set(logits);
	scratch.sort();
	const smallestKept = scratch[Math.max(0, size - topK)];
	let kept = 0;
	for (let i = 0; i < size; i++) {
		if (logits[i] < smallestKept) logits[i] = -Infinity;
		else if (logits[i] > -Infinity) kept++;
	}
	return kept;
}
