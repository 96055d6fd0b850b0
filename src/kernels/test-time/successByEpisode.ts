import { expectedGain } from './expectedGain';
import { BUCKETS, bucketOf } from './metaPolicy';
import { EPISODES, episodeOutcomes, thinkingBudget, type SearchTask } from './searchTask';

/**
 * J_j of a policy on the search task after j = 0 … maxEpisodes thinking episodes, exactly: the
 * distribution of the candidates remaining, moved on by one episode j times; a trace that has
 * stopped keeps its J. There is no token limit here (episodes differ in price); averaged over the
 * task's sizes. Feed it to cumulativeRegret, with oracleCurve as comparator.
 *
 * `probabilities`: from episodeProbabilities. Cost: O(maxEpisodes · 64).
 * Throws RangeError if the task is none, `probabilities` has another size, or maxEpisodes is not a
 * whole number.
 */
export function successByEpisode(
	task: SearchTask,
	probabilities: Float64Array,
	maxEpisodes: number
): Float64Array {
	thinkingBudget(task);
	const width = EPISODES.length;
	if (probabilities.length !== BUCKETS * width) {
		throw new RangeError(
			`successByEpisode: probabilities must have ${BUCKETS * width} entries, got ${probabilities.length}`
		);
	}
	if (!Number.isInteger(maxEpisodes) || maxEpisodes < 0) {
		throw new RangeError(
			`successByEpisode: maxEpisodes must be a whole number, got ${maxEpisodes}`
		);
	}
	const largest = Math.max(...task.sizes);
	const curve = new Float64Array(maxEpisodes + 1);
	let thinking = new Float64Array(largest + 1);
	for (const size of task.sizes) {
		thinking[size] += 1 / task.sizes.length;
		curve[0] += 1 / size / task.sizes.length;
	}
	for (let j = 1; j <= maxEpisodes; j++) {
		const next = new Float64Array(largest + 1);
		curve[j] = curve[j - 1];
		for (let n = 1; n <= largest; n++) {
			if (thinking[n] === 0) continue;
			for (const [e, episode] of EPISODES.entries()) {
				if (episode === 'stop') continue;
				const mass = thinking[n] * probabilities[bucketOf(n) * width + e];
				for (const outcome of episodeOutcomes(n, episode)) {
					next[outcome.remaining] += mass * outcome.probability;
				}
				curve[j] += mass * expectedGain(n, episode);
			}
		}
		thinking = next;
	}
	return curve;
}
