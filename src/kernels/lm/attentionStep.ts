import { matmul } from './matmul';
import { softmaxRow } from './softmaxRows';

/**
 * Attention of one more token in each row, over a cache of the keys and values before it: the same
 * numbers as attention gives for the last token, at 1/length of the cost. Keys are cached column by
 * column, so that scores of neighbouring positions are computed together. Shapes are in
 * Engine.attentionStep.
 *
 * Cost: 2·width·(position + 1) products a row, no allocation.
 */
export function attentionStep(
	floats: Float32Array,
	ints: Int32Array,
	qkv: number,
	keys: number,
	values: number,
	out: number,
	scratch: number,
	slots: number,
	positions: number,
	rows: number,
	capacity: number,
	heads: number,
	headWidth: number
): void {
	const width = heads * headWidth;
	const scale = 1 / Math.sqrt(headWidth);
	for (let row = 0; row < rows; row++) {
		const slot = ints[slots + row];
		const position = ints[positions + row];
		const q = qkv + row * 3 * width;
		const slotKeys = keys + slot * width * capacity;
		const slotValues = values + slot * width * capacity;
		for (let i = 0; i < width; i++) {
			floats[slotKeys + i * capacity + position] = floats[q + width + i];
			floats[slotValues + position * width + i] = floats[q + 2 * width + i];
		}
		for (let head = 0; head < heads; head++) {
			const at = head * headWidth;
			const k = slotKeys + at * capacity;
			const v = slotValues + at;
			const count = position + 1;
			matmul(floats, q + at, 0, 1, k, capacity, 8, scratch, 0, 1, count, headWidth, 0);
			softmaxRow(floats, scratch, count, scale);
			matmul(floats, scratch, 0, 1, v, width, 8, out + row * width + at, 0, 1, headWidth, count, 0);
		}
	}
}
