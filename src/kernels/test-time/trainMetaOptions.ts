import type { Trace } from './sampleTrace';
import { thinkingBudget, type Episode, type SearchTask } from './searchTask';

export type MetaAlgorithm = 'outcome' | 'length-penalty' | 'mrt' | 'mrt-progress' | 'star';

/** Names as in TRL where TRL has them (in brackets where it spells them otherwise). */
export interface TrainMetaOptions {
	algorithm: MetaAlgorithm;
	task: SearchTask;
	/** π(episode) before training, the same whatever remains. */
	habits: Readonly<Record<Episode, number>>;
	/** Updates at most (max_steps). */
	maxSteps: number;
	/** No update begins once this many tokens have been generated, whatever they were for. */
	maxTrainingTokens: number;
	/** Traces of one problem in a group (num_generations). */
	numGenerations: number;
	/** Problems an update sees; their sizes are taken from the task in turn. */
	promptsPerStep: number;
	learningRate: number;
	/** How outcome rewards are scaled within a group (scale_rewards). */
	scaleRewards: 'group' | 'batch' | 'none';
	/** loss_type: 'grpo' divides each trace by its own decisions, 'dr_grpo' all by the most there can be. */
	lossType: 'grpo' | 'dr_grpo';
	/** Weight of progress in 'mrt' and 'mrt-progress'; 0 is outcome RL. */
	alpha: number;
	/** Forced answers behind each estimate of J, or its exact value (which costs no tokens here). */
	forcedAnswers: number | 'exact';
	/** What 'mrt' subtracts from the rewards of its continuations: R_termination, or GRPO's group mean. */
	continuationBaseline: 'termination' | 'group';
	/** Price of a full budget of tokens in 'length-penalty'. */
	lengthPenalty: number;
	/** Whether 'length-penalty' prices every trace or right ones only. */
	penalize: 'all' | 'correct';
	/** What 'star' keeps. */
	starSelect: 'outcome' | 'progress';
	/** Updates between two evaluations (logging_steps). */
	loggingSteps: number;
}

/**
 * A model that mostly checks itself, on problems of three difficulties, with far more tokens than
 * the hardest needs (halving 64 candidates takes 1,225): the setting in which outcome RL has
 * nothing to push it towards using them well.
 */
export const TRAIN_META_DEFAULTS: TrainMetaOptions = {
	algorithm: 'outcome',
	task: {
		sizes: [4, 16, 64],
		tokens: { test: 100, split: 200, reverify: 100, stop: 25 },
		maxCompletionLength: 4800,
		truncation: 'wrong'
	},
	habits: { test: 0.2, split: 0.05, reverify: 0.7, stop: 0.05 },
	maxSteps: 1000,
	maxTrainingTokens: 5_000_000,
	numGenerations: 8,
	promptsPerStep: 3,
	learningRate: 6,
	scaleRewards: 'group',
	lossType: 'grpo',
	alpha: 1,
	forcedAnswers: 4,
	continuationBaseline: 'termination',
	lengthPenalty: 1,
	penalize: 'all',
	starSelect: 'progress',
	loggingSteps: 5
};

/** What training has generated so far. */
export interface TrainingCost {
	tokens: number;
	traces: number;
	forcedAnswers: number;
}

/** The size of a step's problem: the task's sizes in turn. */
export function promptSize(options: TrainMetaOptions, step: number, prompt: number): number {
	const { task, promptsPerStep } = options;
	return task.sizes[(step * promptsPerStep + prompt) % task.sizes.length];
}

/** What each decision of a trace is divided by in the loss, the mean over `traces` included. */
export function lossDivisor(options: TrainMetaOptions, trace: Trace, traces: number): number {
	if (options.lossType === 'grpo') return traces * trace.decisions.length;
	const { test, split, reverify } = options.task.tokens;
	const most = Math.floor(thinkingBudget(options.task) / Math.min(test, split, reverify)) + 1;
	return traces * most;
}

/** Throws RangeError for options outside their range. */
export function checkTrainMetaOptions(options: TrainMetaOptions): void {
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
