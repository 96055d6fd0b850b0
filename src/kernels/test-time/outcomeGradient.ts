import { groupAdvantages } from '../rl/groupAdvantages';
import { lengthPenalty } from './lengthPenalty';
import type { Trace } from './sampleTrace';
import { scoreGradient } from './scoreGradient';
import { lossDivisor, type TrainMetaOptions } from './trainMetaOptions';

/**
 * Adds GRPO's gradient on the outcome to `gradient`: every decision of a trace gets the trace's
 * group-normalised reward as advantage (groupAdvantages with TRL's ε), whatever it contributed. For
 * 'length-penalty' the rewards are priced first.
 *
 * `batch`: groups of numGenerations traces of one problem each, in order.
 * Returns the rewards, the advantages and the share of dead groups (all rewards equal, so nothing
 * is learnt from them). Cost: O(decisions). Throws RangeError as its parts do.
 */
export function outcomeGradient(
	gradient: Float64Array,
	probabilities: Float64Array,
	batch: readonly Trace[],
	options: TrainMetaOptions
): { rewards: number[]; advantages: number[]; deadGroups: number } {
	const { numGenerations, scaleRewards, algorithm, task } = options;
	let rewards = batch.map((trace) => trace.reward);
	if (algorithm === 'length-penalty') {
		const tokens = batch.map((trace) => trace.tokens);
		rewards = lengthPenalty(rewards, tokens, {
			lengthPenalty: options.lengthPenalty,
			budget: task.maxCompletionLength,
			penalize: options.penalize
		});
	}
	const { advantages } = groupAdvantages(rewards, { numGenerations, scaleRewards });
	for (const [i, trace] of batch.entries()) {
		const weight = advantages[i] / lossDivisor(options, trace, batch.length);
		scoreGradient(gradient, probabilities, trace, weight);
	}
	let dead = 0;
	for (let from = 0; from < rewards.length; from += numGenerations) {
		const group = rewards.slice(from, from + numGenerations);
		if (group.every((reward) => reward === group[0])) dead++;
	}
	return { rewards, advantages, deadGroups: (dead * numGenerations) / rewards.length };
}
