/** What a thinking trace can do next. `stop` ends the thinking and answers. */
export const EPISODES = ['test', 'split', 'reverify', 'stop'] as const;
export type Episode = (typeof EPISODES)[number];

export interface SearchTask {
	/** The problems: in each, one of `size` candidates is the answer. All sizes are equally likely. */
	sizes: readonly number[];
	/** Tokens that an episode takes; `stop` is the price of answering, also of a forced answer. */
	tokens: Readonly<Record<Episode, number>>;
	/** TRL's max_completion_length: tokens for thinking and answer together. */
	maxCompletionLength: number;
	/**
	 * A trace whose thinking has used up the budget: `wrong` (no answer came, reward 0) or `answer`
	 * (budget forcing: it answers with what it has).
	 */
	truncation: 'wrong' | 'answer';
}

export const LARGEST_SIZE = 64;

/**
 * A search in which thinking helps and the success of a forced answer is known exactly.
 *
 * The answer is one of n remaining candidates, each equally likely. `test` looks at one candidate:
 * found with probability 1/n, else n−1 remain. `split` asks in which half the answer lies: the
 * larger half ⌈n/2⌉ with probability ⌈n/2⌉/n, else ⌊n/2⌋. `reverify` goes over known ground: n stays.
 * Which candidate or halves are taken is drawn anew in each trace. Forced to answer, the trace
 * picks one of the n evenly, so the paper's J_r(x; μ(·|x, z_0:j)) is exactly 1/n.
 *
 * Any question with two answers that can both still come up lifts the *expected* success of a
 * forced answer from 1/n to 2/n, `test` and `split` alike (derived: Σ_outcomes (n'/n)·(1/n') counts
 * the outcomes). They differ in what is left to ask: that is what a later episode lives on.
 *
 * Returns what may remain after the episode, with probabilities. Cost: O(1).
 * Throws RangeError for `remaining` that is not an integer in 1 … 64.
 * Worked value: episodeOutcomes(5, 'split') = 3 with probability .6, 2 with .4.
 */
export function episodeOutcomes(
	remaining: number,
	episode: Exclude<Episode, 'stop'>
): { remaining: number; probability: number }[] {
	checkSize('episodeOutcomes', 'remaining', remaining);
	if (remaining === 1 || episode === 'reverify') return [{ remaining, probability: 1 }];
	const found = episode === 'test' ? 1 : Math.ceil(remaining / 2);
	return [
		{ remaining: found, probability: found / remaining },
		{ remaining: remaining - found, probability: 1 - found / remaining }
	];
}

/**
 * Tokens left for thinking: the budget less the price of the answer.
 * Throws RangeError where the task is not one: no sizes, a size outside 1 … 64, a token price that
 * is not a positive integer, a budget in which no answer fits.
 */
export function thinkingBudget(task: SearchTask): number {
	if (task.sizes.length === 0) throw new RangeError('searchTask: sizes must not be empty');
	for (const size of task.sizes) checkSize('searchTask', 'sizes', size);
	for (const episode of EPISODES) {
		const price = task.tokens[episode];
		if (!Number.isInteger(price) || price < 1) {
			throw new RangeError(
				`searchTask: tokens.${episode} must be a positive integer, got ${price}`
			);
		}
	}
	const budget = task.maxCompletionLength;
	if (!Number.isInteger(budget) || budget < task.tokens.stop) {
		throw new RangeError(
			`searchTask: maxCompletionLength must be an integer of at least tokens.stop = ${task.tokens.stop}, got ${budget}`
		);
	}
	return budget - task.tokens.stop;
}

function checkSize(caller: string, name: string, size: number) {
	if (!Number.isInteger(size) || size < 1 || size > LARGEST_SIZE) {
		throw new RangeError(
			`${caller}: ${name} must be an integer in 1 … ${LARGEST_SIZE}, got ${size}`
		);
	}
}
