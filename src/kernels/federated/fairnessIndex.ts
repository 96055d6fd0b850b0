export interface FairnessIndex {
	/** 1/(1 + CoV²), in [1/n, 1]. */
	index: number;
	mean: number;
	/** Over the groups, divided by n. */
	standardDeviation: number;
	/** standardDeviation / mean. */
	coefficientOfVariation: number;
	/** The worst served group's score, which the index alone does not show. */
	lowest: number;
}

/**
 * The fairness index of alignment scores over groups, FI = 1/(1 + CoV²) with CoV = std/mean and the
 * population standard deviation (divided by n): then FI equals Jain's index of the same scores.
 * It is blind to the level: scores (.2, .2) give 1.
 *
 * Cost: O(n). Throws RangeError for no scores, a score below 0 or not finite, or only zeros.
 * Worked value: fairnessIndex([.8, .6]): mean .7, std .1, index .98.
 */
export function fairnessIndex(scores: ArrayLike<number>): FairnessIndex {
	if (scores.length === 0) throw new RangeError('fairnessIndex: scores must not be empty');
	let mean = 0;
	let lowest = Infinity;
	for (let i = 0; i < scores.length; i++) {
		if (!(scores[i] >= 0 && scores[i] < Infinity)) {
			throw new RangeError(
				`fairnessIndex: scores[${i}] must be at least 0 and finite, got ${scores[i]}`
			);
		}
		mean += scores[i] / scores.length;
		lowest = Math.min(lowest, scores[i]);
	}
	if (mean === 0) throw new RangeError('fairnessIndex: scores must not all be 0');
	let variance = 0;
	for (let i = 0; i < scores.length; i++) variance += (scores[i] - mean) ** 2 / scores.length;
	const standardDeviation = Math.sqrt(variance);
	const coefficientOfVariation = standardDeviation / mean;
	const index = 1 / (1 + coefficientOfVariation ** 2);
	return { index, mean, standardDeviation, coefficientOfVariation, lowest };
}
