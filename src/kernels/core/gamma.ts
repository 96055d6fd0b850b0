import { normal } from './normal';
import type { Stream } from './stream';

/**
 * The logarithm of a Gamma(shape, 1) number. Small shapes give numbers below the smallest double;
 * their logarithms are still right.
 *
 * Method of Marsaglia and Tsang (2000); for shape < 1, Gamma(shape) = Gamma(shape + 1) · U^(1/shape).
 * Throws RangeError unless shape is positive and finite.
 */
export function logGamma(stream: Stream, shape: number): number {
	if (!(shape > 0 && shape < Infinity)) {
		throw new RangeError(`gamma: shape must be positive and finite, got ${shape}`);
	}
	if (shape < 1) {
		return logGamma(stream, shape + 1) + Math.log(1 - stream.uniform()) / shape;
	}
	const d = shape - 1 / 3;
	const c = 1 / Math.sqrt(9 * d);
	for (;;) {
		const x = normal(stream);
		const root = 1 + c * x;
		if (root <= 0) continue;
		const v = root ** 3;
		const logU = Math.log(1 - stream.uniform());
		if (logU < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d) + Math.log(v);
	}
}

/** A Gamma(shape, 1) number: mean and variance are both `shape`. Throws as `logGamma` does. */
export function gamma(stream: Stream, shape: number): number {
	return Math.exp(logGamma(stream, shape));
}
