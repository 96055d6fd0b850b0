import type { Stream } from '../core/stream';
import { groupAdvantages } from '../rl/groupAdvantages';
import { evaluateMeta, type MetaEvaluation } from './evaluateMeta';
import { forcedAnswers } from './forcedAnswers';
import { lengthPenalty } from './lengthPenalty';
import { baseMetaPolicy, episodeProbabilities, type MetaPolicy } from './metaPolicy';
import { progress } from './progress';
import { sampleTrace, type Trace } from './sampleTrace';
import { scoreGradient } from './scoreGradient';
import { EPISODES, thinkingBudget, type Episode, type SearchTask } from './searchTask';
import { starFilter } from './starFilter';
import { terminationAdvantages } from './terminationAdvantages';

export type MetaAlgorithm = 'outcome' | 'length-penalty' | 'mrt' | 'mrt-progress' | 'star';

export interface TrainMetaOptions {
	algorithm: MetaAlgorithm;
	task: SearchTask;
	/** π(episode) before training, the same whatever remains. */
	habits: Readonly<Record<Episode, number>>;
	/** Updates (TRL's max_steps). */
	maxSteps: number;
	/** Traces of one problem in a group (num_generations). */
	numGenerations: number;
	/** Problems an update sees; their sizes come from the task in turn. */
	promptsPerStep: number;
	learningRate: number;
	/** scale_rewards of the outcome part. */
	scaleRewards: 'group' | 'batch' | 'none';
	/** loss_type: 'grpo' divides each trace by its decisions, 'dr_grpo' all by the most there can be. */
	lossType: 'grpo' | 'dr_grpo';
	/** Weight of progress in 'mrt' and 'mrt-progress'; 0 is outcome RL. */
	alpha: number;
	/** Forced answers behind each estimate of J, or its exact value. */
	forcedAnswers: number | 'exact';
	/** Price of a full budget of tokens in 'length-penalty'. */
	lengthPenalty: number;
	penalize: 'all' | 'correct';
	/** What 'star' keeps. */
	starSelect: 'outcome' | 'progress';
	/** Stop before the update that would begin with this many tokens generated. */
	maxTrainingTokens: number;
	/** Updates between two evaluations (logging_steps). */
	loggingSteps: number;
}

export interface MetaHistoryPoint extends MetaEvaluation {
	step: number;
	/** Everything generated so far: traces, prefixes, continuations, forced answers. */
	trainingTokens: number;
	traces: number;
	forcedAnswers: number;
	/** Share of outcome groups since the last point in which all rewards were equal. */
	deadGroups: number;
}

export interface MetaRun {
	history: MetaHistoryPoint[];
	policy: MetaPolicy;
	/** True in the last yield. */
	done: boolean;
}

const STOP = EPISODES.indexOf('stop');
/** TRL adds this to the deviation of a group. */
const EPSILON = 1e-4;

/**
 * Trains a tabular policy of the search task, from sampled traces only; every `loggingSteps`
 * updates it yields the whole history so far, each point evaluated exactly.
 *
 * One update takes `promptsPerStep` problems with `numGenerations` traces each and moves the logits
 * by learningRate · g (plain gradient ascent, on-policy, so no ratio and no clipping), where
 *
 *   outcome          g = mean over traces of Σ_i A ∇ ln π(decision_i), A = group-normalised reward
 *   length-penalty   the same with R − lengthPenalty · tokens/budget
 *   mrt              outcome + alpha · continuations: for each problem one trace of the *base* policy
 *                    is cut at a random episode, m forced answers give R_termination, and
 *                    numGenerations on-policy continuations get A = R − R_termination
 *   mrt-progress     outcome + alpha · each episode of the same traces credited with its own
 *                    progress J_{i+1} − J_i alone, J from m forced answers at every boundary
 *   star             log-likelihood of the kept traces (starFilter), no advantages
 *
 * Paper: Qu et al., arXiv 2503.07572; 'mrt' after train/rl/README.md of github.com/CMU-AIRe/MRT,
 * 'mrt-progress' after its per-episode variant (MRT-online). TRL and verl implement neither; the
 * outcome part is their GRPO on rewards 0/1 without a KL term.
 * With alpha = 0, 'mrt' and 'mrt-progress' draw and compute exactly what 'outcome' does.
 *
 * Cost: O(maxSteps · traces · episodes) and one evaluation a yield.
 * Throws RangeError for options outside their range, and as its parts do.
 */
export function* trainMeta(options: TrainMetaOptions, stream: Stream): Generator<MetaRun, void> {
	checkOptions(options);
	const { task, algorithm } = options;
	const base = episodeProbabilities(baseMetaPolicy(options.habits));
	const policy = baseMetaPolicy(options.habits);
	const spentOn: Spent = { tokens: 0, traces: 0, forcedAnswers: 0, groups: 0, deadGroups: 0 };
	const history: MetaHistoryPoint[] = [];
	for (let step = 0; ; step++) {
		const last = step === options.maxSteps || spentOn.tokens >= options.maxTrainingTokens;
		if (last || step % options.loggingSteps === 0) {
			history.push({
				...evaluateMeta(task, policy),
				step,
				trainingTokens: spentOn.tokens,
				traces: spentOn.traces,
				forcedAnswers: spentOn.forcedAnswers,
				deadGroups: spentOn.groups === 0 ? 0 : spentOn.deadGroups / spentOn.groups
			});
			spentOn.groups = 0;
			spentOn.deadGroups = 0;
			yield { history: [...history], policy: policy.slice(), done: last };
		}
		if (last) return;
		const probabilities = episodeProbabilities(policy);
		const draws = stream.split(`step ${step}`);
		const gradient = new Float64Array(policy.length);
		const batch = sampleBatch(options, probabilities, step, draws.split('traces'), spentOn);
		if (algorithm === 'star') {
			addStar(gradient, probabilities, batch, options, draws.split('answers'), spentOn);
		} else {
			addOutcome(gradient, probabilities, batch, options, spentOn);
		}
		if (options.alpha > 0 && algorithm === 'mrt') {
			addContinuations(gradient, probabilities, base, step, options, draws, spentOn);
		}
		if (options.alpha > 0 && algorithm === 'mrt-progress') {
			addProgress(gradient, probabilities, batch, options, draws.split('answers'), spentOn);
		}
		for (let i = 0; i < policy.length; i++) policy[i] += options.learningRate * gradient[i];
	}
}

interface Spent {
	tokens: number;
	traces: number;
	forcedAnswers: number;
	groups: number;
	deadGroups: number;
}

function sizeOf({ task, promptsPerStep }: TrainMetaOptions, step: number, prompt: number): number {
	return task.sizes[(step * promptsPerStep + prompt) % task.sizes.length];
}

function sampleBatch(
	options: TrainMetaOptions,
	probabilities: Float64Array,
	step: number,
	draws: Stream,
	spentOn: Spent
): Trace[] {
	const batch: Trace[] = [];
	for (let prompt = 0; prompt < options.promptsPerStep; prompt++) {
		for (let i = 0; i < options.numGenerations; i++) {
			const trace = sampleTrace(options.task, probabilities, sizeOf(options, step, prompt), draws);
			spentOn.tokens += trace.tokens;
			batch.push(trace);
		}
	}
	spentOn.traces += batch.length;
	return batch;
}

/** What a trace's summed decisions are divided by, the mean over the batch included. */
function divisor(options: TrainMetaOptions, trace: Trace, traces: number): number {
	if (options.lossType === 'grpo') return traces * trace.decisions.length;
	const { test, split, reverify } = options.task.tokens;
	const most = Math.floor(thinkingBudget(options.task) / Math.min(test, split, reverify)) + 1;
	return traces * most;
}

function addOutcome(
	gradient: Float64Array,
	probabilities: Float64Array,
	batch: readonly Trace[],
	options: TrainMetaOptions,
	spentOn: Spent
) {
	let rewards = Float64Array.from(batch, (trace) => trace.reward);
	if (options.algorithm === 'length-penalty') {
		const tokens = batch.map((trace) => trace.tokens);
		rewards = lengthPenalty(rewards, tokens, {
			lengthPenalty: options.lengthPenalty,
			budget: options.task.maxCompletionLength,
			penalize: options.penalize
		});
	}
	const { numGenerations, scaleRewards } = options;
	const { advantages } = groupAdvantages(rewards, {
		numGenerations,
		scaleRewards,
		ddof: 1,
		epsilon: EPSILON
	});
	for (const [i, trace] of batch.entries()) {
		const weight = advantages[i] / divisor(options, trace, batch.length);
		scoreGradient(gradient, probabilities, trace, new Array(trace.decisions.length).fill(weight));
	}
	for (let from = 0; from < batch.length; from += numGenerations) {
		spentOn.groups++;
		const group = rewards.subarray(from, from + numGenerations);
		if (group.every((reward) => reward === group[0])) spentOn.deadGroups++;
	}
}

function addContinuations(
	gradient: Float64Array,
	probabilities: Float64Array,
	base: Float64Array,
	step: number,
	options: TrainMetaOptions,
	draws: Stream,
	spentOn: Spent
) {
	const { task, numGenerations, promptsPerStep } = options;
	const prefixDraws = draws.split('prefixes');
	const answerDraws = draws.split('answers');
	const traceDraws = draws.split('continuations');
	for (let prompt = 0; prompt < promptsPerStep; prompt++) {
		const whole = sampleTrace(task, base, sizeOf(options, step, prompt), prefixDraws);
		const cut = prefixDraws.int(Math.max(1, whole.remaining.length - 1));
		const size = whole.remaining[cut];
		const spent = whole.spent[cut];
		const stopped = estimate(size, options, answerDraws, spentOn);
		const group: Trace[] = [];
		for (let i = 0; i < numGenerations; i++) {
			group.push(sampleTrace(task, probabilities, size, traceDraws, spent));
			spentOn.tokens += group[i].tokens - spent;
		}
		spentOn.tokens += whole.tokens;
		spentOn.traces += numGenerations + 1;
		const rewards = group.map((trace) => trace.reward);
		const { advantages } = terminationAdvantages(rewards, [stopped]);
		for (const [i, trace] of group.entries()) {
			const share = divisor(options, trace, promptsPerStep * numGenerations);
			const weight = (options.alpha * advantages[i]) / share;
			scoreGradient(gradient, probabilities, trace, new Array(trace.decisions.length).fill(weight));
		}
	}
}

function addProgress(
	gradient: Float64Array,
	probabilities: Float64Array,
	batch: readonly Trace[],
	options: TrainMetaOptions,
	draws: Stream,
	spentOn: Spent
) {
	for (const trace of batch) {
		const success = trace.remaining.map((n) => estimate(n, options, draws, spentOn));
		const { rewards } = progress(success);
		const share = divisor(options, trace, batch.length);
		// the last decision (stop, or an episode that no longer fitted) leaves J as it is
		const weights = trace.decisions.map((_, i) =>
			i < rewards.length ? (options.alpha * rewards[i]) / share : 0
		);
		scoreGradient(gradient, probabilities, trace, weights);
	}
}

function addStar(
	gradient: Float64Array,
	probabilities: Float64Array,
	batch: readonly Trace[],
	options: TrainMetaOptions,
	draws: Stream,
	spentOn: Spent
) {
	const { numGenerations, starSelect } = options;
	const kept: Trace[] = [];
	for (let from = 0; from < batch.length; from += numGenerations) {
		const group = batch.slice(from, from + numGenerations);
		const success = group.map((trace) =>
			starSelect === 'outcome'
				? trace.remaining.map(() => 0)
				: trace.remaining.map((n) => estimate(n, options, draws, spentOn))
		);
		for (const { trace, episodes } of starFilter(group, success, starSelect)) {
			const decisions = [...group[trace].decisions.slice(0, episodes), STOP];
			kept.push({ ...group[trace], decisions });
		}
	}
	for (const trace of kept) {
		const weight = 1 / divisor(options, trace, kept.length);
		scoreGradient(gradient, probabilities, trace, new Array(trace.decisions.length).fill(weight));
	}
}

function estimate(
	remaining: number,
	options: TrainMetaOptions,
	draws: Stream,
	spentOn: Spent
): number {
	if (options.forcedAnswers !== 'exact') {
		spentOn.forcedAnswers += options.forcedAnswers;
		spentOn.tokens += options.forcedAnswers * options.task.tokens.stop;
	}
	return forcedAnswers(remaining, options.forcedAnswers, draws);
}

function checkOptions(options: TrainMetaOptions) {
	thinkingBudget(options.task);
	for (const name of ['numGenerations', 'promptsPerStep', 'loggingSteps'] as const) {
		if (!Number.isInteger(options[name]) || options[name] < 1) {
			throw new RangeError(`trainMeta: ${name} must be a positive integer, got ${options[name]}`);
		}
	}
	if (!Number.isInteger(options.maxSteps) || options.maxSteps < 0) {
		throw new RangeError(`trainMeta: maxSteps must be a whole number, got ${options.maxSteps}`);
	}
	for (const name of ['learningRate', 'alpha', 'maxTrainingTokens'] as const) {
		if (!(options[name] >= 0)) {
			throw new RangeError(`trainMeta: ${name} must be at least 0, got ${options[name]}`);
		}
	}
}
