import { checkFinite } from '../rl/checkFinite';
import { decodeFloat8, encodeFloat8, float8, type Float8Name } from './float8';

export interface Quantized {
	/** One byte a value. */
	bytes: number[];
	/** One scale a block. */
	scales: number[];
	/** What the bytes and scales stand for. */
	values: number[];
	/** Σ (value − stored)² / Σ value², under the root; 0 where all values are 0. */
	relativeError: number;
	/** How many values that are not 0 were stored as 0. */
	lost: number;
}

/** The smallest normal float64: below it a quotient would lose digits, and at last be 0. */
const SMALLEST_SCALE = 2 ** -1022;

/**
 * Values in 8 bits, with one scale for each `blockSize` in a row.
 *
 *     scale = max |x| of the block / largest number of the format,   stored = encode(x / scale)
 *
 * DeepSeek-V3 (arXiv 2412.19437) has a scale for every 128 activations of a token and for every block of
 * 128 × 128 weights, so that one outlier coarsens 128 values, not the whole tensor. A block as long as
 * the list is scaling by tensor. A block of zeros has scale 1. (Scales stay float64 here.)
 *
 * Cost: O(values). Throws RangeError for no values, one that is not finite, and a block size below 1.
 * Worked value: (448, 0.001) in e4m3: with one scale 0.001 becomes 0; with a scale each it is kept.
 */
export function quantizeBlocks(
	values: readonly number[],
	blockSize: number,
	format: Float8Name = 'e4m3'
): Quantized {
	if (values.length === 0) throw new RangeError('quantizeBlocks: values must not be empty');
	checkFinite('quantizeBlocks', 'values', values);
	if (!(Number.isInteger(blockSize) && blockSize >= 1)) {
		throw new RangeError(`quantizeBlocks: blockSize must be a positive integer, got ${blockSize}`);
	}
	const bytes: number[] = [];
	const scales: number[] = [];
	for (let start = 0; start < values.length; start += blockSize) {
		const block = values.slice(start, start + blockSize);
		const largest = Math.max(...block.map(Math.abs));
		const scale = largest === 0 ? 1 : Math.max(largest / float8[format].max, SMALLEST_SCALE);
		scales.push(scale);
		for (const value of block) bytes.push(encodeFloat8(value / scale, format, true));
	}
	const stored = bytes.map(
		(byte, i) => decodeFloat8(byte, format) * scales[Math.floor(i / blockSize)]
	);
	const squares = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x * x, 0);
	const energy = squares(values);
	return {
		bytes,
		scales,
		values: stored,
		relativeError:
			energy === 0 ? 0 : Math.sqrt(squares(values.map((x, i) => x - stored[i])) / energy),
		lost: values.filter((x, i) => x !== 0 && stored[i] === 0).length
	};
}
