import { logSumExp } from '../core/logSumExp';

export interface ExactMaximiser {
	/** log π*(o) */
	logProbs: Float64Array;
	/** log Z, Z = Σ π_ref(o) exp(A(o)/β) */
	logPartition: number;
}

/**
 * The policy over finitely many answers that maximises a mean advantage held to a reference:
 *
 *     π* = argmax Σ_o π(o) A(o) − β KL(π‖π_ref)   ⇒   π*(o) = π_ref(o) exp(A(o)/β) / Z
 *
 * The maximum is β log Z. With A(o) = ω⁺ for right and −ω⁻ for wrong answers this is one GRPO iteration
 * of Mroueh, arXiv 2503.06639: all right answers are scaled by one factor and all wrong ones by
 * another, so which right answer is given, if one is, stays as in the reference.
 *
 * Takes and gives log-probabilities. Cost: O(answers). Throws RangeError for lengths that differ, an
 * advantage that is not finite, or beta not positive and finite.
 * Worked value: reference (0.2, 0.8), A = (2, −0.5), beta = 2: π*(0) = sigmoid(−1.386294 + 1.25).
 */
export function exactMaximiser(
	refLogProbs: ArrayLike<number>,
	advantages: ArrayLike<number>,
	beta: number
): ExactMaximiser {
	if (advantages.length !== refLogProbs.length) {
		throw new RangeError(
			`exactMaximiser: advantages must be ${refLogProbs.length} long, got ${advantages.length}`
		);
	}
	if (!(beta > 0 && beta < Infinity)) {
		throw new RangeError(`exactMaximiser: beta must be positive and finite, got ${beta}`);
	}
	const tilted = Float64Array.from(refLogProbs, (log, o) => {
		if (!Number.isFinite(advantages[o])) {
			throw new RangeError(`exactMaximiser: advantages[${o}] must be finite, got ${advantages[o]}`);
		}
		return log + advantages[o] / beta;
	});
	const logPartition = logSumExp(tilted);
	return { logProbs: tilted.map((log) => log - logPartition), logPartition };
}
