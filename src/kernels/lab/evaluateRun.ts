import { mean } from '../core/mean';
import { passAtK } from '../test-time/passAtK';
import { drawProblems, type LabRun } from './labRun';
import { rollOut } from './rollOut';

/**
 * pass@1 and pass@k on held-out problems, k = evalGenerations tries at each, at the temperature of
 * training. The problems are the same at every step of a run; the tries are drawn anew. A try passes
 * with full marks.
 */
export function evaluateRun(run: LabRun, step: number): { passAt1: number; passAtK: number } {
	const { state, policy, task, decoder, stream } = run;
	const { evalProblems, evalGenerations, temperature } = state.config;
	const problems = drawProblems(run, 'heldOut', evalProblems, stream.split('held out'));
	const tries = problems.flatMap((problem) => Array<typeof problem>(evalGenerations).fill(problem));
	const own = stream.split(`evaluation ${state.phase} ${step}`);
	const rollouts = rollOut(
		policy,
		task,
		tries,
		{ temperature, decoder },
		tries.map((_, i) => own.split(i))
	);
	const right = problems.map(
		(_, p) =>
			rollouts
				.slice(p * evalGenerations, (p + 1) * evalGenerations)
				.filter(({ verdict }) => verdict.reward >= 1).length
	);
	return {
		passAt1: mean(right.map((count) => count / evalGenerations)),
		passAtK: mean(right.map((count) => passAtK(evalGenerations, count, evalGenerations)))
	};
}
