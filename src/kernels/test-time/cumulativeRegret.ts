import { progress } from './progress';

export interface CumulativeRegret {
	/** J*_j − J_j for j = 0 … k−1. */
	perEpisode: Float64Array;
	/** Δ_0 = 0, Δ_1, …, Δ_k (length k+1). */
	cumulative: Float64Array;
	/** Δ_k. */
	total: number;
	/** r_i = J_{i+1} − J_i, i = 0 … k−2: the progress that Δ_k can still see. */
	progress: Float64Array;
	/** k−1−i: how many later episodes enjoy the progress r_i. */
	progressWeights: Float64Array;
	/** Δ_k once more, from the progress: Σ J*_j − k·J_0 − Σ_i (k−1−i)·r_i. */
	fromProgress: number;
}

/**
 * Cumulative regret of a thinking trace over its episodes: the area between what the best policy
 * would reach with j episodes and what this one has reached,
 *
 *     Δ_k = Σ_{j=0}^{k−1} (J*_j − J_j),
 *
 * where J_j is the success probability if forced to answer after j episodes. `comparator` is J*:
 * the number 1 (the default; "should have known at once") or an oracle's curve of the same length.
 *
 * In terms of progress (derived, by summing J_j = J_0 + Σ_{i<j} r_i):
 *
 *     Δ_k = Σ_j J*_j − k·J_0 − Σ_{i=0}^{k−2} (k−1−i)·r_i,
 *
 * so the same progress counts for more the earlier it is made, while the plain sum of progress
 * does not see the order at all.
 *
 * Paper: Qu et al., arXiv 2503.07572 (Δ_k^μ). The sum stops at j = k−1: the last point of a curve
 * J_0 … J_k of a trace with k episodes is not part of Δ_k, so pass J_0 … J_{k−1}.
 * Cost: O(k). Throws RangeError for an empty curve, a value outside [0, 1], or a comparator curve
 * of another length.
 * Worked value: J = (.1, .3, .25, .6, .9) gives Δ_5 ≈ 2.85.
 */
export function cumulativeRegret(
	successCurve: ArrayLike<number>,
	comparator: number | ArrayLike<number> = 1
): CumulativeRegret {
	const k = successCurve.length;
	const { rewards } = progress(successCurve);
	if (typeof comparator !== 'number' && comparator.length !== k) {
		throw new RangeError(
			`cumulativeRegret: comparator must have the curve's length ${k}, got ${comparator.length}`
		);
	}
	const best = (j: number) => (typeof comparator === 'number' ? comparator : comparator[j]);
	const perEpisode = new Float64Array(k);
	const cumulative = new Float64Array(k + 1);
	let comparatorSum = 0;
	for (let j = 0; j < k; j++) {
		if (!(best(j) >= 0 && best(j) <= 1)) {
			throw new RangeError(`cumulativeRegret: comparator must be in [0, 1], got ${best(j)}`);
		}
		comparatorSum += best(j);
		perEpisode[j] = best(j) - successCurve[j];
		cumulative[j + 1] = cumulative[j] + perEpisode[j];
	}
	const progressWeights = Float64Array.from(rewards, (_, i) => k - 1 - i);
	let fromProgress = comparatorSum - k * successCurve[0];
	for (let i = 0; i < rewards.length; i++) fromProgress -= progressWeights[i] * rewards[i];
	return {
		perEpisode,
		cumulative,
		total: cumulative[k],
		progress: rewards,
		progressWeights,
		fromProgress
	};
}
