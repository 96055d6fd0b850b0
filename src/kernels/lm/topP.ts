import { largestLogit, type Logits } from './largestLogit';

export interface TopPOptions {
	/**
	 * Where the nucleus ends. 'hf' (Hugging Face, the default): with the first token that brings the mass
	 * to p. 'llama' (Meta's reference code): with the first that takes it above p, so a mass of exactly p
	 * lets one token more in. Among equal logits 'hf' keeps the last ones, 'llama' the first.
	 */
	library?: 'hf' | 'llama';
	/** As many numbers as there are logits; without it an array is made. */
	scratch?: Float64Array;
}

/**
 * Nucleus sampling: keeps the fewest tokens, by falling probability, whose mass reaches p, and sets the
 * others to −Infinity, in place. The most likely token always stays.
 * Returns how many tokens are left that can be drawn.
 *
 * Holtzman et al., arXiv 1904.09751. The mass is summed as the library sums it: Hugging Face from below
 * (dropping while the sum is ≤ 1 − p), Llama from above (dropping where the mass before a token is > p),
 * so that they agree with it on the last bit where p lies on a boundary.
 *
 * Cost: O(V log V), no allocation with a scratch array. Throws RangeError for p outside 0 … 1, a scratch
 * array of another length, and logits that `largestLogit` refuses.
 * Worked value: probabilities (1/2, 1/4, 1/8, 1/8) and p = 1/2: 'hf' keeps 1 token, 'llama' 2.
 */
export function topP(
	logits: Logits,
	topP: number,
	{ library = 'hf', scratch = new Float64Array(logits.length) }: TopPOptions = {}
): number {
	if (!(topP >= 0 && topP <= 1)) {
		throw new RangeError(`topP: topP must be within 0 … 1, got ${topP}`);
	}
	const size = logits.length;
	if (scratch.length !== size) {
		throw new RangeError(`topP: scratch must have length ${size}, got ${scratch.length}`);
	}
	const largest = largestLogit('topP', logits);
	scratch.set(logits);
	scratch.sort();
	let total = 0;
	for (let i = 0; i < size; i++) total += Math.exp(scratch[i] - largest);
	const first = firstKept(scratch, topP, library, largest, total);

	const smallestKept = scratch[first];
	let ties = first;
	while (ties < size && scratch[ties] === smallestKept) ties++;
	ties -= first;
	let kept = 0;
	for (let j = 0; j < size; j++) {
		const i = library === 'hf' ? size - 1 - j : j;
		const stays = logits[i] > smallestKept || (logits[i] === smallestKept && ties-- > 0);
		if (!stays) logits[i] = -Infinity;
		else if (logits[i] > -Infinity) kept++;
	}
	return kept;
}

/** The place of the nucleus's least likely token among the logits in rising order. */
function firstKept(
	sorted: Float64Array,
	topP: number,
	library: 'hf' | 'llama',
	largest: number,
	total: number
): number {
	const last = sorted.length - 1;
	let mass = 0;
	if (library === 'hf') {
		for (let i = 0; i < last; i++) {
			mass += Math.exp(sorted[i] - largest) / total;
			if (mass > 1 - topP) return i;
		}
		return last;
	}
	for (let i = last; i > 0; i--) {
		mass += Math.exp(sorted[i] - largest) / total;
		if (mass > topP) return i;
	}
	return 0;
}
