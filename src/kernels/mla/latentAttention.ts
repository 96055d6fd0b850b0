import { dot } from '../core/dot';
import { softmax } from '../core/softmax';
import { applyMatrix, applyTransposed } from './products';
import type { LatentLayer } from './latentLayer';
import { rotatePairs } from './rotatePairs';

export interface LatentAttention {
	/** outputs[t][i]: what head i makes of token t, d_h numbers. */
	outputs: number[][][];
	/** weights[t][i][j]: how much head i of token t attends to token j ≤ t. */
	weights: number[][][];
	/** Numbers that had to be kept for each token. */
	cached: number;
}

/**
 * Causal multi-head latent attention over tokens whose latents are given, in one of two ways.
 *
 *     q_C,i = W_UQ,i x_t     k_C,i = W_UK,i c_j     v_i = W_UV,i c_j     q_R, k_R turned by position
 *     score_i(t, j) = (q_C,i·k_C,i + q_R,i·k_R) / sqrt(d_h + d_R)
 *
 * 'naive' builds every head's keys and values and keeps them. 'absorb' keeps c_j and k_R alone, since
 *
 *     q_C,i·(W_UK,i c_j) = (W_UK,iᵀ q_C,i)·c_j     and     Σ_j w_j W_UV,i c_j = W_UV,i Σ_j w_j c_j ;
 *
 * both give the same numbers. With `rotateContent` the position turns the content's query and key
 * instead: then a rotation that depends on j stands between query and W_UK, no fixed matrix holds it, and
 * 'absorb', which has no other, is wrong. This is why MLA keeps a rotary key apart.
 *
 * DeepSeek-AI, DeepSeek-V2, arXiv 2405.04434, section 2.1; the names are those of attn_impl in
 * deepseek-ai/DeepSeek-V3, inference/model.py. Its RMSNorms and the scale of long contexts are left out.
 *
 * Cost: O(T²·heads·d). Throws RangeError for no tokens, and as `rotatePairs` does.
 * Worked value: one token attends to itself only: outputs[0][i] = W_UV,i c_0.
 */
export function latentAttention(
	layer: LatentLayer,
	implementation: 'naive' | 'absorb',
	{ rotateContent = false } = {}
): LatentAttention {
	const { latents, inputs, rotaryKeys, heads } = layer;
	if (latents.length === 0) throw new RangeError('latentAttention: latents must not be empty');
	const [headDim, rank] = [heads[0].upK.length, latents[0].length];
	const ropeDim = rotaryKeys[0].length;
	const scale = 1 / Math.sqrt(headDim + ropeDim);
	const keysR = rotaryKeys.map((key, j) => rotatePairs(key, j));
	const naive = implementation === 'naive';

	const perHead = heads.map(({ queryC, queryR, upK, upV }) => {
		const turn = (x: number[], at: number) => (rotateContent ? rotatePairs(x, at) : x);
		const keys = naive ? latents.map((c, j) => turn(applyMatrix(upK, c), j)) : latents;
		const values = naive ? latents.map((c) => applyMatrix(upV, c)) : latents;
		return inputs.map((x, t) => {
			const content = turn(applyMatrix(queryC, x), t);
			const query = naive ? content : applyTransposed(upK, content);
			const rotary = rotatePairs(applyMatrix(queryR, x), t);
			const scores = Array.from(
				{ length: t + 1 },
				(_, j) => scale * (dot(query, keys[j]) + (rotateContent ? 0 : dot(rotary, keysR[j])))
			);
			const weights = Array.from(softmax(scores));
			const mixed = values[0].map((_, d) =>
				weights.reduce((sum, w, j) => sum + w * values[j][d], 0)
			);
			return { weights, output: naive ? mixed : applyMatrix(upV, mixed) };
		});
	});
	return {
		outputs: inputs.map((_, t) => perHead.map((head) => head[t].output)),
		weights: inputs.map((_, t) => perHead.map((head) => head[t].weights)),
		cached: naive ? heads.length * 2 * headDim + ropeDim : rank + ropeDim
	};
}
