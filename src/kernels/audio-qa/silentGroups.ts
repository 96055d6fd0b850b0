import { zeroSignalProbability } from '../grpo-dynamics/zeroSignal';

/**
 * The chance that a group teaches nothing when two rules, each paying 0 or 1, are summed: that all G
 * rewards are equal. An answer is right with probability p and well formed with probability q, the one
 * independent of the other; its reward is 2, 1 or 0.
 *
 *     P = (pq)^G + (p(1−q) + q(1−p))^G + ((1−p)(1−q))^G
 *
 * With q = 0 or 1 the format sets no answer apart, and P = p^G + (1−p)^G.
 * Cost: constant. Throws RangeError for p or q outside [0, 1] or G not a positive integer.
 * Worked value: p = 0.02, G = 8: 0.850763 with q = 1, 0.007230 with q = 0.5.
 */
export function silentGroups(p: number, q: number, numGenerations: number): number {
	if (!(q >= 0 && q <= 1)) throw new RangeError(`silentGroups: q must be in [0, 1], got ${q}`);
	if (q === 0 || q === 1) return zeroSignalProbability(p, numGenerations);
	zeroSignalProbability(p, numGenerations);
	const one = p * (1 - q) + q * (1 - p);
	return (p * q) ** numGenerations + one ** numGenerations + ((1 - p) * (1 - q)) ** numGenerations;
}
