import { logit } from '../core/sigmoid';
import { binomialProbabilities } from './binomialProbabilities';

function check(name: string, p: number, numGenerations: number): void {
	if (!(p >= 0 && p <= 1)) throw new RangeError(`${name}: p must be in [0, 1], got ${p}`);
	if (!Number.isInteger(numGenerations) || numGenerations < 1) {
		throw new RangeError(
			`${name}: numGenerations must be a positive integer, got ${numGenerations}`
		);
	}
}

/**
 * The chance that a group of G answers, each right with probability p, has rewards that are all
 * equal. Its advantages are then 0 and nothing is learned from it.
 *
 *     P = p^G + (1−p)^G
 *
 * DAPO (arXiv 2503.14476) samples such groups again; GRPO wastes them.
 * Cost: constant. Throws RangeError for p outside [0, 1] or G not a positive integer.
 * Worked value: p = 0.001, G = 16: 0.984119.
 */
export function zeroSignalProbability(p: number, numGenerations: number): number {
	check('zeroSignalProbability', p, numGenerations);
	return p ** numGenerations + Math.exp(numGenerations * Math.log1p(-p));
}

/**
 * The mean deviation that a group of G answers shows:
 *
 *     E[sqrt(p̂(1−p̂))],   p̂ = k/G,   k ~ Binomial(G, p)
 *
 * Below the true sqrt(p(1−p)) for every finite G, far below where p·G is small. It is the mean push on
 * right answers, p·E[A|right], of whitened advantages (ddof 0, ε = 0).
 * Cost: O(G). Throws as zeroSignalProbability.
 * Worked value: p = 0.5, G = 8: 0.463914.
 */
export function expectedGroupDeviation(p: number, numGenerations: number): number {
	check('expectedGroupDeviation', p, numGenerations);
	return binomialProbabilities(logit(p), numGenerations).reduce(
		(sum, probability, k) =>
			sum + (probability * Math.sqrt(k * (numGenerations - k))) / numGenerations,
		0
	);
}
