import { backward } from '../lm/backward';
import { forward } from '../lm/forward';
import { seedLogProbGradient, tokenLogProbs } from '../lm/tokenLogProbs';
import { dpo } from '../preference/dpo';
import type { LabRun } from './labRun';
import { completionRows, type PackedBatch } from './packBatch';
import type { Rollout } from './rollOut';
import { takeOptimizerStep } from './takeOptimizerStep';
import type { Epoch } from './updatePolicy';

interface PairBatch {
	packed: PackedBatch;
	rollouts: readonly Rollout[];
	refLogProbs: readonly (readonly number[])[];
}

/** The first of the best and the first of the worst of each group whose rewards differ, as rows. */
export function bestAndWorst(
	rewards: readonly number[],
	numGenerations: number
): { chosen: number; rejected: number }[] {
	const pairs: { chosen: number; rejected: number }[] = [];
	for (let first = 0; first < rewards.length; first += numGenerations) {
		const group = rewards.slice(first, first + numGenerations);
		const chosen = first + group.indexOf(Math.max(...group));
		const rejected = first + group.indexOf(Math.min(...group));
		if (rewards[chosen] > rewards[rejected]) pairs.push({ chosen, rejected });
	}
	return pairs;
}

/**
 * DPO on the policy's own completions: in each group whose rewards differ, a best and a worst one make
 * a pair. numIterations optimiser steps on the mean of the pairs' sigmoid losses, with β and the
 * reference of the run. Without a pair no step.
 */
export function updateByPairs(
	run: LabRun,
	{ packed, rollouts, refLogProbs }: PairBatch,
	learningRate: number
): Epoch[] {
	const { state, policy, workspace } = run;
	const { numIterations, numGenerations, temperature, beta } = state.config;
	const pairs = bestAndWorst(
		rollouts.map(({ verdict }) => verdict.reward),
		numGenerations
	);
	if (pairs.length === 0) return [];
	const own = (row: number, values: ArrayLike<number>, at: number) =>
		rollouts[row].mask.reduce((sum, kept, t) => sum + kept * values[at + t], 0);
	const place = (row: number) => row * packed.length + packed.starts[row];
	const rowsOf = (side: 'chosen' | 'rejected') => pairs.map((pair) => pair[side]);

	return Array.from({ length: numIterations }, () => {
		forward(policy, workspace, packed.tokens);
		const logProbs = Float64Array.from(
			tokenLogProbs(workspace, packed.targets, { temperature }).logProbs
		);
		const now = (side: 'chosen' | 'rejected') =>
			rowsOf(side).map((row) => own(row, logProbs, place(row)));
		const before = (side: 'chosen' | 'rejected') =>
			rowsOf(side).map((row) => own(row, refLogProbs[row], 0));
		const { loss, gradients } = dpo(
			{
				chosenLogps: now('chosen'),
				rejectedLogps: now('rejected'),
				refChosenLogps: before('chosen'),
				refRejectedLogps: before('rejected')
			},
			{ beta }
		);
		const slopes = new Float64Array(packed.tokens.length);
		pairs.forEach(({ chosen, rejected }, i) => {
			for (const [row, slope] of [
				[chosen, gradients.chosenLogps[i]],
				[rejected, gradients.rejectedLogps[i]]
			]) {
				rollouts[row].mask.forEach((kept, t) => {
					slopes[place(row) + t] += (kept * slope) / pairs.length;
				});
			}
		});
		seedLogProbGradient(workspace, packed.targets, slopes);
		const gradient = backward(policy, workspace, workspace.dLogits);
		const gradNorm = takeOptimizerStep(run, gradient, learningRate);
		return {
			loss,
			gradNorm,
			valueLoss: NaN,
			logProbs: completionRows(packed, rollouts, logProbs),
			terms: undefined
		};
	});
}
