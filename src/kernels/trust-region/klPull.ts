import { libraryKl } from '../rl/libraryKl';
import { libraryKlGradient } from '../rl/libraryKlGradient';
import { softmaxGradient } from '../policy-gradient/softmaxGradient';

/** Where the penalty stands: subtracted from the reward, or added to the loss. */
export type KlPlace = 'reward' | 'loss';
export type KlEstimator = 'k1' | 'k2' | 'k3';

/**
 * The mean gradient of a KL penalty in the logits of a softmax policy, on samples of the policy itself:
 * what it is that training descends, whatever value the estimate has.
 *
 *     in the reward   E_π[ k(y) ∇log π(y) ]       k held, as a reward is
 *     in the loss     E_π[ k′(y) ∇log π(y) ]      k1′ = 1,  k2′ = d,  k3′ = 1 − e^−d,  d = log π/π_ref
 *
 *     k1 in the reward, k2 in the loss   ∇KL(π‖π_ref)
 *     k1 in the loss                     0
 *     k3 in the loss                     ∇KL(π_ref‖π) = π − π_ref
 *     k2, k3 in the reward               no pull to the reference: it is a penalty on any distance, also
 *                                        on an answer that has become too rare, which it makes rarer
 *
 * Estimates and slopes are TRL's (libraryKl), not clamped. k1 in the reward is what PPO and TRL's RLOO
 * have, k3 in the loss what GRPO has. That k2 in the loss has the gradient of k1 in the reward: Liu et
 * al., arXiv 2510.01555.
 *
 * Cost: O(answers). Throws RangeError for lists of different lengths.
 * Worked value: π = (0.5, 0.5), π_ref = (0.25, 0.75), k3 in the loss: (0.25, −0.25).
 */
export function klPull(
	probabilities: ArrayLike<number>,
	refProbabilities: ArrayLike<number>,
	place: KlPlace,
	estimator: KlEstimator
): Float64Array {
	if (refProbabilities.length !== probabilities.length) {
		throw new RangeError(
			`klPull: refProbabilities must be one per answer (${probabilities.length}), got ${refProbabilities.length}`
		);
	}
	const held = place === 'reward' ? libraryKl : libraryKlGradient;
	return softmaxGradient(
		probabilities,
		Float64Array.from(
			probabilities,
			(p, k) => p * held('trl', estimator, Math.log(p), Math.log(refProbabilities[k]))
		)
	);
}
