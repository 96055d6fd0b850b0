import type { GroupAdvantageOptions } from '../rl/groupAdvantages';
import type { TabularSurrogateOptions } from './tabularSurrogate';

export interface TabularGrpoConfig extends TabularSurrogateOptions {
	/** Success rate of the reference on each prompt. Each prompt has a table of its own. */
	pRef: readonly number[];
	/** Answers that exist for each prompt, and how many of them are right. */
	outputs: number;
	right: number;
	/** Answers per group (G). */
	numGenerations: number;
	/** Groups sampled for each prompt in each iteration. */
	groups: number;
	/** Times that answers are sampled. */
	iterations: number;
	/** Gradient steps on each batch (TRL num_iterations, verl ppo_epochs). */
	innerSteps: number;
	optimizer: 'sgd' | 'adam';
	learningRate: number;
	/** Longer gradients of a prompt are shortened to this norm (TRL max_grad_norm). */
	maxGradNorm: number;
	/** How rewards become advantages. */
	advantages: GroupAdvantageOptions;
}

/** One prompt, theory-like: many samples, no clip, the corrected KL and steps enough to maximise. */
export const TABULAR_GRPO_DEFAULTS: TabularGrpoConfig = {
	pRef: [0.2],
	outputs: 20,
	right: 5,
	numGenerations: 16,
	groups: 8,
	iterations: 20,
	innerSteps: 20,
	optimizer: 'sgd',
	learningRate: 2.5,
	maxGradNorm: 1,
	beta: 2,
	alpha: 0,
	useBiasCorrectionKl: true,
	epsilon: Infinity,
	epsilonHigh: Infinity,
	advantages: { library: 'trl' }
};

export function checkTabularGrpo(config: TabularGrpoConfig): void {
	const fail = (name: keyof TabularGrpoConfig, expected: string) => {
		throw new RangeError(`tabularGrpo: ${name} must be ${expected}, got ${config[name]}`);
	};
	if (config.pRef.length === 0) fail('pRef', 'one rate per prompt');
	for (const name of ['numGenerations', 'groups', 'innerSteps'] as const) {
		if (!Number.isInteger(config[name]) || config[name] < 1) fail(name, 'a positive integer');
	}
	if (!Number.isInteger(config.iterations) || config.iterations < 0) {
		fail('iterations', 'a whole number ≥ 0');
	}
	if (!(config.learningRate > 0 && config.learningRate < Infinity)) {
		fail('learningRate', 'positive and finite');
	}
	if (!(config.maxGradNorm > 0)) fail('maxGradNorm', 'positive');
	for (const name of ['beta', 'alpha'] as const) {
		if (!(config[name] >= 0 && config[name] < Infinity)) fail(name, 'finite and ≥ 0');
	}
}
