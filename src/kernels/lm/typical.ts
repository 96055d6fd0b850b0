import { logSumExp } from '../core/logSumExp';
import { largestLogit, type Logits } from './largestLogit';

/**
 * Locally typical sampling: keeps the tokens whose surprise −ln p is nearest to the entropy H (the surprise
 * to be expected), until their mass reaches p; the others become −Infinity, in place. The most likely token
 * may be among those dropped. All that tie with the last one stay. Returns how many
 * tokens are left that can be drawn.
 *
 *     by rising |−ln p_i − H|,  H = −Σ p ln p in nats
 *
 * Meister et al., arXiv 2202.00666; Hugging Face's TypicalLogitsWarper, whose setting is typical_p.
 *
 * Cost: O(V · different values kept), no allocation when a scratch array of V numbers is given.
 * Throws RangeError for typicalP outside 0 < p < 1 (as Hugging Face), a scratch array of another length,
 * and logits that `largestLogit` refuses.
 * Worked value: probabilities (1/2, 1/4, 1/8, 1/8) have H = 1.75 ln 2; at p = .2 the token of
 * probability 1/4 alone stays.
 */
export function typical(
	logits: Logits,
	typicalP: number,
	scratch = new Float64Array(logits.length)
): number {
	if (!(typicalP > 0 && typicalP < 1)) {
		throw new RangeError(`typical: typicalP must be above 0 and below 1, got ${typicalP}`);
	}
	const size = logits.length;
	if (scratch.length !== size) {
		throw new RangeError(`typical: scratch must have length ${size}, got ${scratch.length}`);
	}
	largestLogit('typical', logits);
	const total = logSumExp(logits);
	let entropy = 0;
	for (let i = 0; i < size; i++) {
		if (logits[i] > -Infinity) entropy -= Math.exp(logits[i] - total) * (logits[i] - total);
	}
	for (let i = 0; i < size; i++) scratch[i] = Math.abs(total - logits[i] - entropy);

	let reach = -1;
	let mass = 0;
	while (mass < typicalP) {
		let next = Infinity;
		for (let i = 0; i < size; i++) if (scratch[i] > reach && scratch[i] < next) next = scratch[i];
		if (next === Infinity) break;
		for (let i = 0; i < size; i++) if (scratch[i] === next) mass += Math.exp(logits[i] - total);
		reach = next;
	}
	let kept = 0;
	for (let i = 0; i < size; i++) {
		if (scratch[i] > reach) logits[i] = -Infinity;
		else if (logits[i] > -Infinity) kept++;
	}
	return kept;
}
