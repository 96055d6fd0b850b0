import type { Stream } from '../core/stream';
import { forcedAnswers } from './forcedAnswers';
import { sampleTrace, type Trace } from './sampleTrace';
import { scoreGradient } from './scoreGradient';
import { terminationAdvantages } from './terminationAdvantages';
import {
	lossDivisor,
	promptSize,
	type TrainingCost,
	type TrainMetaOptions
} from './trainMetaOptions';

export interface Continuations {
	/** Candidates remaining where the prefix was cut. */
	remaining: number;
	/** Tokens the prefix had spent. */
	spent: number;
	/** R_termination: what forced answers earned there. */
	termination: number;
	traces: Trace[];
	advantages: Float64Array;
}

/**
 * Adds alpha times the gradient of MRT's RL variant to `gradient`: for each problem of the step one
 * trace of the *base* policy is cut before a random thinking episode; forced answers there give
 * R_termination; numGenerations on-policy continuations get A = R − R_termination on every decision
 * (or, to see what the baseline does, A = R − group mean).
 *
 * The whole base trace, the forced answers and the new tokens of the continuations are added to
 * `cost`. Paper: arXiv 2503.07572, Fig. 6; code: train/rl/README.md of github.com/CMU-AIRe/MRT.
 * Cost: O(decisions). Throws RangeError as its parts do.
 */
export function continuationGradient(
	gradient: Float64Array,
	probabilities: Float64Array,
	base: Float64Array,
	step: number,
	options: TrainMetaOptions,
	stream: Stream,
	cost: TrainingCost
): Continuations[] {
	const { task, numGenerations, promptsPerStep } = options;
	const prefixDraws = stream.split('prefixes');
	const answerDraws = stream.split('answers');
	const traceDraws = stream.split('continuations');
	const result: Continuations[] = [];
	for (let prompt = 0; prompt < promptsPerStep; prompt++) {
		const whole = sampleTrace(task, base, promptSize(options, step, prompt), prefixDraws);
		const cut = prefixDraws.int(Math.max(1, whole.remaining.length - 1));
		const remaining = whole.remaining[cut];
		const spent = whole.spent[cut];
		cost.tokens += whole.tokens;
		const termination = forcedAnswers(remaining, options, answerDraws, cost);
		const traces: Trace[] = [];
		for (let i = 0; i < numGenerations; i++) {
			traces.push(sampleTrace(task, probabilities, remaining, traceDraws, spent));
			cost.tokens += traces[i].tokens - spent;
		}
		cost.traces += numGenerations + 1;
		const rewards = traces.map((trace) => trace.reward);
		const baseline = options.continuationBaseline === 'group' ? rewards : [termination];
		const { advantages } = terminationAdvantages(rewards, baseline);
		for (const [i, trace] of traces.entries()) {
			const divisor = lossDivisor(options, trace, promptsPerStep * numGenerations);
			const weight = (options.alpha * advantages[i]) / divisor;
			scoreGradient(gradient, probabilities, trace, weight);
		}
		result.push({ remaining, spent, termination, traces, advantages });
	}
	return result;
}
