import { categorical } from '../core/categorical';
import type { Stream } from '../core/stream';
import { groupAdvantages } from '../rl/groupAdvantages';
import { rlooAdvantages } from '../rl/rlooAdvantages';
import { baselineNoise, type BaselineNoiseOptions } from './baselineNoise';
import { softmaxGradient } from './softmaxGradient';

/**
 * Sampled policy gradients, as a trainer computes them: each draws a group of G answers from the policy,
 * turns their rewards into advantages (rlooAdvantages, groupAdvantages without division, or reward less
 * a number) and averages A_i ∇log π(y_i). One list of logits an estimate.
 *
 * Cost: O(count · (G + answers)). Throws RangeError as baselineNoise, and for a count that is not a whole
 * number ≥ 1.
 * Worked value: equal rewards with 'leave-one-out' give 0 in every estimate.
 */
export function sampleGradients(
	stream: Stream,
	probabilities: ArrayLike<number>,
	rewards: ArrayLike<number>,
	count: number,
	options: BaselineNoiseOptions
): Float64Array[] {
	const { numGenerations, baseline } = options;
	const { subtracted } = baselineNoise(probabilities, rewards, options);
	if (!Number.isInteger(count) || count < 1) {
		throw new RangeError(`sampleGradients: count must be a whole number ≥ 1, got ${count}`);
	}
	return Array.from({ length: count }, () => {
		const answers = Array.from({ length: numGenerations }, () =>
			categorical(stream, probabilities)
		);
		const scored = answers.map((answer) => rewards[answer]);
		const advantages =
			baseline === 'leave-one-out'
				? rlooAdvantages(scored, { numGenerations }).advantages
				: baseline === 'group-mean'
					? groupAdvantages(scored, { numGenerations, scaleRewards: 'none' }).advantages
					: scored.map((reward) => reward - subtracted);
		const coefficients = new Float64Array(probabilities.length);
		answers.forEach((answer, i) => (coefficients[answer] += advantages[i] / numGenerations));
		return softmaxGradient(probabilities, coefficients);
	});
}
