import { sigmoid } from '../core/sigmoid';
import type { Normalisation } from '../rl/groupAdvantagePresets';
import { binomialProbabilities } from './binomialProbabilities';
import { omegaScale } from './omega';
import { SUCCESS_MAP_EPSILON } from './successMap';

export interface GroupOmegaOptions {
	/** G, answers per group. Default Infinity, the paper's. */
	numGenerations?: number;
	/** The deviation divides by G − ddof. Default 0, the paper's; the libraries take 1. */
	ddof?: 0 | 1;
	/** 'none' leaves out the division (Dr. GRPO). Default 'group'. */
	scaleRewards?: 'group' | 'none';
	epsilon?: number;
	normalisation?: Normalisation;
}

/** Beyond this logit the smaller of p and 1 − p leaves float64, while Ω_G has long reached its limit. */
const FLAT = 700;

/**
 * Ω when mean and deviation come from groups of G answers instead of the true rate p: how far a right
 * and a wrong answer are pushed apart, averaged over groups. With k ~ Binomial(G, p), p̂ = k/G:
 *
 *     Ω_G(p) = E[ p̂(1−p̂) / scale(p̂) ] / (p(1−p)),   scale = sqrt(p̂(1−p̂) G/(G−ddof) + ε)
 *
 * and (G−1)/G without the division. A group without a success, or with nothing else, contributes 0.
 * Ω_G → Ω as G grows, but as p → 0 it stops at sqrt(G−1) (ddof 0, ε = 0), where Ω grows like 1/sqrt(p):
 * the boost of rare successes is capped by the group size. Many groups an iteration, each iteration
 * maximised, follow logit p_n = logit p_ref + Ω_G(p_{n−1})/β.
 *
 * Derived: the advantages of a group sum to 0, so with a = E[A|right], b = −E[A|wrong] both p·a and
 * (1−p)·b are E[p̂(1−p̂)/scale], and a + b is what tilts. Not in Mroueh, arXiv 2503.06639, where G → ∞.
 *
 * Takes logit p. Cost: O(G). Throws RangeError for G that is neither a positive integer nor Infinity
 * and for a logit that is NaN.
 * Worked value: p = 0.01, G = 8, ε = 0: 0.025828 / 0.0099 = 2.609, where Ω = 10.05.
 */
export function groupOmega(at: number, options: GroupOmegaOptions = {}): number {
	const { numGenerations = Infinity, ddof = 0, scaleRewards = 'group' } = options;
	const { epsilon = SUCCESS_MAP_EPSILON, normalisation } = options;
	const size = numGenerations;
	if (size === Infinity) {
		if (scaleRewards === 'none') return 1;
		return 1 / omegaScale(sigmoid(at) * sigmoid(-at), epsilon, normalisation);
	}
	const held = Math.max(-FLAT, Math.min(FLAT, at));
	const probabilities = binomialProbabilities(held, size);
	if (scaleRewards === 'none') return (size - 1) / size;
	let push = 0;
	for (let k = 1; k < size; k++) {
		const variance = (k * (size - k)) / size ** 2;
		const scale = omegaScale((variance * size) / (size - ddof), epsilon, normalisation);
		push += (probabilities[k] * variance) / scale;
	}
	return push / sigmoid(held) / sigmoid(-held);
}
