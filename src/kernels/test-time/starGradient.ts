import type { Stream } from '../core/stream';
import { forcedAnswers } from './forcedAnswers';
import type { Trace } from './sampleTrace';
import { scoreGradient } from './scoreGradient';
import { EPISODES } from './searchTask';
import { starFilter } from './starFilter';
import { lossDivisor, type TrainingCost, type TrainMetaOptions } from './trainMetaOptions';

const STOP = EPISODES.indexOf('stop');

/**
 * Adds the gradient of supervised fine-tuning on the traces that starFilter keeps: the mean
 * log-likelihood of their decisions up to the cut, and of a stop there. No advantages: what is not
 * kept teaches nothing.
 *
 * `batch`: groups of numGenerations traces of one problem each. Forced answers ('progress' only)
 * are added to `cost`. Returns the traces learnt from. Cost: O(decisions · answers).
 * Throws RangeError as its parts do.
 */
export function starGradient(
	gradient: Float64Array,
	probabilities: Float64Array,
	batch: readonly Trace[],
	options: TrainMetaOptions,
	stream: Stream,
	cost: TrainingCost
): Trace[] {
	const { numGenerations, starSelect } = options;
	const kept: Trace[] = [];
	for (let from = 0; from < batch.length; from += numGenerations) {
		const group = batch.slice(from, from + numGenerations);
		const success = group.map(({ remaining }) =>
			starSelect === 'outcome'
				? remaining.map(() => 0)
				: remaining.map((n) => forcedAnswers(n, options, stream, cost))
		);
		for (const { trace, episodes } of starFilter(group, success, starSelect)) {
			const decisions = [...group[trace].decisions.slice(0, episodes), STOP];
			kept.push({ ...group[trace], decisions });
		}
	}
	for (const trace of kept) {
		const weight = 1 / lossDivisor(options, trace, kept.length);
		scoreGradient(gradient, probabilities, trace, weight);
	}
	return kept;
}
