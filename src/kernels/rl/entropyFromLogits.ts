import { logSumExp } from '../core/logSumExp';
import { largestLogit } from '../lm/largestLogit';
import { logitRows, type LogitOptions } from './selectiveLogSoftmax';

/** verl and OpenRLHF: log Σ exp z − Σ p·z. */
function byLogits(z: Float64Array): number {
	const total = logSumExp(z);
	const largest = z.reduce((a, b) => Math.max(a, b));
	const weights = z.map((x) => Math.exp(x - largest));
	const sum = weights.reduce((a, b) => a + b, 0);
	return total - z.reduce((mean, x, v) => mean + (weights[v] / sum) * x, 0);
}

/** TRL: −Σ p·log p with log p = (z − m) − log Σ exp(z − m). */
function byLogProbs(z: Float64Array): number {
	const largest = z.reduce((a, b) => Math.max(a, b));
	const shifted = z.map((x) => x - largest);
	const logSum = Math.log(shifted.reduce((sum, x) => sum + Math.exp(x), 0));
	return -shifted.reduce((sum, x) => sum + Math.exp(x - logSum) * (x - logSum), 0);
}

/**
 * The entropy of the policy at each position, in nats, from the logits over the vocabulary [N × V]:
 *
 *     H = −Σ_v p_v log p_v = log S − (1/S) Σ_v e^{z_v − m} (z_v − m)      S = Σ_v e^{z_v − m},  m = max z
 *
 * with 0·log 0 = 0. verl and OpenRLHF compute log Σ exp z − Σ p·z, TRL −Σ p·log p. All three make a
 * filtered token (−∞) NaN, by 0·∞. With two logits of 1e308 and one of −1e308 verl and OpenRLHF give 0, TRL
 * NaN; it is log 2.
 *
 * Cost: O(N·V). Throws RangeError for lists that do not fit, a temperature that is not positive, and,
 * unless a library is asked for, for a NaN, +∞ or a row of nothing but −∞.
 * Worked value: logits (0, 0, −∞): log 2 = 0.693147.
 */
export function entropyFromLogits(
	logits: ArrayLike<number>,
	vocabulary: number,
	{ library, temperature = 1 }: LogitOptions = {}
): Float64Array {
	return Float64Array.from(logitRows('entropyFromLogits', logits, vocabulary, temperature), (z) => {
		if (library && z.some(Number.isNaN)) return NaN;
		if (library) return library === 'trl' ? byLogProbs(z) : byLogits(z);
		const largest = largestLogit('entropyFromLogits', z);
		let sum = 0;
		let mean = 0;
		for (const x of z) {
			const weight = Math.exp(x - largest);
			sum += weight;
			if (weight > 0) mean += weight * (x - largest);
		}
		return Math.log(sum) - mean / sum;
	});
}
