import { categorical } from '../core/categorical';
import type { Stream } from '../core/stream';

/** The answers sampled for one prompt, group after group, and what each scored. */
export interface TabularSamples {
	outputs: number[];
	rewards: number[];
}

/** Draws `count` answers from a policy; the first `right` answers score 1, the others 0. */
export function sampleAnswers(
	stream: Stream,
	probabilities: ArrayLike<number>,
	right: number,
	count: number
): TabularSamples {
	const outputs = Array.from({ length: count }, () => categorical(stream, probabilities));
	return { outputs, rewards: outputs.map((output) => (output < right ? 1 : 0)) };
}

/**
 * Sampled answers of one prompt, gathered by answer. Answers that are the same share ratio and KL, and
 * differ in their advantages only by group, so sums over each sign are all that the loss needs: an
 * inner step then costs O(answers that exist), however many were sampled.
 */
export interface TabularBatch {
	/** How many were sampled. */
	size: number;
	oldLogProbs: Float64Array;
	refLogProbs: Float64Array;
	/** Per answer: samples, and of these samples with a positive and with a negative advantage. */
	counts: Float64Array;
	positiveCounts: Float64Array;
	negativeCounts: Float64Array;
	/** Per answer: sum of its positive and of its negative advantages. */
	positive: Float64Array;
	negative: Float64Array;
}

/** Cost: O(samples + answers). */
export function gatherBatch(
	outputs: readonly number[],
	advantages: readonly number[],
	oldLogProbs: Float64Array,
	refLogProbs: Float64Array
): TabularBatch {
	const zeros = () => new Float64Array(oldLogProbs.length);
	const batch: TabularBatch = {
		size: outputs.length,
		oldLogProbs,
		refLogProbs,
		counts: zeros(),
		positiveCounts: zeros(),
		negativeCounts: zeros(),
		positive: zeros(),
		negative: zeros()
	};
	outputs.forEach((output, i) => {
		batch.counts[output]++;
		if (advantages[i] > 0) {
			batch.positiveCounts[output]++;
			batch.positive[output] += advantages[i];
		} else if (advantages[i] < 0) {
			batch.negativeCounts[output]++;
			batch.negative[output] += advantages[i];
		}
	});
	return batch;
}
