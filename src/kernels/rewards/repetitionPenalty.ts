export interface RepetitionOptions {
	/** n of the n-grams. TRL's default: 3. */
	ngramSize?: number;
	/** What an answer of nothing but repetition approaches, ≤ 0. TRL's default: −1. */
	maxPenalty?: number;
}

export interface Repetition {
	/** To be added to the reward. */
	penalty: number;
	/** Different n-grams. */
	unique: number;
	/** All n-grams: tokens − n + 1, or 0. */
	total: number;
}

/**
 * A penalty on repeated n-grams of token ids:
 *
 *     (1 − different n-grams / all n-grams) · maxPenalty
 *
 * Answers shorter than n have no n-gram and no penalty. Long answers repeat some n-grams by necessity;
 * loops repeat nearly all.
 *
 * Paper: Yeo et al., "Demystifying Long Chain-of-Thought Reasoning", arXiv 2502.03373, appendix C.2;
 * this is TRL's get_repetition_penalty_reward at f2cd5771.
 * Cost: O(tokens · n). Throws RangeError for n that is not a positive integer or a maxPenalty that is
 * positive or not finite.
 * Worked value: ids (5, 5, 5, 5, 5), n = 2: 1 of 4, penalty −0.75.
 */
export function repetitionPenalty(
	completionIds: readonly number[],
	{ ngramSize = 3, maxPenalty = -1 }: RepetitionOptions = {}
): Repetition {
	if (!Number.isInteger(ngramSize) || ngramSize < 1) {
		throw new RangeError(
			`repetitionPenalty: ngramSize must be a positive integer, got ${ngramSize}`
		);
	}
	if (!(maxPenalty <= 0 && maxPenalty > -Infinity)) {
		throw new RangeError(`repetitionPenalty: maxPenalty must be finite and ≤ 0, got ${maxPenalty}`);
	}
	const total = Math.max(0, completionIds.length - ngramSize + 1);
	const seen = new Set<string>();
	for (let i = 0; i < total; i++) seen.add(completionIds.slice(i, i + ngramSize).join(' '));
	const unique = seen.size;
	return { penalty: unique === total ? 0 : (1 - unique / total) * maxPenalty, unique, total };
}
