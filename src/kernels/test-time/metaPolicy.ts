import { softmax } from '../core/softmax';
import { EPISODES, LARGEST_SIZE, type Episode } from './searchTask';

/** Logits of a tabular policy, row-major: BUCKETS rows of one logit an episode type. */
export type MetaPolicy = Float64Array;

/** 1, 2, 3–4, 5–8, 9–16, 17–32, 33–64 remaining candidates. */
export const BUCKETS = Math.log2(LARGEST_SIZE) + 1;

/** The row of the policy that looks at n remaining candidates: ⌈log2 n⌉. */
export function bucketOf(remaining: number): number {
	return remaining === 1 ? 0 : 32 - Math.clz32(remaining - 1);
}

/**
 * The policy before training: the same habits whatever remains, logit = ln probability.
 *
 * Throws RangeError for a probability that is not positive (a habit of probability 0 can never be
 * tried, so nothing could be learnt about it) or habits that do not sum to 1 (to 1e−9).
 */
export function baseMetaPolicy(habits: Readonly<Record<Episode, number>>): MetaPolicy {
	let sum = 0;
	for (const episode of EPISODES) {
		if (!(habits[episode] > 0)) {
			throw new RangeError(
				`baseMetaPolicy: habits.${episode} must be positive, got ${habits[episode]}`
			);
		}
		sum += habits[episode];
	}
	if (Math.abs(sum - 1) > 1e-9) {
		throw new RangeError(`baseMetaPolicy: habits must sum to 1, got ${sum}`);
	}
	const row = EPISODES.map((episode) => Math.log(habits[episode]));
	return Float64Array.from({ length: BUCKETS * EPISODES.length }, (_, i) => row[i % row.length]);
}

/**
 * π(episode | n) for every bucket, in the policy's layout: the softmax of each row. With
 * `keepThinking` the row is renormalised without `stop`: the model is held to its thinking, as when
 * "Wait" replaces its end ("budget forcing").
 *
 * Cost: O(buckets·episodes). Throws RangeError for a policy of another size.
 */
export function episodeProbabilities(
	policy: MetaPolicy,
	{ keepThinking = false }: { keepThinking?: boolean } = {}
): Float64Array {
	const width = EPISODES.length;
	if (policy.length !== BUCKETS * width) {
		throw new RangeError(
			`episodeProbabilities: policy must have ${BUCKETS * width} logits, got ${policy.length}`
		);
	}
	const stop = EPISODES.indexOf('stop');
	const probabilities = new Float64Array(policy.length);
	for (let row = 0; row < policy.length; row += width) {
		const logits = policy.slice(row, row + width);
		if (keepThinking) logits[stop] = -Infinity;
		probabilities.set(softmax(logits), row);
	}
	return probabilities;
}
