/**
 * Rewards with a price on tokens:
 *
 *     R'_i = R_i − lengthPenalty · tokens_i / budget        ('all', or right traces only).
 *
 * With `penalize: 'all'` and advantages divided by the group's deviation, a group in which every trace
 * is wrong still has a winner, the shortest, and the division makes its advantage full-sized however
 * low the price: hard problems are given up. 'correct' prices right answers only, so such a group
 * stays silent (derived).
 *
 * The paper compares MRT with a length penalty (arXiv 2503.07572, Table 1) whose exact form was not
 * released; this linear one is ours.
 * Cost: O(n). Throws RangeError for lists of different length, a penalty below 0, or a budget that
 * is not positive.
 * Worked value: rewards (1, 1, 0), tokens (400, 800, 200), budget 1000, penalty .5: (.8, .6, −.1).
 */
export function lengthPenalty(
	rewards: readonly number[],
	tokens: readonly number[],
	{
		lengthPenalty: price,
		budget,
		penalize = 'all'
	}: { lengthPenalty: number; budget: number; penalize?: 'all' | 'correct' }
): number[] {
	if (rewards.length !== tokens.length) {
		throw new RangeError(
			`lengthPenalty: tokens must have ${rewards.length} entries, got ${tokens.length}`
		);
	}
	if (!(price >= 0 && price < Infinity)) {
		throw new RangeError(`lengthPenalty: lengthPenalty must be at least 0, got ${price}`);
	}
	if (!(budget > 0)) throw new RangeError(`lengthPenalty: budget must be positive, got ${budget}`);
	return rewards.map((reward, i) =>
		penalize === 'correct' && reward <= 0 ? reward : reward - (price * tokens[i]) / budget
	);
}
