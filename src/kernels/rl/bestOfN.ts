import { checkDistribution } from './checkDistribution';
import { exactKl } from './exactKl';

export interface BestOfN {
	/** Chance that each outcome is the one kept. */
	policy: Float64Array;
	/** Mean reward of what is kept. */
	expectedReward: number;
	/** KL(policy‖probabilities) in nats, exactly. */
	kl: number;
	/** log n − (n−1)/n, which no KL of best-of-n exceeds. */
	klBound: number;
}

/**
 * Best-of-n over outcomes whose probabilities and rewards are known: draw n, keep the one of highest
 * reward, of equals any at random.
 *
 *     π_n(y) = p(y) · (F(r_y)^n − F⁻(r_y)^n) / P(R = r_y),   F(r) = P(R ≤ r),  F⁻(r) = P(R < r)
 *
 * It is a policy of its own, moved from p without training. Outcomes of equal reward keep their odds,
 * so only the reward's distribution matters: E[r] = Σ π_n r, and KL(π_n‖p) is that of the two
 * distributions of R.
 *
 * The KL is often quoted as log n − (n−1)/n. That is its value when no two outcomes have the same
 * reward and each is rare (a continuous R); otherwise an upper bound, and far too high once n passes
 * 1/P(best reward): the true KL cannot exceed −log P(best reward).
 * Paper: Beirami et al., arXiv 2401.01879. The libraries offer the sampling, not these exact values.
 *
 * Cost: O(outcomes · log outcomes), whatever n. Throws RangeError for n that is not a positive integer,
 * rewards that are not finite or not one per outcome, and probabilities outside [0, 1] or that do not sum to 1
 * (to 1e−9).
 * Worked value: p = (.5, .5), rewards (0, 1), n = 4: policy (1/16, 15/16), reward .9375, KL .4593 nats
 * under a bound of .6363.
 */
export function bestOfN(
	probabilities: ArrayLike<number>,
	rewards: ArrayLike<number>,
	n: number
): BestOfN {
	if (!Number.isInteger(n) || n < 1) {
		throw new RangeError(`bestOfN: n must be a positive integer, got ${n}`);
	}
	if (rewards.length !== probabilities.length) {
		throw new RangeError(
			`bestOfN: rewards must be one per outcome (${probabilities.length}), got ${rewards.length}`
		);
	}
	for (let y = 0; y < rewards.length; y++) {
		if (!Number.isFinite(rewards[y])) {
			throw new RangeError(`bestOfN: rewards[${y}] must be finite, got ${rewards[y]}`);
		}
	}
	checkDistribution('bestOfN', 'probabilities', probabilities);
	const best = Array.from({ length: rewards.length }, (_, y) => y).sort(
		(a, b) => rewards[b] - rewards[a]
	);
	const policy = new Float64Array(rewards.length);
	let expectedReward = 0;
	// Counted from the top: P(R > r) is exact where it is small, there 1 − F would not be.
	let above = 0;
	for (let start = 0; start < best.length;) {
		let end = start;
		let mass = 0;
		while (end < best.length && rewards[best[end]] === rewards[best[start]]) {
			mass += probabilities[best[end++]];
		}
		const logAtMost = n * Math.log1p(-above);
		const logBelow = end === best.length ? -Infinity : n * Math.log1p(-Math.min(1, above + mass));
		const kept =
			mass === 0 || above >= 1 ? 0 : Math.exp(logAtMost) * -Math.expm1(logBelow - logAtMost);
		for (const y of best.slice(start, end)) {
			policy[y] = kept === 0 ? 0 : (kept * probabilities[y]) / mass;
		}
		expectedReward += kept * rewards[best[start]];
		above += mass;
		start = end;
	}
	return {
		policy,
		expectedReward,
		kl: exactKl(policy, probabilities),
		klBound: Math.log(n) - (n - 1) / n
	};
}
