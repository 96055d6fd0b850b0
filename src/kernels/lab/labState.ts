import { createStream } from '../core/stream';
import { createAdamW, type AdamWState } from '../lm/adamW';
import { createModel } from '../lm/createModel';
import type { ModelConfig } from '../lm/modelConfig';
import { checkLabConfig, modelSizes, type LabConfig } from './labConfig';
import { algorithmSpec } from './algorithms';
import { labTasks } from './labTasks';
import type { StepRecord } from './stepRecord';

/** Settings that hold from a step on, counted as in LabState. */
export interface LabChange {
	phase: 'sft' | 'rl';
	step: number;
	settings: Partial<LabConfig>;
}

/** A run from its start to its end: with the same plan it gives the same numbers. */
export interface LabPlan {
	config: LabConfig;
	changes: readonly LabChange[];
}

/** Where a run stands: enough to go on from here and come out as if it had never stopped. */
export interface LabState {
	plan: LabPlan;
	/** The settings of the step to come. */
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
export function startState(config: LabConfig, changes: readonly LabChange[] = []): LabState {
	const { parameters } = createModel(labModel(config), createStream(config.seed).split('weights'));
	return {
		plan: { config, changes },
		config,
		phase: config.sftSteps > 0 ? 'sft' : 'rl',
		step: 0,
		policy: parameters,
		optimizer: createAdamW(parameters.length),
		reference: config.sftSteps > 0 ? undefined : parameters.slice(),
		records: []
	};
}

/**
 * Puts into force the changes that the plan has for the step to come. Throws RangeError for settings
 * that no run can have, and for those that would need another model.
 */
export function applyChanges(state: LabState): boolean {
	const due = state.plan.changes.filter(
		({ phase, step }) => phase === state.phase && step === state.step
	);
	if (due.length === 0) return false;
	const config = Object.assign({}, state.config, ...due.map(({ settings }) => settings));
	checkLabConfig(config);
	const [before, after] = [labModel(state.config), labModel(config)];
	for (const [name, value] of Object.entries(after)) {
		const had = before[name as keyof ModelConfig];
		if (had !== value) {
			throw new RangeError(
				`applyChanges: a run must keep its model; ${name} was ${had}, got ${value}`
			);
		}
	}
	state.config = config;
	return true;
}

/** The changes of a plan that held before a step. */
export function changesBefore(plan: LabPlan, phase: LabChange['phase'], step: number): LabChange[] {
	return plan.changes.filter((change) =>
		change.phase === phase ? change.step < step : change.phase === 'sft'
	);
}

/**
 * A state that goes on with other settings: they join the plan at the state's step, and what the plan
 * had for later steps is dropped.
 */
export function withChange(state: LabState, settings: Partial<LabConfig>): LabState {
	const { phase, step, plan } = state;
	const changes = [...changesBefore(plan, phase, step), { phase, step, settings }];
	return { ...state, plan: { ...plan, changes } };
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
