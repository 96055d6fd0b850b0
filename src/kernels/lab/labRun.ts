import { createStream, type Stream } from '../core/stream';
import { createDecoder, type Decoder } from '../lm/createDecoder';
import { createModel, type Model } from '../lm/createModel';
import { createWorkspace, type Workspace } from '../lm/createWorkspace';
import { drawProblem } from '../tasks/drawProblem';
import type { Part, Problem, Task } from '../tasks/task';
import { algorithmSpec, type AlgorithmSpec } from './algorithms';
import { labModel, type LabState } from './labState';
import { labTasks } from './labTasks';

/** What a run works with and never has to save: made anew from the state, it gives the same numbers. */
export interface LabRun {
	state: LabState;
	task: Task<Problem>;
	algorithm: AlgorithmSpec;
	/** The policy: state.policy with the names of its parts. */
	policy: Model;
	reference: Model | undefined;
	/** Rows of the larger of the two batches. */
	workspace: Workspace;
	decoder: Decoder;
	/** Root of all that the run draws; each step has a stream of its own, so it can start anywhere. */
	stream: Stream;
}

/** Opens a state for training; its arrays are changed in place from now on. */
export function openRun(state: LabState): LabRun {
	const { config } = state;
	const { promptsPerStep, numGenerations, sftBatchSize, evalProblems, evalGenerations } = config;
	const model = labModel(config);
	const stream = createStream(config.seed);
	const policy = { ...createModel(model, stream.split('weights')), parameters: state.policy };
	const completions = promptsPerStep * numGenerations;
	return {
		state,
		task: labTasks[config.task].create(config.checker),
		algorithm: algorithmSpec(config.algorithm),
		policy,
		reference: state.reference && { ...policy, parameters: state.reference },
		workspace: createWorkspace(model, Math.max(completions, sftBatchSize), model.contextLength),
		decoder: createDecoder(model, Math.max(completions, evalProblems * evalGenerations)),
		stream
	};
}

/** Problems of a part of the run's task, one a stream of the root. */
export function drawProblems(
	{ task, state }: Pick<LabRun, 'task' | 'state'>,
	part: Part,
	count: number,
	stream: Stream
): Problem[] {
	return Array.from({ length: count }, (_, i) =>
		drawProblem(task, state.config.difficulty, part, stream.split(i))
	);
}
