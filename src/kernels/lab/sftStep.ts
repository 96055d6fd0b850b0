import { backward } from '../lm/backward';
import { forward } from '../lm/forward';
import { seedLogProbGradient, tokenLogProbs } from '../lm/tokenLogProbs';
import { policyLoss } from '../rl/policyLoss';
import { toolMask } from '../tasks/toolMask';
import type { Problem, Task } from '../tasks/task';
import { drawProblems, type LabRun } from './labRun';
import { packBatch, type Sequence } from './packBatch';
import { emptyRecord, type StepRecord } from './stepRecord';
import { takeOptimizerStep } from './takeOptimizerStep';

/** A demonstration as a sequence; what a tool says in it is not learnt. */
export function demonstrate(task: Task<Problem>, problem: Problem): Sequence {
	const { tokenizer } = task;
	const text = task.demonstration(problem);
	return {
		promptIds: [tokenizer.bosTokenId, ...tokenizer.encode(problem.prompt)],
		ids: [...tokenizer.encode(text), tokenizer.eosTokenId],
		mask: [...toolMask(task, problem, text), 1]
	};
}

/**
 * One step of supervised fine-tuning: the mean cross-entropy of the demonstrations' own tokens (TRL's
 * completion_only_loss), one optimiser step.
 */
export function sftStep(run: LabRun, step: number, learningRate: number): StepRecord {
	const { task, policy, workspace, stream, state } = run;
	const problems = drawProblems(
		run,
		'train',
		state.config.sftBatchSize,
		stream.split(`${state.phase} demonstrations ${step}`)
	);
	const sequences = problems.map((problem) => demonstrate(task, problem));
	const packed = packBatch(sequences, workspace.batch, workspace.length);
	forward(policy, workspace, packed.tokens);
	const { logProbs, entropies } = tokenLogProbs(workspace, packed.targets);
	const { loss, gradients, tokens } = policyLoss(
		{ ...packed, logProbs, advantages: new Float64Array(packed.batch).fill(1) },
		{ objective: 'gpg', aggregation: 'token-mean' }
	);
	seedLogProbGradient(workspace, packed.targets, gradients);
	const gradNorm = takeOptimizerStep(
		run,
		backward(policy, workspace, workspace.dLogits),
		learningRate
	);
	return {
		...emptyRecord(state.phase, step),
		loss,
		gradNorm,
		learningRate,
		entropy: packed.mask.reduce((sum, kept, i) => sum + kept * entropies[i], 0) / tokens,
		length: tokens / sequences.length
	};
}
