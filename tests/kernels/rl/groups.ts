import fc from 'fast-check';

/** Rewards of one group, with differences far above rounding. */
export const groupRewards = (minLength = 2) =>
	fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength, maxLength: 10 });

export const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** A small softmax policy over answers with known rewards, for exact sums over every sample. */
export const policy = { probabilities: [0.5, 0.3, 0.15, 0.05], rewards: [0, 1, 0.4, 2] };

/** Every way to draw `size` answers from the policy, with its probability. */
export function* draws(size: number): Generator<{ answers: number[]; probability: number }> {
	const { probabilities } = policy;
	for (let code = 0; code < probabilities.length ** size; code++) {
		const answers = Array.from(
			{ length: size },
			(_, i) => Math.floor(code / probabilities.length ** i) % probabilities.length
		);
		yield { answers, probability: answers.reduce((p, y) => p * probabilities[y], 1) };
	}
}

/**
 * The exact mean over all draws of (1/size) Σ_i A_i ∇log π(y_i), the gradient with respect to the
 * policy's logits (∂ log π(y)/∂ z_j = [y = j] − π_j).
 */
export function meanGradient(
	size: number,
	advantagesOf: (answers: number[], rewards: number[]) => readonly number[]
): number[] {
	const gradient = policy.probabilities.map(() => 0);
	for (const { answers, probability } of draws(size)) {
		const advantages = advantagesOf(
			answers,
			answers.map((y) => policy.rewards[y])
		);
		answers.forEach((y, i) =>
			policy.probabilities.forEach((p, j) => {
				gradient[j] += (probability / size) * advantages[i] * (Number(y === j) - p);
			})
		);
	}
	return gradient;
}

/** ∂/∂z_j of E[f(answers)] over independent draws, by f's own exact sum. */
export function exactGradient(size: number, f: (rewards: number[]) => number): number[] {
	const gradient = policy.probabilities.map(() => 0);
	for (const { answers, probability } of draws(size)) {
		const value = f(answers.map((y) => policy.rewards[y]));
		policy.probabilities.forEach((p, j) => {
			const own = answers.filter((y) => y === j).length;
			gradient[j] += probability * value * (own - size * p);
		});
	}
	return gradient;
}
