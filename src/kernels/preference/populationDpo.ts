import { finiteSetDpo, type FiniteSetDpo, type FiniteSetDpoOptions } from './finiteSetDpo';

/**
 * DPO with infinitely many labels: every pair of answers comes equally often, and answer i is preferred
 * to j with probability P_ij, so that
 *
 *     L = mean over pairs i < j of  P_ij loss(i ≻ j) + P_ji loss(j ≻ i)
 *
 * Its minimum over all policies on the set, found by setting the gradient to 0 (both derived; tests hold
 * them):
 *
 *     sigmoid, P_ij = σ(r_i − r_j)   π_ref exp(r/β)/Z: the optimum of reward learning and RL together
 *     ipo, any P                     π_ref exp(p̄/β)/Z, p̄_i = mean over all j of P_ij (P_ii = ½)
 *
 * With P_ij near 1 the first leaves the reference without bound. The second cannot: p̄ lies within 0 and 1,
 * so that two answers' log-ratios differ by less than 1/β, and of two answers by at most 1/(2β), for
 * labels that are certain too (Azar et al., arXiv 2310.12036).
 *
 * Cost: O(answers²). Throws RangeError as `finiteSetDpo`, for fewer than two answers, and for preferences
 * outside [0, 1] or with P_ij + P_ji not 1 (to 1e−9).
 * Worked value: two answers, P = 0.5, policy = reference: log 2, gradient 0.
 */
export function populationDpo(
	logits: ArrayLike<number>,
	refLogProbs: ArrayLike<number>,
	preferences: readonly ArrayLike<number>[],
	options: FiniteSetDpoOptions = {}
): FiniteSetDpo {
	const count = logits.length;
	if (count < 2) {
		throw new RangeError(`populationDpo: logits must be of at least two answers, got ${count}`);
	}
	if (preferences.length !== count) {
		throw new RangeError(
			`populationDpo: preferences must be ${count} long, got ${preferences.length}`
		);
	}
	const pairs = [];
	for (let chosen = 0; chosen < count; chosen++) {
		for (let rejected = 0; rejected < count; rejected++) {
			if (chosen === rejected) continue;
			const weight = preferences[chosen][rejected];
			if (!(weight >= 0 && Math.abs(weight + preferences[rejected][chosen] - 1) < 1e-9)) {
				throw new RangeError(
					`populationDpo: preferences[${chosen}][${rejected}] and its mirror must be ≥ 0 and sum to 1, got ${weight} and ${preferences[rejected][chosen]}`
				);
			}
			if (weight > 0) pairs.push({ chosen, rejected, weight });
		}
	}
	return finiteSetDpo(logits, refLogProbs, pairs, options);
}
