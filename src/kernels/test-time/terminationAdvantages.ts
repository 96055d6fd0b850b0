/**
 * MRT's advantage for continuations of one prefix: the reward less what stopping there would have
 * earned,
 *
 *     A_i = R_i − R_termination,   R_termination = mean of the forced answers' rewards,
 *
 * in place of GRPO's R_i − mean of the group. An episode that finds nothing out and then answers has
 * E[R] = R_termination: its expected advantage is 0, not positive because the trace ended right.
 * All continuations of a prefix share the baseline, so it moves no expected gradient (derived); it
 * decides what a trace must beat, and with that the noise.
 *
 * Code: train/rl/README.md of github.com/CMU-AIRe/MRT ("termination reward baseline"), without
 * division by a deviation.
 * Cost: O(n). Throws RangeError for no rewards, no termination rewards, or a value that is not finite.
 * Worked value: rewards (1, 0), termination rewards with mean .3: (.7, −.3).
 */
export function terminationAdvantages(
	rewards: ArrayLike<number>,
	terminationRewards: ArrayLike<number>
): { advantages: Float64Array; baseline: number } {
	const lists = { rewards, terminationRewards };
	for (const [name, list] of Object.entries(lists)) {
		if (list.length === 0) throw new RangeError(`terminationAdvantages: ${name} must not be empty`);
		for (let i = 0; i < list.length; i++) {
			if (!Number.isFinite(list[i])) {
				throw new RangeError(`terminationAdvantages: ${name}[${i}] must be finite, got ${list[i]}`);
			}
		}
	}
	let baseline = 0;
	for (let i = 0; i < terminationRewards.length; i++) baseline += terminationRewards[i];
	baseline /= terminationRewards.length;
	return { advantages: Float64Array.from(rewards, (reward) => reward - baseline), baseline };
}
