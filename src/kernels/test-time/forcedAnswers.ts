import type { Stream } from '../core/stream';

/**
 * The meta-prover's estimate of J: force `samples` answers from a prefix that leaves `remaining`
 * candidates and count the right ones. With `samples` = 'exact' the value 1/remaining itself.
 *
 * `samples` forced answers cost `samples` times the tokens of an answer; the estimate's variance is
 * J(1−J)/samples.
 * Cost: O(samples). Throws RangeError for samples that are not a positive integer.
 */
export function forcedAnswers(
	remaining: number,
	samples: number | 'exact',
	stream: Stream
): number {
	if (samples === 'exact') return 1 / remaining;
	if (!Number.isInteger(samples) || samples < 1) {
		throw new RangeError(
			`forcedAnswers: samples must be a positive integer or 'exact', got ${samples}`
		);
	}
	let right = 0;
	for (let i = 0; i < samples; i++) if (stream.uniform() * remaining < 1) right++;
	return right / samples;
}
