import { createAdamW } from '../lm/adamW';
import { evaluateRun } from './evaluateRun';
import { openRun, type LabRun } from './labRun';
import { applyChanges, type LabState } from './labState';
import { rlStep, type StepTrace } from './rlStep';
import { sftStep } from './sftStep';
import type { StepRecord } from './stepRecord';

export interface LabStep {
	/** The run's own: the next step changes it. `copyState` makes a checkpoint of it. */
	state: LabState;
	record: StepRecord;
	/** Of an RL step that sampled. */
	trace: StepTrace | undefined;
}

/**
 * Trains from a state on, a step a yield: first sftSteps of supervised steps, then maxSteps of the
 * algorithm's, with the reference taken and the optimiser started anew in between. What the plan
 * changes, changes at its step. The state is changed in place.
 *
 * All randomness of a step comes from the run's seed and the step's number, so a run that goes on from
 * a checkpoint is, bit for bit, the run that never stopped. Throws RangeError where a gradient stops
 * being finite, and for a change that the run cannot make.
 */
export function* trainLab(state: LabState): Generator<LabStep, void> {
	let run: LabRun | undefined;
	for (;;) {
		if (state.phase === 'sft' && state.step >= state.config.sftSteps) {
			startRl(state);
			run = undefined;
		}
		if (applyChanges(state)) run = undefined;
		const { phase, step, config } = state;
		const last = phase === 'sft' ? config.sftSteps : config.maxSteps;
		if (step >= last) return;
		run ??= openRun(state);
		yield takeStep(run, step + 1, step + 1 === last);
	}
}

/** The policy as it is becomes the reference; steps are counted from 0 again. */
function startRl(state: LabState): void {
	state.phase = 'rl';
	state.step = 0;
	state.reference = state.policy.slice();
	state.optimizer = createAdamW(state.policy.length);
}

function takeStep(run: LabRun, step: number, last: boolean): LabStep {
	const { state } = run;
	const { config, phase } = state;
	const supervised = phase === 'sft' || config.algorithm === 'sft';
	const rate = phase === 'sft' ? config.sftLearningRate : config.learningRate;
	const { record: measured, trace } = supervised
		? { record: sftStep(run, step, rate), trace: undefined }
		: rlStep(run, step, rate);
	const due = last || step % config.evalSteps === 0;
	const record = due ? { ...measured, ...evaluateRun(run, step) } : measured;
	state.step = step;
	state.records = [...state.records, record];
	return { state, record, trace };
}
