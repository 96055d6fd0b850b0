import { matmul } from './matmul';
import { softmaxRow } from './softmaxRows';

/** Numbers from one row of attention weights to the next: the length, up to a multiple of 8. */
export function paddedLength(length: number): number {
	return (length + 7) & ~7;
}

/** Numbers of scratch memory that attention and its gradient need. */
export function attentionScratch(length: number, headWidth: number): number {
	return paddedLength(length) * (headWidth + paddedLength(length));
}

/** to(column, row) = from(row, column) for a matrix of rows × columns. */
function transpose(
	floats: Float32Array,
	from: number,
	fromRow: number,
	to: number,
	toRow: number,
	rows: number,
	columns: number
): void {
	for (let row = 0; row < rows; row++) {
		for (let column = 0; column < columns; column++) {
			floats[to + column * toRow + row] = floats[from + row * fromRow + column];
		}
	}
}

/**
 * Causal self-attention, each row of the batch and each head by itself:
 *
 *     weights(t, s) = softmax over s ≤ t of q_t·k_s/√headWidth,   out_t = Σ_s weights(t, s)·v_s
 *
 * Vaswani et al., arXiv 1706.03762, eq. 1, with the mask of a decoder. A row that starts later (left
 * padding) is computed as if what stands before its start did not exist: its numbers are those of the
 * row without padding, to the last bit. Four queries go together, and only over keys that one of them
 * may see. Shapes are in Engine.attention.
 *
 * Cost: batch·length²·width products, no allocation.
 */
export function attention(
	floats: Float32Array,
	ints: Int32Array,
	qkv: number,
	weights: number,
	out: number,
	scratch: number,
	starts: number,
	batch: number,
	length: number,
	heads: number,
	headWidth: number
): void {
	const width = heads * headWidth;
	const stride = 3 * width;
	const padded = paddedLength(length);
	const scale = 1 / Math.sqrt(headWidth);
	for (let row = 0; row < batch; row++) {
		const start = ints[starts + row];
		const count = length - start;
		const first = row * length + start;
		floats.fill(0, out + row * length * width, out + first * width);
		for (let head = 0; head < heads; head++) {
			const q = qkv + first * stride + head * headWidth;
			const v = q + 2 * width;
			const w = weights + (row * heads + head) * length * padded;
			const o = out + first * width + head * headWidth;
			transpose(floats, q + width, stride, scratch, padded, count, headWidth);
			for (let t = 0; t < count; t += 4) {
				const m = Math.min(4, count - t);
				const n = Math.min(t + 4, count);
				const from = q + t * stride;
				const at = w + t * padded;
				matmul(floats, from, stride, 1, scratch, padded, 8, at, padded, m, n, headWidth, 0);
				for (let i = 0; i < m; i++) softmaxRow(floats, at + i * padded, t + i + 1, scale);
				const to = o + t * width;
				matmul(floats, at, padded, 1, v, stride, 8, to, width, m, headWidth, n, 0);
			}
		}
	}
}

/**
 * The gradient of attention's queries, keys and values from that of its output, with P the weights:
 *
 *     dV = Pᵀ·dOut,  dP = dOut·Vᵀ,  dS = P ∘ (dP − Σ_s P·dP)/√headWidth,  dQ = dS·K,  dK = dSᵀ·Q
 *
 * Cost: twice attention's, no allocation.
 */
export function attentionBackward(
	floats: Float32Array,
	ints: Int32Array,
	qkv: number,
	weights: number,
	dOut: number,
	dQkv: number,
	scratch: number,
	starts: number,
	batch: number,
	length: number,
	heads: number,
	headWidth: number
): void {
	const width = heads * headWidth;
	const stride = 3 * width;
	const padded = paddedLength(length);
	const scale = 1 / Math.sqrt(headWidth);
	const dS = scratch + headWidth * padded;
	for (let row = 0; row < batch; row++) {
		const start = ints[starts + row];
		const count = length - start;
		const first = row * length + start;
		floats.fill(0, dQkv + row * length * stride, dQkv + first * stride);
		for (let head = 0; head < heads; head++) {
			const q = qkv + first * stride + head * headWidth;
			const k = q + width;
			const dQ = dQkv + first * stride + head * headWidth;
			const dK = dQ + width;
			const dV = dK + width;
			const w = weights + (row * heads + head) * length * padded;
			const d = dOut + first * width + head * headWidth;
			transpose(floats, k + width, stride, scratch, padded, count, headWidth);
			for (let t = 0; t < count; t += 4) {
				const m = Math.min(4, count - t);
				const n = Math.min(t + 4, count);
				const from = d + t * width;
				const to = dS + t * padded;
				matmul(floats, from, width, 1, scratch, padded, 8, to, padded, m, n, headWidth, 0);
				for (let i = 0; i < m; i++) {
					scoreGradient(floats, w + (t + i) * padded, to + i * padded, t + i + 1, scale);
				}
				matmul(floats, to, padded, 1, k, stride, 8, dQ + t * stride, stride, m, headWidth, n, 0);
			}
			for (let s = 0; s < count; s += 4) {
				const m = Math.min(4, count - s);
				const below = count - s;
				const at = s * padded + s;
				const to = s * stride;
				const dRows = d + s * width;
				const qRows = q + to;
				matmul(floats, w + at, 1, padded, dRows, width, 8, dV + to, stride, m, headWidth, below, 0);
				matmul(
					floats,
					dS + at,
					1,
					padded,
					qRows,
					stride,
					8,
					dK + to,
					stride,
					m,
					headWidth,
					below,
					0
				);
			}
		}
	}
}

/** From dP to dS within one row, in place; what is left of the last four becomes 0. */
function scoreGradient(
	floats: Float32Array,
	weights: number,
	dScores: number,
	count: number,
	scale: number
): void {
	let mean = 0;
	for (let i = 0; i < count; i++) mean += floats[weights + i] * floats[dScores + i];
	for (let i = 0; i < count; i++) {
		floats[dScores + i] = floats[weights + i] * (floats[dScores + i] - mean) * scale;
	}
	for (let i = count; i % 4 !== 0; i++) floats[dScores + i] = 0;
}
