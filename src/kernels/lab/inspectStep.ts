import { policyLoss, type PolicyLoss } from '../rl/policyLoss';
import type { PolicyLossOptions } from '../rl/policyLossSettings';
import { algorithmSpec } from './algorithms';
import { estimateAdvantages } from './estimateAdvantages';
import type { LabConfig } from './labConfig';
import { labTasks } from './labTasks';
import type { StepTrace } from './rlStep';
import { lossOptions } from './updatePolicy';

/** What a reader changes of a step that has been taken, to see what the loss would have been. */
export interface WhatIf {
	/** Settings of the run that the loss depends on, and the ddof of the groups' deviation. */
	config?: Partial<
		Pick<LabConfig, 'epsilon' | 'epsilonHigh' | 'beta' | 'scaleRewards' | 'algorithm'> & {
			ddof: 0 | 1;
		}
	>;
	/** The loss's own, over the algorithm's: aggregation, importanceSamplingLevel, … */
	loss?: PolicyLossOptions;
	/** Other rewards for some completions, by row. */
	rewards?: Readonly<Record<number, number>>;
}

/** What an inspection needs of a step: a trace without the terms of its loss, which are made again. */
export interface SlimTrace extends Omit<StepTrace, 'epochs'> {
	epochs: readonly {
		logProbs: readonly (readonly number[])[];
		/** Of the policy's tokens, without a critic's part; undefined where the loss is not one of tokens. */
		tokenLoss: number | undefined;
	}[];
}

/** A trace without what `inspectStep` makes again: a tenth of its size. */
export function slimTrace(trace: StepTrace): SlimTrace {
	const epochs = trace.epochs.map(({ logProbs, terms }) => ({ logProbs, tokenLoss: terms?.loss }));
	return { ...trace, epochs };
}

export interface Inspection {
	/** One a completion. */
	rewards: number[];
	/** One a token of each completion. */
	advantages: number[][];
	terms: PolicyLoss;
	/** Where a completion's tokens stand in the flat lists of `terms`: row · length + token. */
	length: number;
}

/**
 * The loss of one optimiser step of a trace, term by term, from the log-probabilities that were
 * recorded then; with nothing changed its terms sum to the loss that the step minimised (without a
 * critic's part). With changes, what that loss would have been at the same weights.
 *
 * Cost: O(tokens). Throws RangeError for an algorithm that has no loss of tokens (DPO).
 */
export function inspectStep(
	config: LabConfig,
	{ rollouts, refLogProbs, values, epochs }: SlimTrace,
	epoch: number,
	{ config: changed = {}, loss = {}, rewards: others = {} }: WhatIf = {}
): Inspection {
	const settings = { ...config, ...changed };
	const algorithm = algorithmSpec(settings.algorithm);
	if (epochs[epoch].tokenLoss === undefined) {
		throw new RangeError(
			`inspectStep: algorithm must have a loss of tokens, got ${settings.algorithm}`
		);
	}
	const judged = rollouts.map((rollout, row) => ({
		...rollout,
		verdict: { ...rollout.verdict, reward: others[row] ?? rollout.verdict.reward }
	}));
	const logProbs = judged.map((rollout) => rollout.logProbs);
	const { advantages, mask } = estimateAdvantages(algorithm, settings, {
		rollouts: judged,
		logProbs,
		refLogProbs,
		values
	});
	const length = Math.max(...judged.map(({ ids }) => ids.length));
	const flat = (rows: readonly (readonly number[])[]) => {
		const list = new Float64Array(judged.length * length);
		rows.forEach((row, i) => list.set(row, i * length));
		return list;
	};
	return {
		rewards: judged.map(({ verdict }) => verdict.reward),
		advantages,
		length,
		terms: policyLoss(
			{
				batch: judged.length,
				length,
				logProbs: flat(epochs[epoch].logProbs),
				oldLogProbs: flat(logProbs),
				refLogProbs: flat(refLogProbs),
				advantages: flat(advantages),
				mask: flat(mask)
			},
			{
				...lossOptions(
					algorithm,
					settings,
					labTasks[config.task].create(config.checker).maxCompletionLength
				),
				...loss
			}
		)
	};
}
