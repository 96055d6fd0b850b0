import { policyLoss } from '../rl/policyLoss';
import { landscapePolicy, scoreGradient, type Landscape, type Point } from './landscape';
import { methodAdvantages } from './methodAdvantages';
import type { Method } from './methods';

export interface BatchGradientOptions {
	beta: number;
	/** Added to the group's deviation. TRL's default: 1e−4. */
	epsilon?: number;
	/** Weigh k3 with the ratio, so that its gradient is that of KL(π‖π_ref) (TRL's option). */
	useBiasCorrectionKl?: boolean;
	/** What Dr. GRPO divides by. Default: the longest answer. */
	maxCompletionLength?: number;
}

/** What was sampled: the answers to each question, by position, and the policy's parameters then. */
export interface SampledAnswers {
	answers: readonly (readonly number[])[];
	theta: Point;
}

/**
 * The step that a method takes on one batch, in the two parameters: −∇ of its loss, by `methodAdvantages`
 * and `policyLoss`. Each answer is a row of tokens. Its first token decides which answer it is and has
 * log π(answer); the others follow with probability 1, count as tokens and have no gradient.
 *
 * PPO's critic is the exact one: before the first token the mean of reward and penalty, after it what the
 * answer will get.
 *
 * Cost: O(tokens). Throws RangeError as the kernels it calls, and for groups of different sizes.
 */
export function batchGradient(
	prompts: Landscape,
	method: Method,
	theta: Point,
	{ answers, theta: old }: SampledAnswers,
	{ beta, epsilon, useBiasCorrectionKl = false, maxCompletionLength }: BatchGradientOptions
): [number, number] {
	const numGenerations = answers[0].length;
	if (answers.some((own) => own.length !== numGenerations)) {
		throw new RangeError(
			`batchGradient: answers must be ${numGenerations} to each question, got ${answers.map((own) => own.length).join(', ')}`
		);
	}
	const length = Math.max(...prompts.flatMap(({ lengths }) => lengths));
	const policies = prompts.map((prompt) => ({
		now: landscapePolicy(prompt, theta),
		old: landscapePolicy(prompt, old),
		reference: landscapePolicy(prompt, [0, 0])
	}));
	const rows = answers.flatMap((own, i) => own.map((k) => ({ i, k })));
	const first = (value: (row: { i: number; k: number }) => number) =>
		rows.map((row) => Array.from({ length }, (_, t) => (t === 0 ? value(row) : 0)));

	const mask = rows.map(({ i, k }) =>
		Array.from({ length }, (_, t) => (t < prompts[i].lengths[k] ? 1 : 0))
	);
	const worth = prompts.map(({ rewards }, i) =>
		rewards.reduce((sum, reward, k) => {
			const gap = policies[i].old[k] - policies[i].reference[k];
			return sum + Math.exp(policies[i].old[k]) * (reward - beta * gap);
		}, 0)
	);
	const advantages = methodAdvantages(method, {
		rewards: rows.map(({ i, k }) => prompts[i].rewards[k]),
		numGenerations,
		mask,
		kl: first(({ i, k }) => policies[i].old[k] - policies[i].reference[k]),
		values: rows.map(({ i, k }) =>
			Array.from({ length }, (_, t) => (t === 0 ? worth[i] : prompts[i].rewards[k]))
		),
		beta,
		epsilon,
		lam: 1
	});
	const { gradients } = policyLoss(
		{
			batch: rows.length,
			length,
			logProbs: first(({ i, k }) => policies[i].now[k]).flat(),
			oldLogProbs: first(({ i, k }) => policies[i].old[k]).flat(),
			refLogProbs: first(({ i, k }) => policies[i].reference[k]).flat(),
			advantages: advantages.flat(),
			mask: mask.flat()
		},
		{
			...method.loss,
			beta: method.kl === 'loss' ? beta : 0,
			useBiasCorrectionKl,
			maxCompletionLength: maxCompletionLength ?? length
		}
	);
	const step: [number, number] = [0, 0];
	prompts.forEach((prompt, i) => {
		const coefficients = new Float64Array(prompt.rewards.length);
		rows.forEach((row, b) => {
			if (row.i === i) coefficients[row.k] -= gradients[b * length];
		});
		const [x, y] = scoreGradient(prompt, policies[i].now, coefficients);
		step[0] += x;
		step[1] += y;
	});
	return step;
}
