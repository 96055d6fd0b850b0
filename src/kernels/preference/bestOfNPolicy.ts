import { exactKl } from '../rl/exactKl';
import { checkNumbers } from './checkNumbers';

export interface BestOfNPolicy {
	/** How likely each answer is to be kept. */
	probabilities: Float64Array;
	/** E r of what is kept. */
	expectedReward: number;
	/** KL to the base, in nats. */
	kl: number;
	/** log n − (n − 1)/n */
	klBound: number;
	/** How often what is kept beats one answer of the base, a tie as a half. At most n/(n + 1). */
	winRate: number;
}

/**
 * Best of n on finitely many answers, exactly: draw n from the base, keep the one with the highest reward
 * (the first of them where several share it). With F the probability of a reward of at most r(y), F⁻ of
 * less than r(y), and P = F − F⁻ that of its level:
 *
 *     π_n(y) = p(y)/P · (F^n − F⁻^n)
 *
 * Answers with equal rewards keep their proportions. KL(π_n‖p) is at most log n − (n−1)/n, which is often
 * quoted as its value: the KL is near it only while every level is rare (n·P small), and for n → ∞ it stops
 * at log 1/P of the best level. F^n − F⁻^n is computed as F^n (1 − (F⁻/F)^n) by expm1, so that rare answers
 * keep their digits.
 *
 * Paper: Beirami et al., Theoretical guarantees on the best-of-n alignment policy, arXiv 2401.01879;
 * with ties: derived.
 *
 * Cost: O(answers · log answers). Throws RangeError for lengths that differ, a reward that is not finite,
 * probabilities that are no distribution, and n that is no positive integer.
 * Worked value: base (½, ½), rewards (1, 0), n = 2: (0.75, 0.25), KL 0.130812 below the bound 0.193147.
 */
export function bestOfNPolicy(
	base: ArrayLike<number>,
	rewards: ArrayLike<number>,
	n: number
): BestOfNPolicy {
	if (!Number.isInteger(n) || n < 1) {
		throw new RangeError(`bestOfNPolicy: n must be a positive integer, got ${n}`);
	}
	checkNumbers('bestOfNPolicy', 'base', base, base.length, true);
	checkNumbers('bestOfNPolicy', 'rewards', rewards, base.length, true);
	const total = Array.from(base).reduce((sum, p) => sum + p, 0);
	if (!(Math.abs(total - 1) < 1e-9) || Array.from(base).some((p) => p < 0)) {
		throw new RangeError(`bestOfNPolicy: base must be ≥ 0 and sum to 1, got a sum of ${total}`);
	}
	const order = Array.from(base, (_, y) => y).sort((a, b) => rewards[a] - rewards[b]);
	const probabilities = new Float64Array(base.length);
	let winRate = 0;
	let below = 0;
	for (let from = 0, to = 0; from < order.length; from = to) {
		let level = 0;
		while (to < order.length && rewards[order[to]] === rewards[order[from]]) {
			level += base[order[to++]];
		}
		if (level === 0) continue;
		const upTo = to === order.length ? 1 : below + level;
		const share = Math.min(1, level / upTo);
		const kept = Math.exp(n * Math.log(upTo)) * -Math.expm1(n * Math.log1p(-share));
		for (const y of order.slice(from, to)) probabilities[y] = (base[y] / level) * kept;
		winRate += kept * (below + level / 2);
		below = upTo;
	}
	return {
		probabilities,
		expectedReward: probabilities.reduce((sum, p, y) => sum + p * rewards[y], 0),
		kl: exactKl(probabilities, base),
		klBound: Math.log(n) - (n - 1) / n,
		winRate
	};
}
