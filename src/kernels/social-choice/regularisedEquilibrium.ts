import { checkPolicy, checkPreferences } from './checkPreferences';
import { logitFixedPoint } from './logitFixedPoint';
import { winRates } from './winRates';

/**
 * The equilibrium of the preference game with a KL penalty of weight τ to a reference on both players,
 *
 *     max_π min_π'  P(π ≻ π') − τ KL(π‖π_ref) + τ KL(π'‖π_ref) ,
 *
 * the one policy with  π(y) ∝ π_ref(y) · exp(P(y ≻ π) / τ)  (Munos et al., arXiv 2312.00886; the game of
 * Nash-RS in Liu et al., arXiv 2503.10990). As τ grows it goes to π_ref; as τ goes to 0, to a Nash policy.
 *
 * Solved by logitFixedPoint from large τ down. The preferences less one half are antisymmetric, so the
 * Jacobian's eigenvalues are 1 ± iω/τ and it never is singular. `residual` is the largest
 * |π − softmax(log π_ref + P π / τ)|.
 *
 * Cost: a few milliseconds for ten responses. Throws RangeError for preferences or a reference that are
 * none (the reference needs full support), or τ not above 0.
 * Worked value: two responses, P(1 ≻ 2) = 0.8, τ = 1, uniform reference: sigmoid(0.3) = 0.574443.
 */
export function regularisedEquilibrium(
	preferences: readonly (readonly number[])[],
	tau: number,
	reference: readonly number[] = preferences.map(() => 1 / preferences.length)
): { policy: number[]; residual: number } {
	checkPreferences('regularisedEquilibrium', preferences);
	checkPolicy('regularisedEquilibrium', 'reference', reference, preferences.length, true);
	if (!(tau > 0 && tau < Infinity)) {
		throw new RangeError(`regularisedEquilibrium: tau must be above 0 and finite, got ${tau}`);
	}
	let logits = reference.map(Math.log);
	for (let level = Math.max(tau, 1); ; level = Math.max(tau, level / 2)) {
		// Less one half: it changes no policy and keeps the logits small.
		const target = (policy: number[]) =>
			winRates(preferences, policy).map((rate, i) => Math.log(reference[i]) + (rate - 0.5) / level);
		const found = logitFixedPoint(target, logits);
		if (level === tau) return { policy: found.policy, residual: found.residual };
		logits = found.logits;
	}
}
