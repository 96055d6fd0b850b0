import { backward } from '../lm/backward';
import { forward } from '../lm/forward';
import { seedLogProbGradient, tokenLogProbs } from '../lm/tokenLogProbs';
import { policyLoss, type PolicyLoss } from '../rl/policyLoss';
import type { PolicyLossOptions } from '../rl/policyLossSettings';
import { valueLoss } from '../rl/valueLoss';
import type { AlgorithmSpec } from './algorithms';
import type { Advantages } from './estimateAdvantages';
import type { LabConfig } from './labConfig';
import type { LabRun } from './labRun';
import { completionRows, flatten, type PackedBatch } from './packBatch';
import type { Rollout } from './rollOut';
import { takeOptimizerStep } from './takeOptimizerStep';

/** One optimiser step on a batch. */
export interface Epoch {
	/** What was minimised, critic included. */
	loss: number;
	gradNorm: number;
	/** NaN without a critic. */
	valueLoss: number;
	/** log π of the completions' tokens when the step was taken. */
	logProbs: number[][];
	/** Every term of the policy's loss, flat; undefined for DPO, whose loss is not one of tokens. */
	terms: PolicyLoss | undefined;
}

export interface UpdateBatch extends Advantages {
	packed: PackedBatch;
	rollouts: readonly Rollout[];
	refLogProbs: readonly (readonly number[])[];
	values: readonly (readonly number[])[];
}

/** The options of the token loss: the algorithm's, with the run's own clip and, where it belongs, β. */
export function lossOptions(
	{ loss, klIn }: Pick<AlgorithmSpec, 'loss' | 'klIn'>,
	{ epsilon, epsilonHigh, beta }: Pick<LabConfig, 'epsilon' | 'epsilonHigh' | 'beta'>,
	maxCompletionLength: number
): PolicyLossOptions {
	return { ...loss, epsilon, epsilonHigh, beta: klIn === 'loss' ? beta : 0, maxCompletionLength };
}

/**
 * numIterations optimiser steps on one batch of completions: each a fresh pass of the policy, the
 * loss of `policyLoss` against the log-probabilities of sampling, and with a critic vfCoef times the
 * value loss. At the first the ratios are 1; at the later ones the clip may act.
 *
 * A batch without a token to learn from (rejection sampling where nothing earned anything) is left
 * alone: no steps. Cost: three forward passes' worth an optimiser step.
 */
export function updatePolicy(run: LabRun, update: UpdateBatch, learningRate: number): Epoch[] {
	const { state, policy, workspace, algorithm, task } = run;
	const { numIterations, temperature, vfCoef, cliprangeValue } = state.config;
	const { packed, rollouts, refLogProbs, values, advantages, returns, mask } = update;
	if (!mask.some((row) => row.includes(1))) return [];
	const flat = {
		mask: flatten(packed, mask),
		oldLogProbs: flatten(
			packed,
			rollouts.map(({ logProbs }) => logProbs)
		),
		refLogProbs: flatten(packed, refLogProbs),
		advantages: flatten(packed, advantages)
	};
	const oldValues = returns && flatten(packed, values);
	const targets = returns && flatten(packed, returns);
	const options = lossOptions(algorithm, state.config, task.maxCompletionLength);
	// Rows that hold no completion take no part, also not in a mean over rows.
	const size = rollouts.length * packed.length;
	const rows = (values: Float64Array) => values.subarray(0, size);

	return Array.from({ length: numIterations }, () => {
		forward(policy, workspace, packed.tokens);
		const logProbs = Float64Array.from(
			tokenLogProbs(workspace, packed.targets, { temperature }).logProbs
		);
		const terms = policyLoss(
			{
				batch: rollouts.length,
				length: packed.length,
				logProbs: rows(logProbs),
				oldLogProbs: rows(flat.oldLogProbs),
				refLogProbs: rows(flat.refLogProbs),
				advantages: rows(flat.advantages),
				mask: rows(flat.mask)
			},
			options
		);
		const gradients = new Float64Array(packed.tokens.length);
		gradients.set(terms.gradients);
		seedLogProbGradient(workspace, packed.targets, gradients);

		let critic = { loss: NaN, gradients: undefined as Float64Array | undefined };
		if (oldValues && targets) {
			critic = valueLoss(
				{
					batch: rollouts.length,
					length: packed.length,
					values: workspace.values.subarray(0, size),
					oldValues: rows(oldValues),
					returns: rows(targets),
					mask: rows(flat.mask)
				},
				{ cliprangeValue }
			);
			workspace.dValues.fill(0);
			critic.gradients!.forEach((slope, i) => (workspace.dValues[i] = vfCoef * slope));
		}
		const gradient = backward(
			policy,
			workspace,
			workspace.dLogits,
			critic.gradients ? workspace.dValues : null
		);
		return {
			loss: terms.loss + (critic.gradients ? vfCoef * critic.loss : 0),
			gradNorm: takeOptimizerStep(run, gradient, learningRate),
			valueLoss: critic.loss,
			logProbs: completionRows(packed, rollouts, logProbs),
			terms
		};
	});
}
