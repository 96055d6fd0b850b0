import { algorithms } from '$kernels/lab/algorithms';
import {
	labConfig,
	labDefaults,
	labRanges,
	modelSizes,
	type LabConfig
} from '$kernels/lab/labConfig';
import { labTasks, type TaskName } from '$kernels/lab/labTasks';
import type { Param } from '$widgets/contract';

type Name = keyof LabConfig;

const titles = Object.fromEntries(
	Object.entries(labTasks).map(([name, { create }]) => [name, create('strict').title])
);

function number(
	name: Name,
	label: string,
	more: Partial<Extract<Param, { type: 'range' }>> = {}
): Param {
	const { min, max, whole } = labRanges[name];
	const value = labDefaults[name] as number;
	return { type: 'range', label, min, max, step: whole ? 1 : 1e-6, whole, default: value, ...more };
}

const trl = (name: string) => ({ library: { trl: name } });
const log = { scale: 'log' } as const;

/** The settings of a run as controls, by group; where TRL has a name for one, its help says so. */
export const labGroups: readonly {
	title: string;
	open: boolean;
	params: Partial<Record<Name, Param>>;
}[] = [
	{
		title: 'Task and model',
		open: true,
		params: {
			task: { type: 'choice', label: 'Task', options: titles, default: labDefaults.task },
			difficulty: { type: 'stepper', label: 'Difficulty', min: 1, max: 10, step: 1, default: 6 },
			modelSize: {
				type: 'choice',
				label: 'Model',
				options: Object.fromEntries(
					Object.entries(modelSizes).map(([name, { layers, width }]) => [
						name,
						`${name}: ${layers} ${layers === 1 ? 'layer' : 'layers'}, width ${width}`
					])
				),
				default: labDefaults.modelSize
			},
			sftSteps: number('sftSteps', 'Supervised steps first', {
				...log,
				min: 1,
				help: 'How well the model knows the task before RL starts. The reference is the model after them.'
			}),
			seed: number('seed', 'Seed', { max: 99999, ...trl('seed') })
		}
	},
	{
		title: 'Algorithm',
		open: true,
		params: {
			algorithm: {
				type: 'choice',
				label: 'Algorithm',
				options: Object.fromEntries(
					Object.entries(algorithms).map(([name, { label }]) => [name, label])
				),
				default: labDefaults.algorithm
			},
			learningRate: number('learningRate', 'Learning rate', { ...log, ...trl('learning_rate') }),
			numGenerations: number('numGenerations', 'Completions a prompt', {
				symbol: 'G',
				...log,
				...trl('num_generations')
			}),
			numIterations: {
				type: 'stepper',
				label: 'Inner epochs',
				symbol: 'μ',
				...trl('num_iterations'),
				help: 'Optimiser steps on each batch of completions. Above 1 the ratios leave 1, and the clip acts.',
				min: 1,
				max: 16,
				step: 1,
				default: labDefaults.numIterations
			},
			beta: number('beta', 'Weight of the KL', {
				symbol: 'β',
				max: 1,
				step: 0.001,
				...trl('beta'),
				help: 'To the reference; in the loss or in the reward, as the algorithm has it.'
			}),
			epsilon: number('epsilon', 'Clip, below', {
				symbol: 'ε',
				max: 1,
				step: 0.0001,
				...trl('epsilon')
			}),
			epsilonHigh: number('epsilonHigh', 'Clip, above', {
				symbol: 'ε_high',
				max: 1,
				step: 0.0001,
				...trl('epsilon_high')
			}),
			scaleRewards: {
				type: 'choice',
				label: 'Divide advantages by the deviation',
				...trl('scale_rewards'),
				options: { group: 'of the group', batch: 'of the batch', none: 'not' },
				default: labDefaults.scaleRewards
			}
		}
	},
	{
		title: 'Length, batches and checks',
		open: false,
		params: {
			maxSteps: number('maxSteps', 'Steps of RL', { ...log, ...trl('max_steps') }),
			promptsPerStep: number('promptsPerStep', 'Prompts a step', log),
			temperature: number('temperature', 'Temperature', { step: 0.01, ...trl('temperature') }),
			maxGradNorm: number('maxGradNorm', 'Longest gradient', {
				...log,
				step: 0.01,
				...trl('max_grad_norm')
			}),
			weightDecay: number('weightDecay', 'Weight decay', { step: 0.001, ...trl('weight_decay') }),
			checker: {
				type: 'choice',
				label: 'Checker',
				help: 'The lenient rule has a loophole, which a policy may find.',
				options: { strict: 'strict', lenient: 'lenient, with a loophole' },
				default: labDefaults.checker
			},
			sftLearningRate: number('sftLearningRate', 'Learning rate, supervised', log),
			sftBatchSize: number('sftBatchSize', 'Rows a supervised step', log),
			evalSteps: number('evalSteps', 'Steps between tests', { ...log, ...trl('eval_steps') }),
			evalProblems: number('evalProblems', 'Held-out problems', log),
			evalGenerations: number('evalGenerations', 'Tries at each', { symbol: 'k' })
		}
	},
	{
		title: 'PPO’s critic',
		open: false,
		params: {
			gamma: number('gamma', 'Discount', { symbol: 'γ', step: 0.001, ...trl('gamma') }),
			lam: number('lam', 'GAE’s λ', { symbol: 'λ', step: 0.001, ...trl('lam') }),
			vfCoef: number('vfCoef', 'Weight of the value loss', { step: 0.01, ...trl('vf_coef') }),
			cliprangeValue: number('cliprangeValue', 'Clip of the value', {
				step: 0.01,
				...trl('cliprange_value')
			})
		}
	}
];

/** All settings by name. */
export const labParams = Object.assign({}, ...labGroups.map(({ params }) => params)) as Readonly<
	Record<Name, Param>
>;

/** The control of a setting for a config: the difficulty's range is the task's. */
export function paramFor(name: Name, config: LabConfig): Param {
	const param = labParams[name];
	if (name !== 'difficulty' || param.type !== 'stepper') return param;
	const { min, max, meaning } = labTasks[config.task as TaskName].create('strict').difficulty;
	return { ...param, min, max, unit: meaning };
}

/**
 * A config with one setting changed; another task or algorithm brings its own defaults along, and what
 * the one before it had brought goes back to the common ones.
 */
export function withSetting(config: LabConfig, name: Name, value: unknown): LabConfig {
	const next = { ...config, [name]: value };
	if (name !== 'task' && name !== 'algorithm') return next;
	const fresh = labConfig({ task: next.task, algorithm: next.algorithm });
	const brought = (from: LabConfig): object =>
		name === 'task' ? labTasks[from.task].defaults : algorithms[from.algorithm].defaults;
	const names = Object.keys({ ...brought(config), ...brought(next) }) as Name[];
	if (name === 'task') names.push('difficulty');
	return { ...next, ...Object.fromEntries(names.map((key) => [key, fresh[key]])) };
}
