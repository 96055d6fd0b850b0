/**
 * The progress of each episode of a thinking trace: how much it changed the chance of being right
 * if forced to answer now. With J_j the success probability after j episodes (J_0 before the first),
 *
 *     r_j = J_{j+1} − J_j,   j = 0 … k−1.
 *
 * A trace's progress telescopes: Σ_j r_j = J_k − J_0 whatever happened between, so the sum over a
 * whole trace says nothing about how soon the answer was within reach (see cumulativeRegret.ts).
 * Progress may be negative (an episode that talks the model out of the right answer).
 *
 * Paper: Qu et al., arXiv 2503.07572, "progress" r_prg (there J is the success of the meta-prover μ).
 * Cost: O(k). Throws RangeError for an empty curve or a value outside [0, 1].
 * Worked value: progress([.1, .3, .25, .6, .9]).rewards ≈ [.2, −.05, .35, .3], total ≈ .8.
 */
export function progress(successCurve: ArrayLike<number>): {
	/** r_j, one per episode (length k). */
	rewards: Float64Array;
	/** J_k − J_0. */
	total: number;
	/** The first j at which J_j is highest: episodes after it make no further progress in total. */
	peak: number;
} {
	const points = successCurve.length;
	if (points === 0) throw new RangeError('progress: successCurve must hold at least J_0, got none');
	let peak = 0;
	for (let j = 0; j < points; j++) {
		const success = successCurve[j];
		if (!(success >= 0 && success <= 1)) {
			throw new RangeError(`progress: successCurve[${j}] must be in [0, 1], got ${success}`);
		}
		if (success > successCurve[peak]) peak = j;
	}
	const rewards = new Float64Array(points - 1);
	for (let j = 0; j + 1 < points; j++) rewards[j] = successCurve[j + 1] - successCurve[j];
	return { rewards, total: successCurve[points - 1] - successCurve[0], peak };
}
