import { logSoftmax } from '../core/softmax';

export type Point = readonly [number, number];

/** A question with finitely many answers. */
export interface LandscapePrompt {
	/** log π_ref up to a constant; where θ = 0 the policy is the reference. */
	refLogits: readonly number[];
	/** How each answer's logit depends on the two parameters. */
	features: readonly Point[];
	rewards: readonly number[];
	/** Tokens of each answer. The first decides which answer it is, the others follow from it. */
	lengths: readonly number[];
}

/** Questions that come equally often. */
export type Landscape = readonly LandscapePrompt[];

export interface LandscapeValue {
	/** E r − β KL(π‖π_ref), averaged over the questions. */
	value: number;
	/** ∇value in the two parameters. */
	gradient: [number, number];
	meanReward: number;
	kl: number;
	/** log π of each answer to each question. */
	logProbs: Float64Array[];
}

/** log π of a question's answers: log softmax(refLogits + Φθ). Cost: O(answers). */
export function landscapePolicy(
	{ refLogits, features }: LandscapePrompt,
	[x, y]: Point
): Float64Array {
	return logSoftmax(refLogits.map((logit, k) => logit + features[k][0] * x + features[k][1] * y));
}

/**
 * ∇_θ of Σ_k c_k log π(k): Σ_k c_k (φ(k) − E_π φ). Cost: O(answers).
 */
export function scoreGradient(
	{ features }: LandscapePrompt,
	logProbs: Float64Array,
	coefficients: ArrayLike<number>
): [number, number] {
	let sum = 0;
	for (let k = 0; k < features.length; k++) sum += coefficients[k];
	const gradient: [number, number] = [0, 0];
	for (let k = 0; k < features.length; k++) {
		const share = coefficients[k] - Math.exp(logProbs[k]) * sum;
		gradient[0] += share * features[k][0];
		gradient[1] += share * features[k][1];
	}
	return gradient;
}

/**
 * What training is meant to climb, exactly, on a policy of two parameters:
 *
 *     J(θ) = mean over questions of  E_π r − β KL(π‖π_ref),   π = softmax(log π_ref + Φθ)
 *     ∇J   = mean of  E_π[ (r − β log π/π_ref) ∇log π ]
 *
 * Cost: O(answers). Throws RangeError for β that is negative or not finite.
 * Worked value: one question, two answers, φ = 1 and 0, reference ½, rewards 1 and 0, θ = 0: J = ½ and
 * ∂J/∂θ₁ = ¼.
 */
export function landscapeValue(prompts: Landscape, theta: Point, beta: number): LandscapeValue {
	if (!(beta >= 0 && beta < Infinity)) {
		throw new RangeError(`landscapeValue: beta must be finite and ≥ 0, got ${beta}`);
	}
	let meanReward = 0;
	let kl = 0;
	const gradient: [number, number] = [0, 0];
	const logProbs = prompts.map((prompt) => {
		const own = landscapePolicy(prompt, theta);
		const reference = landscapePolicy(prompt, [0, 0]);
		const coefficients = own.map((log, k) => {
			const share = Math.exp(log) / prompts.length;
			meanReward += share * prompt.rewards[k];
			kl += share * (log - reference[k]);
			return share * (prompt.rewards[k] - beta * (log - reference[k]));
		});
		const [x, y] = scoreGradient(prompt, own, coefficients);
		gradient[0] += x;
		gradient[1] += y;
		return own;
	});
	return { value: meanReward - beta * kl, gradient, meanReward, kl, logProbs };
}
