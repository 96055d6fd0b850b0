import { exactGradient } from './exactGradient';

/** What is subtracted from a reward: nothing, a number, the mean of the others, the mean of all. */
export type Baseline = 'none' | 'value' | 'leave-one-out' | 'group-mean' | 'optimal';

export interface BaselineNoiseOptions {
	/** Answers of the one prompt that are averaged, G. */
	numGenerations: number;
	baseline: Baseline;
	/** The number b of baseline 'value'; J, the mean reward, by default. */
	value?: number;
}

export interface BaselineNoise {
	/** Mean of the estimate, one number a logit. */
	mean: Float64Array;
	/** Sum over the logits of the estimate's variances. */
	variance: number;
	/** Standard deviation per length of the mean: sqrt(variance) / |mean|. Infinity where that is 0. */
	noise: number;
	/** The number subtracted; for baselines from the group its mean, J. */
	subtracted: number;
}

/**
 * Mean and variance of the policy gradient of G answers to one prompt, exactly, for a softmax over few
 * answers:
 *
 *     ĝ = 1/G Σ_i A_i s_i,   A_i = r_i − baseline,   s_i = ∇_θ log π(y_i) = e_{y_i} − π
 *
 * A baseline that does not depend on y_i leaves the mean at ∇J, since E s = 0. It changes the variance:
 *
 *     number b       V(b) / G                V(b) = E[(r − b)² |s|²] − |∇J|²
 *     leave-one-out  [ (G−2) V(J) + 2 (Var r − |∇J|²) ] / (G (G−1))
 *     group mean     (G−1)/G times the leave-one-out estimate: a shorter step, the same noise per length
 *     optimal        b* = E[r |s|²] / E[|s|²], the minimum of V
 *
 * Leave-one-out tends to V(J)/G for large G: as good as knowing the mean reward. In a group of two it is
 * Var r − |∇J|², which can exceed V(0)/2: the baseline is one answer, and that is noise too.
 *
 * Derived: leave-one-out is a U-statistic with kernel (r_i − r_j)(s_i − s_j)/2, whose mean square is
 * Var r (Hoeffding's formula gives the rest). The optimal number is that of Greensmith et al. (JMLR
 * 2004); OPO (arXiv 2505.23585) puts an answer's length in the place of |s|².
 *
 * Cost: O(answers). Throws RangeError for lists of different lengths, G that is not a whole number ≥ 1
 * (≥ 2 for baselines from the group), and a value that is not finite.
 * Worked values: π = (0.5, 0.5), rewards (1, 0), G = 2: variance 0.0625 without a baseline, 0.125 with
 * leave-one-out, 0 with b = 0.5.
 */
export function baselineNoise(
	probabilities: ArrayLike<number>,
	rewards: ArrayLike<number>,
	{ numGenerations, baseline, value }: BaselineNoiseOptions
): BaselineNoise {
	const { meanReward, gradient } = exactGradient(probabilities, rewards);
	const grouped = baseline === 'leave-one-out' || baseline === 'group-mean';
	const least = grouped ? 2 : 1;
	if (!Number.isInteger(numGenerations) || numGenerations < least) {
		throw new RangeError(
			`baselineNoise: numGenerations must be a whole number ≥ ${least}, got ${numGenerations}`
		);
	}
	if (value !== undefined && !Number.isFinite(value)) {
		throw new RangeError(`baselineNoise: value must be finite, got ${value}`);
	}
	const squares = squaredScores(probabilities);
	const signal = gradient.reduce((sum, g) => sum + g * g, 0);
	const expectation = (of: (k: number) => number) => {
		let sum = 0;
		for (let k = 0; k < probabilities.length; k++) sum += probabilities[k] * of(k);
		return sum;
	};
	const ofNumber = (b: number) => expectation((k) => (rewards[k] - b) ** 2 * squares[k]) - signal;
	const best = expectation((k) => rewards[k] * squares[k]) / expectation((k) => squares[k]);
	const subtracted = {
		none: 0,
		value: value ?? meanReward,
		'leave-one-out': meanReward,
		'group-mean': meanReward,
		optimal: best
	}[baseline];

	const G = numGenerations;
	let variance = ofNumber(subtracted) / G;
	if (grouped) {
		const spread = expectation((k) => (rewards[k] - meanReward) ** 2) - signal;
		variance = ((G - 2) * ofNumber(meanReward) + 2 * spread) / (G * (G - 1));
	}
	const shrink = baseline === 'group-mean' ? (G - 1) / G : 1;
	// Differences of near numbers may round below 0.
	variance = Math.max(0, variance) * shrink ** 2;
	return {
		mean: gradient.map((g) => g * shrink),
		variance,
		noise: signal === 0 ? Infinity : Math.sqrt(variance / signal) / shrink,
		subtracted
	};
}

/** |e_k − π|² for each answer: how far one sample of it moves the logits. */
function squaredScores(probabilities: ArrayLike<number>): Float64Array {
	let sum = 0;
	for (let k = 0; k < probabilities.length; k++) sum += probabilities[k] ** 2;
	return Float64Array.from(probabilities, (p) => 1 - 2 * p + sum);
}
