import type { GpoConfig } from '../../../src/kernels/gpo/gpoModel';
import type { OpinionEpisode } from '../../../src/kernels/gpo/gpoWorkspace';
import type { Stream } from '../../../src/kernels/core/stream';

/** An episode of random embeddings and shares: `context` rows, then questions of `options` options. */
export function randomEpisode(
	stream: Stream,
	dimX: number,
	context: number,
	options: number[]
): OpinionEpisode {
	const rows = context + options.reduce((a, b) => a + b, 0);
	return {
		context,
		rows,
		x: Float64Array.from({ length: rows * dimX }, () => 2 * stream.uniform() - 1),
		y: Float64Array.from({ length: rows }, () => stream.uniform()),
		questions: options.length,
		options: Int32Array.from(options)
	};
}

/** The episode with its rows in another order: row i of the result is row order[i]. */
export function reordered(
	episode: OpinionEpisode,
	order: number[],
	dimX: number,
	options = [...episode.options.subarray(0, episode.questions)]
): OpinionEpisode {
	return {
		...episode,
		x: Float64Array.from(
			order.flatMap((row) => [...episode.x.subarray(row * dimX, (row + 1) * dimX)])
		),
		y: Float64Array.from(order, (row) => episode.y[row]),
		questions: options.length,
		options: Int32Array.from(options),
		rows: order.length
	};
}

/** Parameters away from the special values at initialisation (zero biases, gains of 1, equal layers). */
export function randomParameters(stream: Stream, length: number): Float64Array {
	return Float64Array.from({ length }, () => 0.8 * (2 * stream.uniform() - 1));
}

export const smallConfig: GpoConfig = {
	dimX: 3,
	dModel: 6,
	embDepth: 3,
	dimFeedforward: 5,
	nhead: 2,
	numLayers: 2,
	boundStd: false
};
