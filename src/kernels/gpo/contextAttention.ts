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
 * to[at + c] = scale·Σ_i query[i]·key_c[i] for every context row c, four rows side by side. Keys (or
 * values) of row c start at keys + c·stride.
 */
function dots(
	query: Float64Array,
	queryAt: number,
	size: number,
	qkv: Float64Array,
	keys: number,
	stride: number,
	context: number,
	scale: number,
	to: Float64Array,
	at: number
): void {
	let c = 0;
	for (; c + 3 < context; c += 4) {
		let key = keys + c * stride;
		let dot0 = 0;
		let dot1 = 0;
		let dot2 = 0;
		let dot3 = 0;
		for (let i = queryAt; i < queryAt + size; i++, key++) {
			const value = query[i];
			dot0 += value * qkv[key];
			dot1 += value * qkv[key + stride];
			dot2 += value * qkv[key + 2 * stride];
			dot3 += value * qkv[key + 3 * stride];
		}
		to[at + c] = scale * dot0;
		to[at + c + 1] = scale * dot1;
		to[at + c + 2] = scale * dot2;
		to[at + c + 3] = scale * dot3;
	}
	for (; c < context; c++) {
		const key = keys + c * stride - queryAt;
		let dot = 0;
		for (let i = queryAt; i < queryAt + size; i++) dot += query[i] * qkv[key + i];
		to[at + c] = scale * dot;
	}
}

/** to[toAt + i] = Σ_c weights[at + c]·value_c[i], four columns side by side. */
function mix(
	weights: Float64Array,
	at: number,
	context: number,
	qkv: Float64Array,
	values: number,
	stride: number,
	size: number,
	to: Float64Array,
	toAt: number
): void {
	let i = 0;
	for (; i + 3 < size; i += 4) {
		let sum0 = 0;
		let sum1 = 0;
		let sum2 = 0;
		let sum3 = 0;
		for (let c = at, value = values + i; c < at + context; c++, value += stride) {
			const weight = weights[c];
			sum0 += weight * qkv[value];
			sum1 += weight * qkv[value + 1];
			sum2 += weight * qkv[value + 2];
			sum3 += weight * qkv[value + 3];
		}
		to[toAt + i] = sum0;
		to[toAt + i + 1] = sum1;
		to[toAt + i + 2] = sum2;
		to[toAt + i + 3] = sum3;
	}
	for (; i < size; i++) {
		let sum = 0;
		for (let c = at, value = values + i; c < at + context; c++, value += stride) {
			sum += weights[c] * qkv[value];
		}
		to[toAt + i] = sum;
	}
}

function softmaxInPlace(scores: Float64Array, from: number, to: number): void {
	let highest = -Infinity;
	for (let c = from; c < to; c++) if (scores[c] > highest) highest = scores[c];
	let sum = 0;
	for (let c = from; c < to; c++) {
		const weight = Math.exp(scores[c] - highest);
		scores[c] = weight;
		sum += weight;
	}
	const inverse = 1 / sum;
	for (let c = from; c < to; c++) scores[c] *= inverse;
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
		const query = head * size;
		const key = width + query;
		const value = 2 * width + query;
		for (let row = from; row < rows; row++) {
			const at = (head * rows + row) * context;
			dots(qkv, row * stride + query, size, qkv, key, stride, context, scale, weights, at);
			softmaxInPlace(weights, at, at + context);
			mix(weights, at, context, qkv, value, stride, size, out, row * width + query);
		}
	}
}

/**
 * Writes to `dqkv` (cleared before) what the gradient `dOut` gives queries, keys and values. With
 * e_c = dOut·v_c,
 *
 *     ∂v_c = Σ_r w_c·dOut,   ∂score_c = w_c·(e_c − Σ w·e)/√size,
 *     ∂q = Σ_c ∂score_c·k_c,   ∂k_c = Σ_r ∂score_c·q
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
			const outRow = row * width + head * size;
			const at = (head * rows + row) * context;
			dots(dOut, outRow, size, qkv, values, stride, context, 1, scores, 0);
			let mean = 0;
			for (let c = 0; c < context; c++) mean += weights[at + c] * scores[c];
			for (let c = 0; c < context; c++) {
				scores[c] = scale * weights[at + c] * (scores[c] - mean);
			}
			mix(scores, 0, context, qkv, keys, stride, size, dqkv, query);
			for (let c = 0, key = keys, value = values; c < context; c++) {
				const score = scores[c];
				const weight = weights[at + c];
				for (let i = 0; i < size; i++) {
					dqkv[key + i] += score * qkv[query + i];
					dqkv[value + i] += weight * dOut[outRow + i];
				}
				key += stride;
				value += stride;
			}
		}
	}
}
