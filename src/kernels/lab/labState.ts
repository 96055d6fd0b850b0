import { createStream } from '../core/stream';
import { createAdamW, type AdamWState } from '../lm/adamW';
import { createModel } from '../lm/createModel';
import type { ModelConfig } from '../lm/modelConfig';
import { modelSizes, type LabConfig } from './labConfig';
import { algorithmSpec } from './algorithms';
import { labTasks } from './labTasks';
import type { StepRecord } from './stepRecord';

/** Where a run stands: enough to go on from here and come out as if it had never stopped. */
export interface LabState {
	config: LabConfig;
	phase: 'sft' | 'rl';
	/** Steps taken in the phase. */
	step: number;
	/** The policy's weights, the optimiser's state, and the reference: the policy as SFT left it. */
	policy: Float32Array;
	optimizer: AdamWState;
	reference: Float32Array | undefined;
	records: readonly StepRecord[];
}

/** The model of a run: its task's vocabulary and room, its size, a value head where a critic is trained. */
export function labModel(config: LabConfig): ModelConfig {
	const { tokenizer, maxPromptLength, maxCompletionLength } = labTasks[config.task].create(
		config.checker
	);
	return {
		...modelSizes[config.modelSize],
		vocabSize: tokenizer.vocabSize,
		contextLength: 1 + maxPromptLength + maxCompletionLength,
		feedForward: 'swiglu',
		ropeTheta: 10_000,
		normEpsilon: 1e-6,
		tieHead: true,
		valueHead: algorithmSpec(config.algorithm).critic === true
	};
}

/** A run before its first step. */
export function startState(config: LabConfig): LabState {
	const { parameters } = createModel(labModel(config), createStream(config.seed).split('weights'));
	return {
		config,
		phase: config.sftSteps > 0 ? 'sft' : 'rl',
		step: 0,
		policy: parameters,
		optimizer: createAdamW(parameters.length),
		reference: config.sftSteps > 0 ? undefined : parameters.slice(),
		records: []
	};
}

/** A copy that the run does not change any more: a checkpoint. */
export function copyState(state: LabState): LabState {
	const { policy, optimizer, reference } = state;
	return {
		...state,
		policy: policy.slice(),
		optimizer: { ...optimizer, mean: optimizer.mean.slice(), square: optimizer.square.slice() },
		reference: reference?.slice()
	};
}
