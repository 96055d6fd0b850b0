import { diagnoseRun } from '$kernels/lab/diagnoseRun';
import type { LabConfig } from '$kernels/lab/labConfig';
import type { WhatIf } from '$kernels/lab/inspectStep';
import type { LabPlan, LabState } from '$kernels/lab/labState';
import type { StepRecord } from '$kernels/lab/stepRecord';
import { LabLink } from './labLink';
import type { InspectReply, LabStatus, Place, Sample } from './protocol';

/** One run of the Lab in a worker of its own, as the page sees it. */
export class LabSession {
	status: LabStatus = $state('idle');
	plan: LabPlan | undefined = $state.raw();
	phase: 'sft' | 'rl' = $state('sft');
	step = $state(0);
	records: readonly StepRecord[] = $state.raw([]);
	samples: readonly Sample[] = $state.raw([]);
	sampledAt = $state(0);
	fast = $state(true);
	failure = $state('');
	/** The browser keeps no checkpoint over a reload. */
	forgetful = $state(false);
	/** What one can go back to, oldest first. */
	checkpoints: readonly Place[] = $state.raw([]);

	#link: LabLink;

	constructor() {
		this.#link = new LabLink((message) => {
			switch (message.type) {
				case 'status':
					this.status = message.status;
					this.plan = message.plan;
					this.phase = message.phase;
					this.step = message.step;
					this.fast = message.fast;
					break;
				case 'records':
					this.records = [...this.records.slice(0, message.from), ...message.records];
					break;
				case 'samples':
					this.samples = message.samples;
					this.sampledAt = message.step;
					break;
				case 'checkpoints':
					this.checkpoints = message.places;
					break;
				case 'storage':
					this.forgetful = message.refused;
					break;
				case 'failed':
					this.failure = message.message;
					this.status = 'failed';
			}
		});
	}

	/** The settings that now hold: the plan's, with the changes up to this step. */
	get config(): LabConfig | undefined {
		if (!this.plan) return undefined;
		const isPast = ({ phase, step }: LabPlan['changes'][number]) =>
			phase === this.phase ? step <= this.step : phase === 'sft';
		const past = this.plan.changes.filter(isPast).map(({ settings }) => settings);
		return Object.assign({}, this.plan.config, ...past);
	}

	get busy(): boolean {
		return this.status === 'running';
	}

	/** How far the run has come, from 0 to 1. */
	get fraction(): number {
		const config = this.config;
		if (!config) return 0;
		const done = this.phase === 'rl' ? config.sftSteps + this.step : this.step;
		return done / (config.sftSteps + config.maxSteps);
	}

	get diagnoses() {
		return this.config ? diagnoseRun(this.config, this.records) : [];
	}

	start(plan: LabPlan, paused = false): void {
		this.#clear();
		this.plan = plan;
		this.#link.post({ type: 'start', plan, paused });
	}

	open(state: LabState): void {
		this.#clear();
		this.plan = state.plan;
		this.#link.post({ type: 'open', state });
	}

	control(type: 'pause' | 'resume' | 'step' | 'stop'): void {
		this.#link.post({ type });
	}

	/** Goes back to the last checkpoint up to a place, and on from there with other settings. */
	rewind(place: Place, settings: Partial<LabConfig> = {}): void {
		this.failure = '';
		this.#link.post({ type: 'rewind', ...place, settings });
	}

	/** One optimiser step term by term; undefined where there was none. */
	inspect(step: number, epoch: number, whatIf: WhatIf): Promise<InspectReply | undefined> {
		return this.#link.ask<'inspect'>({ type: 'inspect', step, epoch, whatIf });
	}

	/** The state as it now is, weights included. */
	state(): Promise<LabState | undefined> {
		return this.#link.ask<'state'>({ type: 'state' });
	}

	close(): void {
		this.#link.close();
	}

	#clear(): void {
		this.records = [];
		this.samples = [];
		this.checkpoints = [];
		this.failure = '';
	}
}
