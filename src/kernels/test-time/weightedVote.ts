export interface Vote {
	/** The answer given; null when the sample ended without one. */
	answer: string | null;
	/** Mean natural-log probability of the sample's tokens. */
	meanLogProbability: number;
}

export interface WeightedVote {
	/** Summed weight of each answer, in the order first seen. */
	totals: Map<string, number>;
	/** The heaviest answer; of equals the one seen first; null when no vote names an answer. */
	winner: string | null;
	/** 1 if `correct` alone is heaviest, 0.5 if another answer weighs the same, else 0. */
	score: number;
}

/**
 * A vote in which each sample weighs base^(mean token log-probability).
 *
 *     w = base^{ℓ},  ℓ = (1/T) Σ_t ln p(token_t)
 *
 * base 2 is what github.com/CMU-AIRe/MRT does (regret_additional.ipynb), although its ℓ is a
 * natural logarithm: its weight is the geometric mean token probability to the power ln 2 ≈ 0.69.
 * base e gives that mean itself; base 1 counts heads (and `winner` is then verl's calc_maj_val).
 * A sample without an answer takes no part, as in the notebook; a tie scores 0.5 however many
 * answers share it.
 * Cost: O(votes). Throws RangeError for no votes, a base that is not positive, or a log-probability
 * that is positive or NaN.
 * Worked value: A at −.1 weighs .9330; B at −.2 and −1.5 weighs .8706 + .3536 = 1.2241, so B wins.
 */
export function weightedVote(
	votes: readonly Vote[],
	correct: string,
	{ base = 2 }: { base?: number } = {}
): WeightedVote {
	if (votes.length === 0) throw new RangeError('weightedVote: votes must not be empty');
	if (!(base > 0 && base < Infinity)) {
		throw new RangeError(`weightedVote: base must be positive and finite, got ${base}`);
	}
	const totals = new Map<string, number>();
	for (const [i, { answer, meanLogProbability }] of votes.entries()) {
		if (!(meanLogProbability <= 0)) {
			throw new RangeError(
				`weightedVote: votes[${i}].meanLogProbability must be at most 0, got ${meanLogProbability}`
			);
		}
		if (answer === null) continue;
		totals.set(answer, (totals.get(answer) ?? 0) + base ** meanLogProbability);
	}
	let winner: string | null = null;
	let heaviestOther = -Infinity;
	for (const [answer, weight] of totals) {
		if (winner === null || weight > totals.get(winner)!) winner = answer;
		if (answer !== correct) heaviestOther = Math.max(heaviestOther, weight);
	}
	const own = totals.get(correct) ?? -Infinity;
	const score = own > heaviestOther ? 1 : own === heaviestOther && own !== -Infinity ? 0.5 : 0;
	return { totals, winner, score };
}
