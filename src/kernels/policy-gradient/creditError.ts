import type { TokenTask } from './tokenTask';
import { tokenValues } from './tokenValues';

/** Every answer of T tokens with its probability. */
export interface AllAnswers {
	answers: boolean[][];
	probabilities: Float64Array;
}

/**
 * All 2^T answers, each with the probability that a policy gives it whose tokens are right with
 * probability `rate`. Cost: O(T 2^T). Throws RangeError for more than 12 tokens.
 * Worked value: length 1, rate 0.3: wrong with 0.7, right with 0.3.
 */
export function allAnswers(length: number, rate: number): AllAnswers {
	if (length > 12) throw new RangeError(`allAnswers: length must be at most 12, got ${length}`);
	const answers = Array.from({ length: 2 ** length }, (_, code) =>
		Array.from({ length }, (_, t) => ((code >> t) & 1) === 1)
	);
	const probabilities = Float64Array.from(answers, (answer) =>
		answer.reduce((product, right) => product * (right ? rate : 1 - rate), 1)
	);
	return { answers, probabilities };
}

export interface CreditError {
	/** Length of the gap between the estimate's mean and the gradient, per length of the gradient. */
	bias: number;
	/** Standard deviation of the estimate of one answer, per length of the gradient. */
	noise: number;
}

/**
 * How wrong the policy gradient of one answer is with given advantages of its tokens, exactly, by a sum
 * over all answers. The policy has one logit a token, so ∇log π of token t is (right − rate) in its
 * place. `credits` holds one list of advantages for each of `allAnswers`.
 *
 *     ĝ_t = A_t (right_t − rate),   bias = |E ĝ − g| / |g|,   g: tokenGradient
 *
 * Cost: O(T 2^T). Throws RangeError as allAnswers.
 * Worked value: task 'one' with one token, rate 0.5, exact values, λ = 0: bias 0, noise 0.
 */
export function creditError(
	task: TokenTask,
	rate: number,
	credits: readonly (readonly number[])[]
): CreditError {
	const { answers, probabilities } = allAnswers(task.length, rate);
	const exact = tokenGradient(task, rate);
	const mean = new Float64Array(task.length);
	let square = 0;
	answers.forEach((answer, i) => {
		answer.forEach((right, t) => {
			const estimate = credits[i][t] * (Number(right) - rate);
			mean[t] += probabilities[i] * estimate;
			square += probabilities[i] * estimate ** 2;
		});
	});
	let bias = 0;
	let signal = 0;
	for (let t = 0; t < task.length; t++) {
		bias += (mean[t] - exact[t]) ** 2;
		signal += exact[t] ** 2;
		square -= mean[t] ** 2;
	}
	return { bias: Math.sqrt(bias / signal), noise: Math.sqrt(Math.max(0, square) / signal) };
}

/**
 * The gradient of the success rate in one logit a token, exactly: what a right token in place of a wrong
 * one changes, over the states in which the token may be met.
 *
 *     ∂J/∂θ_t = rate (1 − rate) Σ_s P_t(s) [ V_{t+1}(s after right) − V_{t+1}(s after wrong) ]
 *
 * Cost: O(T · states). Throws RangeError for a rate outside (0, 1).
 * Worked value: task 'one' of 3 tokens, rate 0.5: (0, 0.25, 0).
 */
export function tokenGradient(task: TokenTask, rate: number): Float64Array {
	const values = tokenValues(task, rate);
	let met = new Float64Array(task.states);
	met[0] = 1;
	return Float64Array.from({ length: task.length }, (_, t) => {
		const after = new Float64Array(task.states);
		let gain = 0;
		met.forEach((probability, state) => {
			if (probability === 0) return;
			const [right, wrong] = [true, false].map((token) => task.next(state, token, t));
			gain += probability * (values[t + 1][right] - values[t + 1][wrong]);
			after[right] += probability * rate;
			after[wrong] += probability * (1 - rate);
		});
		met = after;
		return rate * (1 - rate) * gain;
	});
}
