import { episodeOutcomes, type Episode } from './searchTask';

/**
 * Expected progress of one episode of the search task: E[1/n'] − 1/n.
 *
 * A question with two possible answers gives E[1/n'] = Σ_outcomes (n'/n)·(1/n') = 2/n, whichever
 * question it is: 1/n of progress for `test` and `split` alike, and 0 for `reverify` or where one
 * candidate is left (derived). Progress one episode ahead cannot tell a good question from a poor one.
 *
 * Cost: O(1). Throws RangeError for `remaining` that is not an integer in 1 … 64.
 * Worked value: expectedGain(16, 'split') = expectedGain(16, 'test') = 1/16.
 */
export function expectedGain(remaining: number, episode: Exclude<Episode, 'stop'>): number {
	const outcomes = episodeOutcomes(remaining, episode);
	if (outcomes.length === 1) return 0;
	let success = 0;
	for (const outcome of outcomes) success += outcome.probability / outcome.remaining;
	return success - 1 / remaining;
}
