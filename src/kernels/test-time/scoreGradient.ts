import { bucketOf } from './metaPolicy';
import type { Trace } from './sampleTrace';
import { EPISODES } from './searchTask';

/**
 * Adds one trace's policy gradient Σ_i w_i ∇ ln π(decision_i | n_i) to `gradient`, in place.
 *
 * For a softmax row: ∂ ln π(d)/∂ logit_a = [a = d] − π(a). `weights[i]` is the advantage of decision
 * i, already divided by whatever the loss divides by; one number stands for all decisions.
 *
 * Cost: O(decisions). Throws RangeError if weights and decisions differ in number.
 */
export function scoreGradient(
	gradient: Float64Array,
	probabilities: Float64Array,
	trace: Trace,
	weights: number | ArrayLike<number>
): void {
	const width = EPISODES.length;
	if (typeof weights !== 'number' && weights.length !== trace.decisions.length) {
		throw new RangeError(
			`scoreGradient: weights must have ${trace.decisions.length} entries, got ${weights.length}`
		);
	}
	for (const [i, decision] of trace.decisions.entries()) {
		const row = bucketOf(trace.remaining[i]) * width;
		const weight = typeof weights === 'number' ? weights : weights[i];
		for (let a = 0; a < width; a++) gradient[row + a] -= weight * probabilities[row + a];
		gradient[row + decision] += weight;
	}
}
