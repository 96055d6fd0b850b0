/** Rows and widths of one attention call; q, k and v stand side by side in a row of 3·width. */
export interface AttentionShape {
	/** First row that asks. In the last layer only targets do, since nothing reads the rest. */
	from: number;
	/** One past the last row. */
	rows: number;
	/** Rows 0 … context−1 are the only ones that are read. */
	context: number;
	/** dModel. */
	width: number;
	heads: number;
}

/**
 * Multi-head attention in which every token, context or target, reads the CONTEXT tokens only, so
 * that targets see neither themselves nor each other:
 *
 *     weights[h][r] = softmax_c(q_r·k_c / √(width/heads)),   out_r = Σ_c weights[h][r][c]·v_c
 *
 * qkv: rows × 3·width; out: rows × width; weights: heads × rows × context (kept for the backward
 * pass, and to be looked at). Mask: models/tnp.py `create_mask` of GPO.
 * Cost: O(rows·context·width), no allocation.
 */
export function contextAttentionForward(
	qkv: Float64Array,
	weights: Float64Array,
	out: Float64Array,
	shape: AttentionShape
): void {
	const { from, rows, context, width, heads } = shape;
	const size = width / heads;
	const scale = 1 / Math.sqrt(size);
	const stride = 3 * width;
	for (let head = 0; head < heads; head++) {
		const keys = width + head * size;
		const values = 2 * width + head * size;
		for (let row = from; row < rows; row++) {
			const query = row * stride + head * size;
			const first = (head * rows + row) * context;
			let highest = -Infinity;
			for (let c = 0, key = keys; c < context; c++, key += stride) {
				let dot = 0;
				for (let i = 0; i < size; i++) dot += qkv[query + i] * qkv[key + i];
				dot *= scale;
				weights[first + c] = dot;
				if (dot > highest) highest = dot;
			}
			let sum = 0;
			for (let c = first; c < first + context; c++) {
				const weight = Math.exp(weights[c] - highest);
				weights[c] = weight;
				sum += weight;
			}
			const outRow = row * width + head * size;
			for (let i = 0; i < size; i++) out[outRow + i] = 0;
			for (let c = 0, value = values; c < context; c++, value += stride) {
				const weight = weights[first + c] / sum;
				weights[first + c] = weight;
				for (let i = 0; i < size; i++) out[outRow + i] += weight * qkv[value + i];
			}
		}
	}
}

/**
 * Adds to `dqkv` what the gradient `dOut` gives queries, keys and values. With e_c = dOut·v_c,
 *
 *     ∂v_c += w_c·dOut,   ∂score_c = w_c·(e_c − Σ w·e),   ∂q += Σ ∂score_c·k_c/√size,   ∂k_c += ∂score_c·q/√size
 *
 * Cost: twice the forward pass, no allocation (`scores` is scratch of length context).
 */
export function contextAttentionBackward(
	qkv: Float64Array,
	weights: Float64Array,
	dOut: Float64Array,
	dqkv: Float64Array,
	scores: Float64Array,
	shape: AttentionShape
): void {
	const { from, rows, context, width, heads } = shape;
	const size = width / heads;
	const scale = 1 / Math.sqrt(size);
	const stride = 3 * width;
	for (let head = 0; head < heads; head++) {
		const keys = width + head * size;
		const values = 2 * width + head * size;
		for (let row = from; row < rows; row++) {
			const query = row * stride + head * size;
			const first = (head * rows + row) * context;
			const outRow = row * width + head * size;
			let mean = 0;
			for (let c = 0, value = values; c < context; c++, value += stride) {
				const weight = weights[first + c];
				let dot = 0;
				for (let i = 0; i < size; i++) {
					const d = dOut[outRow + i];
					dot += d * qkv[value + i];
					dqkv[value + i] += weight * d;
				}
				scores[c] = dot;
				mean += weight * dot;
			}
			for (let c = 0, key = keys; c < context; c++, key += stride) {
				const d = scale * weights[first + c] * (scores[c] - mean);
				for (let i = 0; i < size; i++) {
					dqkv[query + i] += d * qkv[key + i];
					dqkv[key + i] += d * qkv[query + i];
				}
			}
		}
	}
}
