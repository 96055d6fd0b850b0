import { BUCKETS, bucketOf } from './metaPolicy';
import {
	EPISODES,
	episodeOutcomes,
	LARGEST_SIZE,
	thinkingBudget,
	type SearchTask
} from './searchTask';

const THINKING = EPISODES.filter((episode) => episode !== 'stop');
const STATES = LARGEST_SIZE + 1;

export interface Visit {
	/** Thinking tokens spent when the decision is made. */
	spent: number;
	/** Candidates remaining then. */
	remaining: number;
	/** Chance that a trace makes a decision in this state. */
	probability: number;
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/**
 * Where a policy's thinking passes: for every state (tokens spent, candidates remaining) the exact
 * probability that a trace decides there, by a forward sweep over tokens,
 *
 *     d(0, N) = share of problems of size N,
 *     d(t + c_e, n') += d(t, n) · π(e | n) · P(n' | n, e)   for each thinking episode e.
 *
 * Thinking goes on up to `thinkingTokens` (default: the task's thinking budget); an episode that
 * would pass it is not begun. No sampling: expectations over these visits are exact.
 *
 * Cost: O(thinkingTokens/unit · 64), where unit is the greatest common divisor of the prices.
 * Throws RangeError if the task is none, `probabilities` has another size, or thinkingTokens is
 * not a whole number.
 */
export function visitation(
	task: SearchTask,
	probabilities: Float64Array,
	thinkingTokens = thinkingBudget(task)
): Visit[] {
	const width = EPISODES.length;
	if (probabilities.length !== BUCKETS * width) {
		throw new RangeError(
			`visitation: probabilities must have ${BUCKETS * width} entries, got ${probabilities.length}`
		);
	}
	if (!Number.isInteger(thinkingTokens) || thinkingTokens < 0) {
		throw new RangeError(
			`visitation: thinkingTokens must be a whole number, got ${thinkingTokens}`
		);
	}
	thinkingBudget(task);
	const unit = THINKING.map((episode) => task.tokens[episode]).reduce(greatestCommonDivisor);
	const steps = Math.floor(thinkingTokens / unit);
	const mass = new Float64Array((steps + 1) * STATES);
	for (const size of task.sizes) mass[size] += 1 / task.sizes.length;
	const visits: Visit[] = [];
	for (let t = 0; t <= steps; t++) {
		for (let n = 1; n < STATES; n++) {
			const probability = mass[t * STATES + n];
			if (probability === 0) continue;
			visits.push({ spent: t * unit, remaining: n, probability });
			const row = bucketOf(n) * width;
			for (const [e, episode] of EPISODES.entries()) {
				if (episode === 'stop') continue;
				const after = t + task.tokens[episode] / unit;
				if (after > steps) continue;
				for (const outcome of episodeOutcomes(n, episode)) {
					mass[after * STATES + outcome.remaining] +=
						probability * probabilities[row + e] * outcome.probability;
				}
			}
		}
	}
	return visits;
}
