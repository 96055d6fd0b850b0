/**
 * Gradient of Σ_o c_o log π(o) in the logits θ of a softmax policy, with the coefficients held:
 *
 *     ∂/∂θ_k = c_k − π_k Σ_o c_o
 *
 * It sums to 0: what one answer gains the others lose. With c_o = A for one sampled answer and 0 for the
 * others it is A ∇log π(o), the policy gradient of that answer.
 *
 * Cost: O(answers). Throws RangeError for lists of different lengths.
 * Worked value: π = (0.5, 0.5), c = (1, 0): (0.5, −0.5).
 */
export function softmaxGradient(
	probabilities: ArrayLike<number>,
	coefficients: ArrayLike<number>
): Float64Array {
	if (coefficients.length !== probabilities.length) {
		throw new RangeError(
			`softmaxGradient: coefficients must be one per answer (${probabilities.length}), got ${coefficients.length}`
		);
	}
	let total = 0;
	for (let k = 0; k < coefficients.length; k++) total += coefficients[k];
	return Float64Array.from(probabilities, (p, k) => coefficients[k] - p * total);
}
