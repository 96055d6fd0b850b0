import { checkPolicy, checkPreferences } from './checkPreferences';
import { gibbsOpponent, type GibbsOpponent } from './gibbsOpponent';

const MOST_BATCHES = 1e6;

/** Different batches of `size` responses out of n, order aside: C(size + n − 1, size). */
export function batchCount(n: number, size: number): number {
	let count = 1;
	for (let k = 1; k < n; k++) count *= (size + k) / k;
	return Math.round(count);
}

/**
 * What Nash-RS draws on average, exactly, when it estimates g(y') = P(π ≻ y') by the mean over a batch of
 * B1 responses of π and uses that one batch for all proposals (as the authors' code does for one prompt).
 * Given the batch, the accepted opponents follow the Gibbs distribution of the estimate ĝ; here that is
 * averaged over all batches:
 *
 *     opponent   = E_batch[ π_ref e^{−ĝ/τ} / Z(ĝ) ],   Z(ĝ) = Σ π_ref e^{−ĝ/τ}
 *     acceptance = E_batch[ Z(ĝ) ]       proposals = E_batch[ 1 / Z(ĝ) ] per accepted opponent
 *
 * ĝ is unbiased, e^{−ĝ/τ} is not: by Jensen's inequality acceptance is at least that of the exact g. The
 * bias goes like 1/(B1 τ²). For one opponent that wins or loses for sure, with g the probability that π
 * beats it, E e^{−ĝ/τ} = (1 − g + g e^{−1/(B1 τ)})^{B1}.
 *
 * Cost: O(C(B1 + n − 1, B1) · n). Throws RangeError for preferences, a policy or a reference that are none,
 * τ not above 0, B1 that is not a positive integer, or more than a million batches.
 * Worked value: two responses, P(1 ≻ 2) = 1, π = π_ref = (1/2, 1/2), τ = 1, B1 = 1: acceptance 0.645235.
 */
export function finiteBatchOpponent(
	preferences: readonly (readonly number[])[],
	policy: readonly number[],
	{ tau, b1, reference }: { tau: number; b1: number; reference: readonly number[] }
): GibbsOpponent {
	const count = preferences.length;
	checkPreferences('finiteBatchOpponent', preferences);
	checkPolicy('finiteBatchOpponent', 'policy', policy, count);
	if (!(Number.isInteger(b1) && b1 >= 1 && batchCount(count, b1) <= MOST_BATCHES)) {
		throw new RangeError(
			`finiteBatchOpponent: b1 must be a positive integer with at most ${MOST_BATCHES} batches, got ${b1}`
		);
	}
	const result = { opponent: new Array<number>(count).fill(0), acceptance: 0, proposals: 0 };

	/** Responses before `item` are in the batch; `left` are still to be drawn, with that probability. */
	function add(item: number, left: number, sums: readonly number[], probability: number): void {
		if (probability === 0) return;
		if (item === count - 1) {
			const losses = sums.map((sum, y) => (sum + left * preferences[item][y]) / b1);
			const chance = probability * policy[item] ** left;
			const { opponent, acceptance, proposals } = gibbsOpponent(losses, tau, reference);
			opponent.forEach((share, y) => (result.opponent[y] += chance * share));
			result.acceptance += chance * acceptance;
			if (chance > 0) result.proposals += chance * proposals;
			return;
		}
		let ways = probability;
		for (let own = 0; own <= left; own++) {
			const next = sums.map((sum, y) => sum + own * preferences[item][y]);
			add(item + 1, left - own, next, ways);
			ways *= ((left - own) / (own + 1)) * policy[item];
		}
	}
	add(0, b1, new Array<number>(count).fill(0), 1);
	return result;
}
