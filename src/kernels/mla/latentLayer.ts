import { normal } from '../core/normal';
import type { Stream } from '../core/stream';
import { applyMatrix } from './products';

export interface LatentLayer {
	/** What the queries are made from, one vector a token. */
	inputs: number[][];
	/** c_j: what stands for keys and values, one vector a token. */
	latents: number[][];
	/** The key that all heads share, one vector a token, not yet turned. */
	rotaryKeys: number[][];
	/** Each head's matrices, by rows. */
	heads: { queryC: number[][]; queryR: number[][]; upK: number[][]; upV: number[][] }[];
}

export interface LatentLayerShape {
	tokens: number;
	heads: number;
	/** Width of an input, d. */
	width: number;
	headDim: number;
	kvLoraRank: number;
	qkRopeHeadDim: number;
}

/**
 * A layer of multi-head latent attention with random matrices, and random tokens through it. Entries of
 * a matrix are N(0, 1/columns), so that scores are of the order of 1.
 *
 * Cost: O(heads·d·width) numbers. Throws RangeError for a size that is not a positive integer.
 */
export function randomLatentLayer(stream: Stream, shape: LatentLayerShape): LatentLayer {
	for (const [name, size] of Object.entries(shape)) {
		if (!(Number.isInteger(size) && size >= 1)) {
			throw new RangeError(`randomLatentLayer: ${name} must be a positive integer, got ${size}`);
		}
	}
	const { tokens, width, headDim, kvLoraRank, qkRopeHeadDim } = shape;
	const random = (label: string, rows: number, columns: number, scale = 1 / Math.sqrt(columns)) => {
		const own = stream.split(label);
		return Array.from({ length: rows }, () =>
			Array.from({ length: columns }, () => scale * normal(own))
		);
	};
	const inputs = random('inputs', tokens, width, 1);
	const through = (matrix: number[][]) => inputs.map((x) => applyMatrix(matrix, x));
	return {
		inputs,
		latents: through(random('down', kvLoraRank, width)),
		rotaryKeys: through(random('rotary key', qkRopeHeadDim, width)),
		heads: Array.from({ length: shape.heads }, (_, i) => ({
			queryC: random(`head ${i} query`, headDim, width),
			queryR: random(`head ${i} rotary query`, qkRopeHeadDim, width),
			upK: random(`head ${i} key`, headDim, kvLoraRank),
			upV: random(`head ${i} value`, headDim, kvLoraRank)
		}))
	};
}
