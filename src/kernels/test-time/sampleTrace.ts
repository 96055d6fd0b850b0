import { categorical } from '../core/categorical';
import type { Stream } from '../core/stream';
import { BUCKETS, bucketOf } from './metaPolicy';
import { EPISODES, episodeOutcomes, thinkingBudget, type SearchTask } from './searchTask';

export interface Trace {
	/** Index into EPISODES of each decision, a final `stop` among them. */
	decisions: number[];
	/** Candidates remaining at each decision, and after the last episode (one more than thinking episodes). */
	remaining: number[];
	/** Tokens spent when each entry of `remaining` was reached, without the answer. */
	spent: number[];
	/** Tokens in all, the answer included where one was given. */
	tokens: number;
	/** The budget ran out before a stop. */
	truncated: boolean;
	/** 1 if the answer was right. */
	reward: number;
}

/**
 * One trace of the policy on a problem of `size` candidates, or its continuation from a prefix
 * that has already spent `spent` tokens and left `size` candidates.
 *
 * Each decision is drawn from the row of what remains; an episode that no longer fits into the
 * thinking budget ends the trace (`truncated`). The answer is right with probability 1/remaining.
 *
 * `probabilities`: from episodeProbabilities. Cost: O(episodes).
 * Throws RangeError if the task is none or `probabilities` has another size.
 */
export function sampleTrace(
	task: SearchTask,
	probabilities: Float64Array,
	size: number,
	stream: Stream,
	spent = 0
): Trace {
	const width = EPISODES.length;
	if (probabilities.length !== BUCKETS * width) {
		throw new RangeError(
			`sampleTrace: probabilities must have ${BUCKETS * width} entries, got ${probabilities.length}`
		);
	}
	const budget = thinkingBudget(task);
	const trace: Trace = {
		decisions: [],
		remaining: [size],
		spent: [spent],
		tokens: spent,
		truncated: false,
		reward: 0
	};
	let n = size;
	for (;;) {
		const row = bucketOf(n) * width;
		const decision = categorical(stream, probabilities.subarray(row, row + width));
		const episode = EPISODES[decision];
		trace.decisions.push(decision);
		if (episode === 'stop') break;
		if (trace.tokens + task.tokens[episode] > budget) {
			trace.truncated = true;
			break;
		}
		trace.tokens += task.tokens[episode];
		const outcomes = episodeOutcomes(n, episode);
		n = outcomes[stream.uniform() < outcomes[0].probability ? 0 : 1].remaining;
		trace.remaining.push(n);
		trace.spent.push(trace.tokens);
	}
	trace.tokens = trace.truncated ? task.maxCompletionLength : trace.tokens + task.tokens.stop;
	if (trace.truncated && task.truncation === 'wrong') return trace;
	trace.reward = stream.uniform() * n < 1 ? 1 : 0;
	return trace;
}
