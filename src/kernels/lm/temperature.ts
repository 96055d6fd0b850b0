import { largestLogit, type Logits } from './largestLogit';

/**
 * Sharpens (T < 1) or flattens (T > 1) a distribution, in place: logits ← logits / T.
 *
 * Probabilities become p^(1/T), renormalised. T → 0 is greedy decoding, T → ∞ uniform over what is not
 * −Infinity. Hugging Face refuses T = 0, and so does this: take the largest logit instead. Log-probabilities
 * for RL must be taken at the same T as the sample (TRL and verl divide by it, too).
 *
 * Cost: O(vocabulary). Throws RangeError for a temperature that is not finite and above 0, and for
 * logits that `largestLogit` refuses.
 * Worked value: (2, 0) at T = 2 is (1, 0): .881 becomes .731.
 */
export function temperature(logits: Logits, temperature: number): void {
	if (!(temperature > 0 && temperature < Infinity)) {
		throw new RangeError(
			`temperature: temperature must be finite and above 0, got ${temperature}; for greedy decoding take the largest logit`
		);
	}
	largestLogit('temperature', logits);
	for (let i = 0; i < logits.length; i++) logits[i] /= temperature;
}
