import { normal } from '../core/normal';
import { branchNames, type Branch } from '../rl/policyBranch';
import { policyLoss } from '../rl/policyLoss';
import type { TokenRows } from '../rl/tokenRows';
import { methodAdvantages } from './methodAdvantages';
import type { Method } from './methods';
import type { Stream } from '../core/stream';

/** Answers to a few questions, the groups one after the other, as every method gets them. */
export interface SameBatch {
	rewards: readonly number[];
	numGenerations: number;
	/** One row an answer, padded to one length. */
	mask: TokenRows;
	/** log π − log π_old of each token, in nats. */
	logRatios: TokenRows;
	/** Of a critic, token by token. */
	values: TokenRows;
}

/** What a method makes of each token; rows as in the batch, 0 on padding. */
export interface MethodTokens {
	advantages: number[][];
	/** π/π_old of the token, or of its answer. */
	ratios: number[][];
	/** What multiplies the advantage: the ratio, or what it is held at. */
	coefficients: number[][];
	/** How much the token counts in the batch. */
	weights: number[][];
	/** −∂loss/∂log π: how hard the token is pushed up (or, below 0, down). */
	pushes: number[][];
	branches: Branch[][];
}

/**
 * A batch from the rewards and lengths of its answers, on a policy that has moved since it sampled: each
 * token's log-ratio is drawn from a normal distribution with deviation `drift` in nats. The critic's value
 * goes evenly from the mean reward of the question to the reward of the answer as the answer is written.
 *
 * Cost: O(tokens). Throws RangeError for lengths that are not one whole number ≥ 1 a reward, groups that do
 * not fit the rewards, and drift that is negative or not finite.
 */
export function sampleBatch(
	stream: Stream,
	{
		rewards,
		lengths,
		numGenerations,
		drift
	}: {
		rewards: readonly number[];
		lengths: readonly number[];
		numGenerations: number;
		drift: number;
	}
): SameBatch {
	if (lengths.length !== rewards.length || lengths.some((n) => !Number.isInteger(n) || n < 1)) {
		throw new RangeError(
			`sampleBatch: lengths must be ${rewards.length} whole numbers ≥ 1, got ${lengths.join(', ')}`
		);
	}
	if (!(rewards.length > 0 && rewards.length % numGenerations === 0)) {
		throw new RangeError(
			`sampleBatch: numGenerations must divide the ${rewards.length} rewards, got ${numGenerations}`
		);
	}
	if (!(drift >= 0 && drift < Infinity)) {
		throw new RangeError(`sampleBatch: drift must be finite and ≥ 0, got ${drift}`);
	}
	const longest = Math.max(...lengths);
	const rowOf = (value: (t: number) => number) =>
		Array.from({ length: longest }, (_, t) => value(t));
	const means = rewards.map((_, i) => {
		const first = i - (i % numGenerations);
		const group = rewards.slice(first, first + numGenerations);
		return group.reduce((sum, reward) => sum + reward, 0) / numGenerations;
	});
	return {
		rewards,
		numGenerations,
		mask: lengths.map((length) => rowOf((t) => (t < length ? 1 : 0))),
		logRatios: lengths.map((length) => rowOf((t) => (t < length ? drift * normal(stream) : 0))),
		values: lengths.map((length, i) =>
			rowOf((t) => (t < length ? means[i] + ((rewards[i] - means[i]) * t) / length : 0))
		)
	};
}

/**
 * What a method does with the batch, token by token, by `methodAdvantages` and `policyLoss`:
 *
 *     push = weight × coefficient × advantage, and 0 where the clip holds the ratio
 *
 * GSPO's push of a token goes through the ratio of its answer, which n tokens share; its weight 1/(B·n)
 * and that share come to the same. There is no KL penalty here (β = 0).
 *
 * Cost: O(tokens). Throws RangeError as the kernels it calls.
 * Worked value: two answers of one token, rewards 1 and 0, no drift: RLOO pushes ±1/2, Dr. GRPO ±1/4.
 */
export function methodTokens(method: Method, batch: SameBatch): MethodTokens {
	const { mask, logRatios } = batch;
	const length = mask[0].length;
	const advantages = methodAdvantages(method, { ...batch, kl: logRatios, beta: 0 });
	const oldLogProbs = mask.flat().map(() => -1);
	const loss = policyLoss(
		{
			batch: mask.length,
			length,
			logProbs: logRatios.flat().map((logRatio, i) => oldLogProbs[i] + logRatio),
			oldLogProbs,
			advantages: advantages.flat(),
			mask: mask.flat()
		},
		{ ...method.loss, beta: 0 }
	);
	const rows = <T>(values: ArrayLike<T>) =>
		mask.map((_, i) => Array.from(values).slice(i * length, (i + 1) * length));
	return {
		advantages: advantages.map((row, i) => row.map((value, t) => value * mask[i][t])),
		ratios: rows(loss.ratios),
		coefficients: rows(loss.coefficients),
		weights: rows(loss.weights),
		pushes: rows(loss.gradients).map((row) =>
			row.map((gradient) => (gradient === 0 ? 0 : -gradient))
		),
		branches: rows(loss.branches).map((row) => row.map((code) => branchNames[code]))
	};
}
