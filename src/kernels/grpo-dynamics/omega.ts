import type { Normalisation } from '../rl/groupAdvantagePresets';

function checkWeights(name: string, p: number, epsilon: number): void {
	if (!(p >= 0 && p <= 1)) throw new RangeError(`${name}: p must be in [0, 1], got ${p}`);
	if (!(epsilon >= 0 && epsilon < Infinity)) {
		throw new RangeError(`${name}: epsilon must be finite and ≥ 0, got ${epsilon}`);
	}
}

/** What the centred reward is divided by, from the variance p(1−p). */
export function omegaScale(
	variance: number,
	epsilon: number,
	normalisation: Normalisation = 'sqrt(variance+epsilon)'
): number {
	return normalisation === 'std+epsilon'
		? Math.sqrt(variance) + epsilon
		: Math.sqrt(variance + epsilon);
}

/**
 * The weight of a right answer in GRPO with rewards 0 and 1: its advantage when the group is large.
 *
 *     ω⁺(p) = (1−p) / sqrt(p(1−p) + ε)        p: success rate of the policy that sampled
 *
 * Large where success is rare: ω⁺ → 1/sqrt(p). Under the sampling policy the whitened reward has mean
 * 0, p·ω⁺ = (1−p)·ω⁻, and, for ε = 0, variance p·ω⁺² + (1−p)·ω⁻² = 1.
 *
 * Paper: Mroueh, arXiv 2503.06639. ε is inside the root there; TRL, verl and OpenRLHF add it to the
 * deviation ('std+epsilon').
 * Cost: constant. Throws RangeError for p outside [0, 1] or ε negative or infinite; ω⁺(0) is Infinity
 * for ε = 0.
 * Worked value: omegaPlus(0.2, 0) = 0.8/0.4 = 2.
 */
export function omegaPlus(p: number, epsilon: number, normalisation?: Normalisation): number {
	checkWeights('omegaPlus', p, epsilon);
	return p === 1 ? 0 : (1 - p) / omegaScale(p * (1 - p), epsilon, normalisation);
}

/**
 * The weight of a wrong answer, as a penalty: minus its advantage when the group is large.
 *
 *     ω⁻(p) = p / sqrt(p(1−p) + ε)
 *
 * Source, cost, throws: as omegaPlus. Worked value: omegaMinus(0.2, 0) = 0.2/0.4 = 0.5.
 */
export function omegaMinus(p: number, epsilon: number, normalisation?: Normalisation): number {
	checkWeights('omegaMinus', p, epsilon);
	return p === 0 ? 0 : p / omegaScale(p * (1 - p), epsilon, normalisation);
}

/**
 * How far a right and a wrong answer are pushed apart:
 *
 *     Ω(p) = ω⁺ + ω⁻ = 1 / sqrt(p(1−p) + ε)
 *
 * Least (2 for ε = 0) at p = 1/2, at most 1/sqrt(ε). Without the division (Dr. GRPO) it is 1 for all p.
 * Source, cost, throws: as omegaPlus. Worked value: omegaSum(0.2, 0) = 1/0.4 = 2.5.
 */
export function omegaSum(p: number, epsilon: number, normalisation?: Normalisation): number {
	checkWeights('omegaSum', p, epsilon);
	return 1 / omegaScale(p * (1 - p), epsilon, normalisation);
}
