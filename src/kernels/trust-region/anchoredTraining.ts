import { categorical } from '../core/categorical';
import { logSoftmax, softmax } from '../core/softmax';
import type { Stream } from '../core/stream';
import { softmaxGradient } from '../policy-gradient/softmaxGradient';
import { libraryKl } from '../rl/libraryKl';
import { libraryKlGradient } from '../rl/libraryKlGradient';
import { rlooAdvantages } from '../rl/rlooAdvantages';
import type { KlEstimator, KlPlace } from './klPull';

export interface AnchoredTrainingOptions {
	/** π_ref, where training starts, and what each answer earns. */
	refProbabilities: readonly number[];
	rewards: readonly number[];
	/** Where the KL penalty stands, and which estimate it is. */
	place: KlPlace;
	estimator: KlEstimator;
	beta: number;
	/** Answers a step, one group (G). */
	numGenerations: number;
	learningRate: number;
	steps: number;
}

/**
 * Policy gradients with a KL penalty to the reference, sampled: each step draws G answers from the policy,
 * and takes one gradient step in the logits.
 *
 *     place 'reward'   A = leave-one-out of r − β k        c_i = A_i
 *     place 'loss'     A = leave-one-out of r              c_i = A_i − β k′_i
 *     θ ← θ + learningRate · 1/G Σ_i c_i ∇log π(y_i)
 *
 * All six penalties get the same advantages (rlooAdvantages), so that nothing but the penalty differs.
 * k and k′ are TRL's, unclamped. klPull has what each aims at; klRegularisedOptimum and forwardKlOptimum
 * have where they rest.
 *
 * Cost: O(steps · (G + answers)). Returns the policies, entry 0 before training. Throws RangeError for
 * counts that are no whole numbers (G ≥ 2, steps ≥ 0), β that is negative or not finite, a learning rate
 * that is not positive and finite or makes the logits overflow, and as categorical for probabilities.
 * Worked value: equal rewards and β = 0 change nothing.
 */
export function anchoredTraining(stream: Stream, options: AnchoredTrainingOptions): Float64Array[] {
	const { refProbabilities, rewards, place, estimator, beta, numGenerations, steps } = options;
	check(options);
	const refLogProbs = refProbabilities.map(Math.log);
	const logits = Float64Array.from(refLogProbs);
	const policies = [softmax(logits)];
	for (let step = 0; step < steps; step++) {
		const probabilities = policies[step];
		const logProbs = logSoftmax(logits);
		const answers = Array.from({ length: numGenerations }, () =>
			categorical(stream, probabilities)
		);
		const penalty = (of: typeof libraryKl, y: number) =>
			beta === 0 ? 0 : beta * of('trl', estimator, logProbs[y], refLogProbs[y]);
		const { advantages } = rlooAdvantages(
			answers.map((y) => rewards[y] - (place === 'reward' ? penalty(libraryKl, y) : 0)),
			{ numGenerations }
		);
		const coefficients = new Float64Array(logits.length);
		answers.forEach((y, i) => {
			const inLoss = place === 'loss' ? penalty(libraryKlGradient, y) : 0;
			coefficients[y] += (advantages[i] - inLoss) / numGenerations;
		});
		const gradient = softmaxGradient(probabilities, coefficients);
		for (let k = 0; k < logits.length; k++) logits[k] += options.learningRate * gradient[k];
		if (!logits.every(Number.isFinite)) {
			throw new RangeError(
				`anchoredTraining: learningRate must be small enough not to overflow, got ${options.learningRate}`
			);
		}
		policies.push(softmax(logits));
	}
	return policies;
}

function check(options: AnchoredTrainingOptions): void {
	const fail = (name: keyof AnchoredTrainingOptions, expected: string) => {
		throw new RangeError(`anchoredTraining: ${name} must be ${expected}, got ${options[name]}`);
	};
	const { refProbabilities, rewards, beta, numGenerations, learningRate, steps } = options;
	if (rewards.length !== refProbabilities.length) {
		fail('rewards', `one per answer (${refProbabilities.length})`);
	}
	if (!refProbabilities.every((p) => p > 0)) fail('refProbabilities', 'all above 0');
	if (!Number.isInteger(numGenerations) || numGenerations < 2) {
		fail('numGenerations', 'a whole number ≥ 2');
	}
	if (!Number.isInteger(steps) || steps < 0) fail('steps', 'a whole number ≥ 0');
	if (!(beta >= 0 && beta < Infinity)) fail('beta', 'finite and ≥ 0');
	if (!(learningRate > 0 && learningRate < Infinity)) fail('learningRate', 'positive and finite');
}
