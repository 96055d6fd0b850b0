import { shuffle } from '../core/shuffle';
import type { Stream } from '../core/stream';
import { checkWeights } from './luceProbability';

/**
 * A voter's order of the alternatives, best first, drawn from the Luce (Plackett–Luce) model: again
 * and again one of those that are left, with probability its weight over the weights left. Equal
 * weights give every order the same chance ("impartial culture").
 *
 * Drawn as a race: alternative i arrives at time −log(u) / w_i, and the order of arrival has that law.
 * Equal weights are shuffled, which is faster.
 *
 * Cost: O(n log n). Throws RangeError for no weights or one that is not positive and finite.
 */
export function luceBallot(stream: Stream, weights: readonly number[]): number[] {
	checkWeights('luceBallot', weights);
	const items = weights.map((_, i) => i);
	if (weights.every((weight) => weight === weights[0])) return shuffle(stream, items);
	const times = weights.map((weight) => -Math.log(1 - stream.uniform()) / weight);
	return items.sort((a, b) => times[a] - times[b]);
}
