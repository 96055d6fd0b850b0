import { brent } from '../core/brent';

export interface ForwardKlOptimum {
	probabilities: Float64Array;
	/** E r under them. */
	expectedReward: number;
}

/**
 * Where a policy comes to rest that is trained with k3 in the loss, on its own samples: k3's mean gradient
 * is that of KL(π_ref‖π) (klK3), so the rest is the maximum of
 *
 *     E_π r − β KL(π_ref‖π)   ⇒   π(y) = β π_ref(y) / (c − r(y)),   c the root above max r of Σ π = 1
 *
 * and c = β + E_π r. Compare klRegularisedOptimum, π_ref e^{r/β}/Z, the maximum with KL(π‖π_ref): there a
 * poor answer dies out exponentially in 1/β, here only like β, because the other divergence forbids
 * giving up what the reference does. For large β both stay at the reference.
 *
 * Derived. Two answers of reward 1 and 0: p − p_ref = p (1−p)/β, as onPolicyFixedPoint without division.
 * Cost: some tens of evaluations. Throws RangeError for lists of different lengths, a reference
 * probability that is not above 0, a reward that is not finite, β not positive and finite.
 * Worked value: reference (0.2, 0.8), rewards (1, 0), β = 0.25: π = (0.811606, 0.188394).
 */
export function forwardKlOptimum(
	refProbabilities: ArrayLike<number>,
	rewards: ArrayLike<number>,
	beta: number
): ForwardKlOptimum {
	if (rewards.length !== refProbabilities.length) {
		throw new RangeError(
			`forwardKlOptimum: rewards must be one per answer (${refProbabilities.length}), got ${rewards.length}`
		);
	}
	if (!(beta > 0 && beta < Infinity)) {
		throw new RangeError(`forwardKlOptimum: beta must be positive and finite, got ${beta}`);
	}
	let best = -Infinity;
	for (let k = 0; k < rewards.length; k++) {
		if (!(refProbabilities[k] > 0)) {
			throw new RangeError(
				`forwardKlOptimum: refProbabilities[${k}] must be above 0, got ${refProbabilities[k]}`
			);
		}
		if (!Number.isFinite(rewards[k])) {
			throw new RangeError(`forwardKlOptimum: rewards[${k}] must be finite, got ${rewards[k]}`);
		}
		best = Math.max(best, rewards[k]);
	}
	/** Of u = c − max r, so that nothing cancels where the root is near the largest reward. */
	const excess = (u: number) => {
		let sum = -1;
		for (let k = 0; k < rewards.length; k++) {
			sum += (beta * refProbabilities[k]) / (u + best - rewards[k]);
		}
		return sum;
	};
	let mass = 0;
	for (let k = 0; k < rewards.length; k++) {
		if (rewards[k] === best) mass += refProbabilities[k];
	}
	// At u = β mass the best answers alone have probability 1, at u = β all together at most that.
	const equal = Array.from(rewards).every((reward) => reward === best);
	const u = equal ? beta : brent(excess, beta * mass, beta);
	const probabilities = Float64Array.from(
		refProbabilities,
		(p, k) => (beta * p) / (u + best - rewards[k])
	);
	return {
		probabilities,
		expectedReward: probabilities.reduce((sum, p, k) => sum + p * rewards[k], 0)
	};
}
