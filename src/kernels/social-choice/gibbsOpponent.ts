import { logSumExp } from '../core/logSumExp';
import { checkPolicy } from './checkPreferences';

export interface GibbsOpponent {
	/** π'(y') ∝ π_ref(y') · exp(−g(y')/τ). */
	opponent: number[];
	/** Probability that a proposal from π_ref is accepted, Σ π_ref(y') exp(−g(y')/τ), in [e^{−1/τ}, 1]. */
	acceptance: number;
	/** Proposals to be expected per accepted opponent, 1 / acceptance. Infinity where that overflows. */
	proposals: number;
}

/**
 * The strongest regularised opponent of a policy: the π' that minimises P(π ≻ π') + τ KL(π'‖π_ref), where
 * `losses` g(y') = P(π ≻ y') is how often the policy wins against y' (or an estimate of it).
 *
 * It is also what rejection sampling draws: propose y' from π_ref, accept with probability
 * exp(−g(y')/τ). Nash-RS of Liu et al., first version of arXiv 2503.10990, and the authors' code.
 *
 * Cost: O(n), in log space. Throws RangeError for a reference without full support, losses outside [0, 1]
 * or of another count, or τ not above 0.
 * Worked value: losses all 1/2, τ = 0.2: the reference itself, acceptance e^{−2.5} = 0.082085.
 */
export function gibbsOpponent(
	losses: readonly number[],
	tau: number,
	reference: readonly number[]
): GibbsOpponent {
	checkPolicy('gibbsOpponent', 'reference', reference, losses.length, true);
	if (!(tau > 0 && tau < Infinity)) {
		throw new RangeError(`gibbsOpponent: tau must be above 0 and finite, got ${tau}`);
	}
	const logs = losses.map((loss, i) => {
		if (!(loss >= -1e-12 && loss <= 1 + 1e-12)) {
			throw new RangeError(`gibbsOpponent: losses[${i}] must be in [0, 1], got ${loss}`);
		}
		return Math.log(reference[i]) - loss / tau;
	});
	const logAcceptance = Math.min(0, logSumExp(logs));
	return {
		opponent: logs.map((log) => Math.exp(log - logAcceptance)),
		acceptance: Math.exp(logAcceptance),
		proposals: Math.exp(-logAcceptance)
	};
}
