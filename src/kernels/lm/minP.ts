import { largestLogit, type Logits } from './largestLogit';

/**
 * Keeps the tokens that are at least minP times as likely as the most likely one, and sets the others to
 * −Infinity, in place. In logits no softmax is needed:
 *
 *     p_i ≥ minP · max p   ⇔   z_i ≥ max z + ln(minP)
 *
 * Nguyen et al., arXiv 2407.01082; Hugging Face's MinPLogitsWarper. Returns how many
 * tokens are left that can be drawn.
 *
 * Cost: O(vocabulary). Throws RangeError for minP outside 0 … 1 and logits that `largestLogit` refuses.
 * Worked value: probabilities (1/2, 1/4, 1/8, 1/8) and minP = .5 keep the first two.
 */
export function minP(logits: Logits, minP: number): number {
	if (!(minP >= 0 && minP <= 1)) {
		throw new RangeError(`minP: minP must be within 0 … 1, got ${minP}`);
	}
	const smallestKept = largestLogit('minP', logits) + Math.log(minP);
	let kept = 0;
	for (let i = 0; i < logits.length; i++) {
		if (logits[i] < smallestKept) logits[i] = -Infinity;
		else if (logits[i] > -Infinity) kept++;
	}
	return kept;
}
