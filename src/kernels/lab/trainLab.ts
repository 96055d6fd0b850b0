import { createAdamW } from '../lm/adamW';
import { evaluateRun } from './evaluateRun';
import { openRun, type LabRun } from './labRun';
import type { LabState } from './labState';
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
 * algorithm's, with the reference taken and the optimiser started anew in between. The state is
 * changed in place.
 *
 * All randomness of a step comes from the run's seed and the step's number, so a run that goes on from
 * a checkpoint is, bit for bit, the run that never stopped. Throws RangeError where a gradient stops
 * being finite.
 */
export function* trainLab(state: LabState): Generator<LabStep, void> {
	let run = openRun(state);
	const { sftSteps, maxSteps } = state.config;
	while (state.phase === 'sft' && state.step < sftSteps) {
		const step = state.step + 1;
		const last = step === sftSteps;
		const record = sftStep(run, step, state.config.sftLearningRate);
		yield finish(run, step, record, undefined, last);
		if (!last) continue;
		startRl(state);
		run = openRun(state);
	}
	if (state.phase === 'sft') {
		startRl(state);
		run = openRun(state);
	}
	while (state.step < maxSteps) {
		const step = state.step + 1;
		const { learningRate, algorithm } = state.config;
		if (algorithm === 'sft') {
			yield finish(run, step, sftStep(run, step, learningRate), undefined, step === maxSteps);
		} else {
			const { record, trace } = rlStep(run, step, learningRate);
			yield finish(run, step, record, trace, step === maxSteps);
		}
	}
}

/** The policy as it is becomes the reference; steps are counted from 0 again. */
function startRl(state: LabState): void {
	state.phase = 'rl';
	state.step = 0;
	state.reference = state.policy.slice();
	state.optimizer = createAdamW(state.policy.length);
}

function finish(
	run: LabRun,
	step: number,
	measured: StepRecord,
	trace: StepTrace | undefined,
	last: boolean
): LabStep {
	const { state } = run;
	const due = last || step % state.config.evalSteps === 0;
	const record = due ? { ...measured, ...evaluateRun(run, step) } : measured;
	state.step = step;
	state.records = [...state.records, record];
	return { state, record, trace };
}
