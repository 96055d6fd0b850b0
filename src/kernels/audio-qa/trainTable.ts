import { categorical } from '../core/categorical';
import { dot } from '../core/dot';
import { mean } from '../core/mean';
import { logSoftmax } from '../core/softmax';
import type { Stream } from '../core/stream';
import { softmaxGradient } from '../policy-gradient/softmaxGradient';
import { groupAdvantages } from '../rl/groupAdvantages';
import { policyLoss } from '../rl/policyLoss';
import { accuracyReward } from './accuracyReward';
import { formatReward } from './formatReward';

/** What the policy can say, the right option first: each option in tags, then each without. */
export const ANSWERS = ['dog', 'rain', 'car horn', 'violin'].flatMap((option) => [
	`<answer>${option}</answer>`,
	option
]);
export const SOLUTION = '<answer>dog</answer>';

export interface TableOptions {
	/** Success rate at the start, in (0, 1); the wrong options share the rest. */
	successRate: number;
	/** Share of answers in tags at the start, in (0, 1). */
	formatRate: number;
	numGenerations: number;
	/** Groups a step. */
	groups: number;
	/** Weight of the k3 penalty to the policy of the start. */
	beta: number;
	learningRate: number;
	steps: number;
}

/** Before each of the steps, and after the last for the two rates. */
export interface TableRun {
	/** The loss as a trainer prints it, one a step. */
	losses: number[];
	/** Length of its gradient in the logits, one a step. */
	gradientNorms: number[];
	/** Mean reward of the answers sampled, one a step. */
	rewards: number[];
	/** Exact probability of a right answer, as the accuracy rule sees it, steps + 1 of them. */
	success: number[];
	/** Exact probability of an answer in form, steps + 1 of them. */
	format: number[];
	/** Groups whose rewards were all equal, of steps · groups. */
	silent: number;
}

/**
 * GRPO as R1-AQA trains it, on a table: softmax over eight answers to one question, rewards from its two
 * rules, one gradient step a batch. The ratio of new to old probability is then 1 wherever the loss is
 * evaluated, and the printed number is
 *
 *     loss = −mean A + β · mean k3 = β · mean k3,
 *
 * because the advantages of every group sum to 0. Its gradient is not: ∇loss = −mean A_i ∇log π(o_i) + …
 *
 * Source: compute_loss in the repository's trainer (advantage with ε = 1e−4 and ddof 1, then
 * exp(log π − stopgrad log π) · A − β k3). Stand-in: plain gradient descent on a
 * table for a trainer's optimiser on a network.
 * Cost: O(steps · groups · G). Throws RangeError for rates outside (0, 1).
 */
export function trainTable(options: TableOptions, stream: Stream): TableRun {
	const { successRate, formatRate, numGenerations, groups, beta, learningRate, steps } = options;
	for (const [name, rate] of Object.entries({ successRate, formatRate })) {
		if (!(rate > 0 && rate < 1)) {
			throw new RangeError(`trainTable: ${name} must be between 0 and 1, got ${rate}`);
		}
	}
	const right = ANSWERS.map((text) => accuracyReward(text, SOLUTION).reward);
	const formed = ANSWERS.map((text) => formatReward(text));
	const wrongOptions = right.filter((pays) => pays === 0).length / 2;
	const logits = Float64Array.from(ANSWERS, (_, a) =>
		Math.log(
			(right[a] ? successRate : (1 - successRate) / wrongOptions) *
				(formed[a] ? formatRate : 1 - formatRate)
		)
	);
	const reference = logSoftmax(logits);
	const run: TableRun = {
		losses: [],
		gradientNorms: [],
		rewards: [],
		success: [],
		format: [],
		silent: 0
	};
	const batch = groups * numGenerations;
	for (let step = 0; step <= steps; step++) {
		const logs = logSoftmax(logits);
		const probabilities = logs.map(Math.exp);
		run.success.push(dot(probabilities, right));
		run.format.push(dot(probabilities, formed));
		if (step === steps) break;
		const answers = Array.from({ length: batch }, () => categorical(stream, probabilities));
		const rewards = answers.map((a) => right[a] + formed[a]);
		const { advantages, standardDeviations } = groupAdvantages(rewards, { numGenerations });
		const { loss, gradients } = policyLoss(
			{
				batch,
				length: 1,
				logProbs: answers.map((a) => logs[a]),
				refLogProbs: answers.map((a) => reference[a]),
				advantages
			},
			{ preset: 'trl', lossType: 'grpo', beta }
		);
		const coefficients = new Float64Array(ANSWERS.length);
		answers.forEach((a, i) => (coefficients[a] += gradients[i]));
		const gradient = softmaxGradient(probabilities, coefficients);
		run.losses.push(loss);
		run.gradientNorms.push(Math.hypot(...gradient));
		run.rewards.push(mean(rewards));
		run.silent += standardDeviations.filter((deviation) => deviation === 0).length;
		gradient.forEach((slope, a) => (logits[a] -= learningRate * slope));
	}
	return run;
}
