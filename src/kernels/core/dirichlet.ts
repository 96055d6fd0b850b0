import { logGamma } from './gamma';
import { softmax } from './softmax';
import type { Stream } from './stream';

/**
 * Shares drawn from Dirichlet(alpha): normalised gammas, normalised in log space, so that tiny
 * alphas (one share near 1, the rest near 0) do not end in 0/0.
 *
 * Throws RangeError for an empty alpha or one that is not positive and finite.
 */
export function dirichlet(stream: Stream, alpha: readonly number[]): number[] {
	if (alpha.length === 0) throw new RangeError('dirichlet: alpha must not be empty');
	return [...softmax(alpha.map((shape) => logGamma(stream, shape)))];
}
