import type { ModelConfig } from '../lm/modelConfig';
import type { Checker } from '../tasks/task';
import { algorithms, type Algorithm } from './algorithms';
import { labTasks, type TaskName } from './labTasks';

/** Sizes of the model, in TRL's and Hugging Face's words where they have one. */
export const modelSizes = {
	tiny: { layers: 1, width: 16, heads: 2, hiddenWidth: 48 },
	small: { layers: 2, width: 32, heads: 4, hiddenWidth: 96 },
	medium: { layers: 3, width: 64, heads: 4, hiddenWidth: 192 }
} as const satisfies Record<string, Partial<ModelConfig>>;

export type ModelSize = keyof typeof modelSizes;

/**
 * All that decides a run of the Lab, bit for bit on one machine. Names are TRL's where TRL has one;
 * the rest says what it counts.
 */
export interface LabConfig {
	task: TaskName;
	difficulty: number;
	checker: Checker;
	modelSize: ModelSize;
	seed: number;

	/** Supervised steps on demonstrations before RL, their learning rate and rows a step. */
	sftSteps: number;
	sftLearningRate: number;
	sftBatchSize: number;

	algorithm: Algorithm;
	/** RL steps: one batch of completions each. */
	maxSteps: number;
	/** Prompts a step, each answered numGenerations times. */
	promptsPerStep: number;
	numGenerations: number;
	temperature: number;
	/** Optimiser steps on each batch of completions; above 1 ratios leave 1 and the clip acts. */
	numIterations: number;
	learningRate: number;
	weightDecay: number;
	maxGradNorm: number;
	/** Weight of the KL to the reference, the model as SFT left it: in the loss or in the reward, as the algorithm has it. */
	beta: number;
	epsilon: number;
	epsilonHigh: number;
	/** What group rewards are divided by, for the algorithms that have groups. */
	scaleRewards: 'group' | 'batch' | 'none';
	/** PPO's. */
	gamma: number;
	lam: number;
	vfCoef: number;
	cliprangeValue: number;

	/** Held-out problems are tried every so many steps. */
	evalSteps: number;
	evalProblems: number;
	/** Tries at each, of which pass@1 and pass@k come. */
	evalGenerations: number;
}

/** What every run starts from; the algorithm's own defaults go on top. */
export const labDefaults: Readonly<LabConfig> = {
	task: 'sorting',
	difficulty: 6,
	checker: 'strict',
	modelSize: 'small',
	seed: 1,
	sftSteps: 120,
	sftLearningRate: 0.003,
	sftBatchSize: 64,
	algorithm: 'grpo',
	maxSteps: 100,
	promptsPerStep: 32,
	numGenerations: 8,
	temperature: 1,
	numIterations: 2,
	learningRate: 0.0005,
	weightDecay: 0,
	maxGradNorm: 1,
	beta: 0,
	epsilon: 0.2,
	epsilonHigh: 0.2,
	scaleRewards: 'group',
	gamma: 1,
	lam: 0.95,
	vfCoef: 0.1,
	cliprangeValue: 0.2,
	evalSteps: 10,
	evalProblems: 64,
	evalGenerations: 4
};

/** The range of each number; `whole` for counts. */
export const labRanges: Readonly<Record<string, { min: number; max: number; whole?: boolean }>> = {
	seed: { min: 0, max: 0xffffffff, whole: true },
	sftSteps: { min: 0, max: 5000, whole: true },
	sftLearningRate: { min: 1e-5, max: 0.1 },
	sftBatchSize: { min: 1, max: 256, whole: true },
	maxSteps: { min: 1, max: 5000, whole: true },
	promptsPerStep: { min: 1, max: 128, whole: true },
	numGenerations: { min: 1, max: 64, whole: true },
	temperature: { min: 0.1, max: 3 },
	numIterations: { min: 1, max: 16, whole: true },
	learningRate: { min: 1e-6, max: 0.1 },
	weightDecay: { min: 0, max: 1 },
	maxGradNorm: { min: 0.01, max: 100 },
	beta: { min: 0, max: 10 },
	epsilon: { min: 0, max: 10 },
	epsilonHigh: { min: 0, max: 10 },
	gamma: { min: 0, max: 1 },
	lam: { min: 0, max: 1 },
	vfCoef: { min: 0, max: 10 },
	cliprangeValue: { min: 0, max: 100 },
	evalSteps: { min: 1, max: 5000, whole: true },
	evalProblems: { min: 1, max: 512, whole: true },
	evalGenerations: { min: 1, max: 32, whole: true }
};

/** The settings of a run: the defaults, those of its task and its algorithm, then what is given. */
export function labConfig(given: Partial<LabConfig> = {}): LabConfig {
	const { task = labDefaults.task, algorithm = labDefaults.algorithm } = given;
	if (!Object.hasOwn(labTasks, task)) {
		throw new RangeError(
			`labConfig: task must be one of ${Object.keys(labTasks).join(', ')}, got ${task}`
		);
	}
	if (!Object.hasOwn(algorithms, algorithm)) {
		throw new RangeError(
			`labConfig: algorithm must be one of ${Object.keys(algorithms).join(', ')}, got ${algorithm}`
		);
	}
	const config: LabConfig = {
		...labDefaults,
		difficulty: labTasks[task].create('strict').difficulty.default,
		...labTasks[task].defaults,
		...algorithms[algorithm].defaults,
		...given
	};
	checkLabConfig(config);
	return config;
}

/** Throws RangeError for a setting that no run can have, naming it and its range. */
export function checkLabConfig(config: LabConfig): void {
	for (const [name, { min, max, whole }] of Object.entries(labRanges)) {
		const value = config[name as keyof LabConfig] as number;
		if (!(value >= min && value <= max) || (whole && !Number.isInteger(value))) {
			throw new RangeError(
				`labConfig: ${name} must be ${whole ? 'a whole number' : 'a number'} from ${min} to ${max}, got ${value}`
			);
		}
	}
	if (!Object.hasOwn(modelSizes, config.modelSize)) {
		throw new RangeError(
			`labConfig: modelSize must be one of ${Object.keys(modelSizes).join(', ')}, got ${config.modelSize}`
		);
	}
	if (!['strict', 'lenient'].includes(config.checker)) {
		throw new RangeError(`labConfig: checker must be strict or lenient, got ${config.checker}`);
	}
	if (!['group', 'batch', 'none'].includes(config.scaleRewards)) {
		throw new RangeError(
			`labConfig: scaleRewards must be group, batch or none, got ${config.scaleRewards}`
		);
	}
	const { min, max } = labTasks[config.task].create(config.checker).difficulty;
	if (!(config.difficulty >= min && config.difficulty <= max)) {
		throw new RangeError(
			`labConfig: difficulty of ${config.task} must be from ${min} to ${max}, got ${config.difficulty}`
		);
	}
}
