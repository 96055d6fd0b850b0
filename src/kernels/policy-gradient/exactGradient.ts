import { softmaxGradient } from './softmaxGradient';

export interface ExactGradient {
	/** J = E r, the mean reward. */
	meanReward: number;
	/** ∂J/∂θ_k = π_k (r_k − J) */
	gradient: Float64Array;
}

/**
 * What the policy gradient estimates, on a table small enough to sum over every answer:
 *
 *     J = Σ_k π_k r_k,   ∇J = E_π[ r ∇log π ],   ∂J/∂θ_k = π_k (r_k − J)
 *
 * An answer is pushed by how much better than the mean it is, times how often it is given: one that is
 * never given is never pushed.
 *
 * Cost: O(answers). Throws RangeError for lists of different lengths.
 * Worked value: π = (0.5, 0.5), rewards (1, 0): J = 0.5, gradient (0.25, −0.25).
 */
export function exactGradient(
	probabilities: ArrayLike<number>,
	rewards: ArrayLike<number>
): ExactGradient {
	// From the first reward on, so that equal rewards give a gradient of exactly 0.
	const gained = Float64Array.from(probabilities, (p, k) => p * (rewards[k] - rewards[0]));
	return {
		gradient: softmaxGradient(probabilities, gained),
		meanReward: gained.reduce((sum, x) => sum + x, rewards[0])
	};
}
