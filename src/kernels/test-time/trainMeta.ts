import type { Stream } from '../core/stream';
import { continuationGradient } from './continuationGradient';
import { evaluateMeta, type MetaEvaluation } from './evaluateMeta';
import { baseMetaPolicy, episodeProbabilities, type MetaPolicy } from './metaPolicy';
import { outcomeGradient } from './outcomeGradient';
import { progressGradient } from './progressGradient';
import { sampleTrace, type Trace } from './sampleTrace';
import { starGradient } from './starGradient';
import {
	checkTrainMetaOptions,
	promptSize,
	TRAIN_META_DEFAULTS,
	type TrainingCost,
	type TrainMetaOptions
} from './trainMetaOptions';

export interface MetaHistoryPoint extends MetaEvaluation {
	step: number;
	/** Generated so far: traces, base prefixes, continuations and forced answers. */
	cost: TrainingCost;
	/** Share of outcome groups since the last point whose rewards were all equal. */
	deadGroups: number;
}

export interface MetaRun {
	/** From step 0 to now. */
	history: MetaHistoryPoint[];
	policy: MetaPolicy;
	/** True in the last yield. */
	done: boolean;
}

/**
 * Trains a tabular policy of the search task from sampled traces alone, and every `loggingSteps`
 * updates yields the whole history so far, each point evaluated exactly (evaluateMeta).
 *
 * One update takes `promptsPerStep` problems with `numGenerations` traces each and moves the logits
 * by learningRate · g (plain gradient ascent, on-policy: no ratio, no clipping, no KL term):
 *
 *   outcome          outcomeGradient: GRPO on rewards 0/1
 *   length-penalty   the same with R − lengthPenalty · tokens/budget
 *   mrt              outcome + continuationGradient (A = R − R_termination from prefixes)
 *   mrt-progress     outcome + progressGradient (each episode its own progress)
 *   star             starGradient alone (imitate the kept traces)
 *
 * Runs of different algorithms are comparable at equal `cost.tokens`, which counts everything that
 * was generated; `maxTrainingTokens` ends a run there. With alpha = 0, 'mrt' and 'mrt-progress' draw
 * and compute exactly what 'outcome' does.
 *
 * Paper: Qu et al., arXiv 2503.07572. TRL and verl implement neither form of MRT.
 * Cost: O(updates · traces · episodes) and one evaluation a yield; the defaults take some 20 to 150 ms.
 * Throws RangeError for options outside their range, and as its parts do.
 */
export function* trainMeta(
	overrides: Partial<TrainMetaOptions>,
	stream: Stream
): Generator<MetaRun, void> {
	const options = { ...TRAIN_META_DEFAULTS, ...overrides };
	checkTrainMetaOptions(options);
	const { task, algorithm, alpha } = options;
	const policy = baseMetaPolicy(options.habits);
	const base = episodeProbabilities(policy);
	const cost: TrainingCost = { tokens: 0, traces: 0, forcedAnswers: 0 };
	const history: MetaHistoryPoint[] = [];
	let deadGroups: number[] = [];
	for (let step = 0; ; step++) {
		const done = step === options.maxSteps || cost.tokens >= options.maxTrainingTokens;
		if (done || step % options.loggingSteps === 0) {
			const dead = deadGroups.reduce((sum, share) => sum + share, 0);
			history.push({
				...evaluateMeta(task, policy),
				step,
				cost: { ...cost },
				deadGroups: deadGroups.length === 0 ? 0 : dead / deadGroups.length
			});
			deadGroups = [];
			yield { history: [...history], policy: policy.slice(), done };
		}
		if (done) return;
		const draws = stream.split(`step ${step}`);
		const probabilities = episodeProbabilities(policy);
		const gradient = new Float64Array(policy.length);
		const batch = sampleBatch(options, probabilities, step, draws.split('traces'), cost);
		if (algorithm === 'star') {
			starGradient(gradient, probabilities, batch, options, draws.split('answers'), cost);
		} else {
			deadGroups.push(outcomeGradient(gradient, probabilities, batch, options).deadGroups);
		}
		if (algorithm === 'mrt' && alpha > 0) {
			continuationGradient(gradient, probabilities, base, step, options, draws, cost);
		}
		if (algorithm === 'mrt-progress' && alpha > 0) {
			progressGradient(gradient, probabilities, batch, options, draws.split('answers'), cost);
		}
		for (let i = 0; i < policy.length; i++) policy[i] += options.learningRate * gradient[i];
	}
}

function sampleBatch(
	options: TrainMetaOptions,
	probabilities: Float64Array,
	step: number,
	draws: Stream,
	cost: TrainingCost
): Trace[] {
	const batch: Trace[] = [];
	for (let prompt = 0; prompt < options.promptsPerStep; prompt++) {
		const size = promptSize(options, step, prompt);
		for (let i = 0; i < options.numGenerations; i++) {
			const trace = sampleTrace(options.task, probabilities, size, draws);
			cost.tokens += trace.tokens;
			batch.push(trace);
		}
	}
	cost.traces += batch.length;
	return batch;
}
