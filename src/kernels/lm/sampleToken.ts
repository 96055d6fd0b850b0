import { logSumExp } from '../core/logSumExp';
import type { Stream } from '../core/stream';
import { filterLogits, type SamplingSettings } from './filterLogits';

export interface SampledToken {
	token: number;
	/** Its log-probability under what it was drawn from, after the filters; null where none is on. */
	filteredLogProb: number | null;
}

/**
 * The first token at which the running sum of probabilities exceeds u times their sum; core's
 * categorical would refuse a policy in float32, which sums to 1 within 1e−6 only.
 */
function inverseCumulative(probabilities: ArrayLike<number>, u: number): number {
	let total = 0;
	for (let i = 0; i < probabilities.length; i++) total += probabilities[i];
	let left = u * total;
	let last = 0;
	for (let i = 0; i < probabilities.length; i++) {
		if (probabilities[i] === 0) continue;
		if (left < probabilities[i]) return i;
		left -= probabilities[i];
		last = i;
	}
	return last;
}

/**
 * Draws the next token from logits, given the policy softmax(logits / temperature) that has been
 * worked out from them: from the policy itself, or with top-k, top-p, min-p or typical sampling from
 * the narrower distribution that they leave. One uniform a token either way.
 *
 * Cost: O(vocabSize); O(vocabSize·log vocabSize) with filters. Throws as filterLogits does.
 */
export function sampleToken(
	logits: Float32Array,
	policy: Float32Array,
	settings: SamplingSettings,
	stream: Stream
): SampledToken {
	const { topK = 0, topP = 1, minP = 0, typicalP = 1 } = settings;
	const u = stream.uniform();
	if (topK === 0 && topP === 1 && minP === 0 && typicalP === 1) {
		return { token: inverseCumulative(policy, u), filteredLogProb: null };
	}
	const filtered = Float64Array.from(logits);
	filterLogits(filtered, settings);
	const logSum = logSumExp(filtered);
	const token = inverseCumulative(
		filtered.map((z) => Math.exp(z - logSum)),
		u
	);
	return { token, filteredLogProb: filtered[token] - logSum };
}
