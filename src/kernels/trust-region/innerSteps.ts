import { categorical } from '../core/categorical';
import { logSoftmax, softmax } from '../core/softmax';
import type { Stream } from '../core/stream';
import { gatherBatch, type TabularBatch } from '../grpo-dynamics/tabularBatch';
import { tabularSurrogate } from '../grpo-dynamics/tabularSurrogate';
import { clippedSurrogate, type ClipOptions } from '../rl/clippedSurrogate';
import { exactKl } from '../rl/exactKl';
import { groupAdvantages } from '../rl/groupAdvantages';

export interface InnerStepsOptions extends ClipOptions {
	/** The probability that each approach to the question is right. */
	success: readonly number[];
	/** Answers sampled, in one group (G). */
	numGenerations: number;
	/** Gradient steps on the one batch (TRL num_iterations, verl ppo_epochs). */
	numIterations: number;
	learningRate: number;
}

/** The batch: which approach each answer took, whether it was right, and its advantage. */
export interface InnerBatch {
	approaches: number[];
	rewards: number[];
	advantages: number[];
}

/** The policy after some steps on the batch. */
export interface InnerStep {
	logits: Float64Array;
	/** π(approach), and π/π_old of each approach. */
	probabilities: Float64Array;
	ratios: Float64Array;
	/** 1/G Σ min(r_i A_i, clip(r_i) A_i): what is climbed. */
	surrogate: number;
	/** 1/G Σ r_i R_i: the success rate that the batch promises by importance sampling. */
	promised: number;
	/** Σ π μ: the true one. */
	successRate: number;
	/** KL(π_old‖π) in nats. */
	kl: number;
	/** Share of the answers on the clip's flat branch. */
	clipFraction: number;
	/** Largest ratio of an approach that is in the batch. */
	largestRatio: number;
}

/**
 * Several gradient steps on one batch, as PPO and GRPO take them, on a softmax over a few approaches to
 * one question. Each approach is right with a probability of its own; the batch sees rewards 0 and 1, so
 * an approach that was lucky looks better than it is. Steps climb the clipped surrogate (tabularSurrogate,
 * plain gradient ascent), whose ratios compare with the policy that sampled.
 *
 * Beside it stands what the batch promises for the new policy (importance sampling, unbiased for a policy
 * chosen without the batch) and what is true. Climbing makes the promise too good.
 *
 * Entry 0 is the policy before the first step, where every ratio is 1. With epsilon = Infinity nothing is
 * clipped and the surrogate is linear in π: its maximum puts everything on one approach.
 *
 * Paper: Schulman et al., PPO, arXiv 1707.06347, section 3 and Algorithm 1.
 * Cost: O(G + numIterations · approaches). Throws RangeError for fewer than two approaches, logits
 * that do not fit them, a success probability outside [0, 1], counts that are no whole numbers (G ≥ 2, steps ≥ 1), a learning rate that
 * is not positive and finite, and as clippedSurrogate.
 * Worked value: in a batch that is all right or all wrong the advantages are 0 and nothing moves.
 */
export function innerSteps(
	stream: Stream,
	oldLogits: Float64Array,
	{ success, numGenerations, numIterations, learningRate, ...clip }: InnerStepsOptions
): { batch: InnerBatch; steps: InnerStep[] } {
	check(success, oldLogits, numGenerations, numIterations, learningRate);
	const logits = Float64Array.from(oldLogits);
	const old = softmax(logits);
	const oldLogProbs = logSoftmax(logits);
	const approaches = Array.from({ length: numGenerations }, () => categorical(stream, old));
	const rewards = approaches.map((approach) => (stream.uniform() < success[approach] ? 1 : 0));
	const { advantages } = groupAdvantages(rewards, { numGenerations });
	const batch = { approaches, rewards, advantages };
	const gathered = gatherBatch(approaches, advantages, oldLogProbs, oldLogProbs);

	const steps = [readStep(logits, batch, gathered, success, clip)];
	for (let n = 0; n < numIterations; n++) {
		const { gradient } = tabularSurrogate(logits, gathered, {
			...clip,
			beta: 0,
			alpha: 0,
			useBiasCorrectionKl: false
		});
		for (let k = 0; k < logits.length; k++) logits[k] += learningRate * gradient[k];
		steps.push(readStep(logits, batch, gathered, success, clip));
	}
	return { batch, steps };
}

function readStep(
	logits: Float64Array,
	{ approaches, rewards, advantages }: InnerBatch,
	{ oldLogProbs }: TabularBatch,
	success: readonly number[],
	clip: ClipOptions
): InnerStep {
	const logProbs = logSoftmax(logits);
	const probabilities = logProbs.map(Math.exp);
	const ratios = logProbs.map((logProb, k) => Math.exp(logProb - oldLogProbs[k]));
	let surrogate = 0;
	let promised = 0;
	let clipped = 0;
	approaches.forEach((k, i) => {
		const { value, branch } = clippedSurrogate(logProbs[k], oldLogProbs[k], advantages[i], clip);
		surrogate += value;
		promised += ratios[k] * rewards[i];
		if (branch !== 'ratio') clipped++;
	});
	const G = approaches.length;
	return {
		logits: Float64Array.from(logits),
		probabilities,
		ratios,
		surrogate: surrogate / G,
		promised: promised / G,
		successRate: probabilities.reduce((sum, p, k) => sum + p * success[k], 0),
		kl: exactKl(oldLogProbs.map(Math.exp), probabilities),
		clipFraction: clipped / G,
		largestRatio: Math.max(...approaches.map((k) => ratios[k]))
	};
}

function check(
	success: readonly number[],
	logits: Float64Array,
	numGenerations: number,
	numIterations: number,
	learningRate: number
): void {
	if (success.length < 2) {
		throw new RangeError(`innerSteps: success must have at least 2 entries, got ${success.length}`);
	}
	if (logits.length !== success.length) {
		throw new RangeError(
			`innerSteps: oldLogits must be one per approach (${success.length}), got ${logits.length}`
		);
	}
	success.forEach((rate, k) => {
		if (!(rate >= 0 && rate <= 1)) {
			throw new RangeError(`innerSteps: success[${k}] must be in [0, 1], got ${rate}`);
		}
	});
	if (!Number.isInteger(numGenerations) || numGenerations < 2) {
		throw new RangeError(
			`innerSteps: numGenerations must be a whole number ≥ 2, got ${numGenerations}`
		);
	}
	if (!Number.isInteger(numIterations) || numIterations < 1) {
		throw new RangeError(
			`innerSteps: numIterations must be a whole number ≥ 1, got ${numIterations}`
		);
	}
	if (!(learningRate > 0 && learningRate < Infinity)) {
		throw new RangeError(
			`innerSteps: learningRate must be positive and finite, got ${learningRate}`
		);
	}
}
