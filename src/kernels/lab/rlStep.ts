import { mean } from '../core/mean';
import { standardDeviation } from '../core/variance';
import { forward } from '../lm/forward';
import { tokenLogProbs } from '../lm/tokenLogProbs';
import { klK3 } from '../rl/klEstimators';
import { estimateAdvantages, type Advantages } from './estimateAdvantages';
import type { LabRun } from './labRun';
import { completionRows, packBatch } from './packBatch';
import type { Rollout } from './rollOut';
import { sampleGroups } from './sampleGroups';
import { emptyRecord, type StepRecord } from './stepRecord';
import { updateByPairs } from './updateByPairs';
import { updatePolicy, type Epoch } from './updatePolicy';

/** A step's batch with all that the inspector shows of it; rows are completions' tokens. */
export interface StepTrace {
	step: number;
	rollouts: readonly Rollout[];
	refLogProbs: readonly (readonly number[])[];
	entropies: readonly (readonly number[])[];
	values: readonly (readonly number[])[];
	/** Undefined for an algorithm that compares whole answers (DPO). */
	estimate: Advantages | undefined;
	/** One an optimiser step on this batch. */
	epochs: readonly Epoch[];
}

/** One step of RL: sample groups, judge them, estimate advantages, update the policy numIterations times. */
export function rlStep(
	run: LabRun,
	step: number,
	learningRate: number
): { record: StepRecord; trace: StepTrace } {
	const { state, policy, reference, workspace, algorithm, stream } = run;
	const { rollouts, fracRewardZeroStd } = sampleGroups(run, stream.split(`rl ${step}`));
	const packed = packBatch(rollouts, workspace.batch, workspace.length);
	const { temperature } = state.config;

	forward(reference!, workspace, packed.tokens);
	const refLogProbs = completionRows(
		packed,
		rollouts,
		tokenLogProbs(workspace, packed.targets, { temperature }).logProbs
	);
	forward(policy, workspace, packed.tokens);
	const before = tokenLogProbs(workspace, packed.targets, { temperature });
	const entropies = completionRows(packed, rollouts, before.entropies);
	const values = completionRows(packed, rollouts, workspace.values);
	const logProbs = rollouts.map((rollout) => rollout.logProbs);

	let estimate: Advantages | undefined;
	let epochs: Epoch[];
	if (algorithm.estimator === 'pairs') {
		epochs = updateByPairs(run, { packed, rollouts, refLogProbs }, learningRate);
	} else {
		estimate = estimateAdvantages(algorithm, state.config, {
			rollouts,
			logProbs,
			refLogProbs,
			values
		});
		epochs = updatePolicy(
			run,
			{ packed, rollouts, refLogProbs, values, ...estimate },
			learningRate
		);
	}

	const rewards = rollouts.map(({ verdict }) => verdict.reward);
	const own = (rows: readonly (readonly number[])[]) =>
		rollouts.flatMap(({ mask }, i) => rows[i].filter((_, t) => mask[t] === 1));
	const refs = own(refLogProbs);
	const average = (of: (epoch: Epoch) => number) => mean(epochs.map(of));
	const moved = epochs.length > 0;
	return {
		record: {
			...emptyRecord('rl', step),
			loss: moved ? epochs[0].loss : NaN,
			gradNorm: moved ? average(({ gradNorm }) => gradNorm) : NaN,
			learningRate,
			reward: mean(rewards),
			rewardStd: standardDeviation(rewards),
			fracRewardZeroStd,
			kl: mean(own(logProbs).map((logProb, i) => klK3(logProb, refs[i]))),
			entropy: mean(own(entropies)),
			length: mean(rollouts.map(({ ids }) => ids.length)),
			clippedRatio: mean(rollouts.map(({ finishReason }) => (finishReason === 'length' ? 1 : 0))),
			clipLow: moved ? average(({ terms }) => terms?.clipFractionLow ?? 0) : NaN,
			clipHigh: moved ? average(({ terms }) => terms?.clipFractionHigh ?? 0) : NaN,
			valueLoss: moved ? average(({ valueLoss }) => valueLoss) : NaN
		},
		trace: { step, rollouts, refLogProbs, entropies, values, estimate, epochs }
	};
}
