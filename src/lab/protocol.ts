import type { LabConfig } from '$kernels/lab/labConfig';
import type { Inspection, WhatIf } from '$kernels/lab/inspectStep';
import type { LabPlan, LabState } from '$kernels/lab/labState';
import type { StepRecord } from '$kernels/lab/stepRecord';

/** One completion of the last group that was sampled, as the page shows it. */
export interface Sample {
	prompt: string;
	answer: string;
	/** The text of each token. */
	tokens: string[];
	/** 1 where the model wrote the token. */
	mask: number[];
	logProbs: number[];
	refLogProbs: number[];
	advantages: number[];
	/** At the last inner epoch. */
	ratios: number[];
	reward: number;
	reason: string;
}

/** After a step of one of the two phases. */
export interface Place {
	phase: 'sft' | 'rl';
	step: number;
}

export type LabStatus = 'idle' | 'running' | 'paused' | 'done' | 'failed';

export type ToLab =
	| { type: 'start'; plan: LabPlan; paused: boolean }
	| { type: 'open'; state: LabState }
	| { type: 'pause' | 'resume' | 'step' | 'stop' }
	| ({ type: 'rewind'; settings: Partial<LabConfig> } & Place)
	| { type: 'inspect'; id: number; step: number; epoch: number; whatIf: WhatIf }
	| { type: 'state'; id: number };

/** What the inspector shows of one optimiser step, with nothing changed and with the reader's changes. */
export interface InspectReply {
	steps: number[];
	epochs: number;
	samples: Sample[];
	/** The loss that the step minimised, without a critic's part; undefined where it had no loss of tokens. */
	loss: number | undefined;
	asItWas: Inspection | undefined;
	changed: Inspection | undefined;
}

export type FromLab =
	| {
			type: 'status';
			status: LabStatus;
			plan: LabPlan;
			phase: 'sft' | 'rl';
			step: number;
			/** False where the browser refuses WebAssembly; training is then six to ten times slower. */
			fast: boolean;
	  }
	/** Records from a place on; those that were there after it are void. */
	| { type: 'records'; from: number; records: StepRecord[] }
	| { type: 'samples'; step: number; samples: Sample[] }
	/** All that can be gone back to, oldest first. */
	| { type: 'checkpoints'; places: Place[] }
	/** Whether the browser keeps the last checkpoint over a reload. */
	| { type: 'storage'; refused: boolean }
	| { type: 'inspection'; id: number; reply: InspectReply | undefined }
	| { type: 'state'; id: number; state: LabState | undefined }
	| { type: 'failed'; message: string };
