import type { Stream } from './stream';

/**
 * A standard normal number, by the polar method of Marsaglia; the second number of each pair is
 * not kept, so that a stream's next draw never depends on what was drawn for.
 *
 * Cost: 1.27 pairs of uniforms on average.
 */
export function normal(stream: Stream): number {
	for (;;) {
		const u = 2 * stream.uniform() - 1;
		const v = 2 * stream.uniform() - 1;
		const s = u * u + v * v;
		if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
	}
}
