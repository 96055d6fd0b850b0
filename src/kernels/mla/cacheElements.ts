export interface CacheShape {
	/** Attention heads n_h. */
	heads: number;
	/** Width of a head's key and of its value, d_h. */
	headDim: number;
	/** Heads that keep keys and values of their own in grouped-query attention, n_g. */
	kvHeads: number;
	/** Width of the latent, d_c: kv_lora_rank in the released configuration. */
	kvLoraRank: number;
	/** Width of the rotary key that all heads share, d_R: qk_rope_head_dim. */
	qkRopeHeadDim: number;
}

/**
 * DeepSeek-V3's attention (deepseek-ai/DeepSeek-V3, inference/configs/config_671B.json). It groups no
 * heads; 8 is what Llama 3.1 405B keeps.
 */
export const deepSeekV3: CacheShape = {
	heads: 128,
	headDim: 128,
	kvHeads: 8,
	kvLoraRank: 512,
	qkRopeHeadDim: 64
};

export interface CacheElements {
	/** Multi-head: a key and a value for every head. */
	mha: number;
	/** Grouped-query: a key and a value for every group of heads. */
	gqa: number;
	/** Multi-query: one key and one value. */
	mqa: number;
	/** Multi-head latent: one latent and one rotary key. */
	mla: number;
}

/**
 * Numbers that attention keeps for each token and layer, so that the token need not be read again.
 *
 *     MHA 2·n_h·d_h     GQA 2·n_g·d_h     MQA 2·d_h     MLA d_c + d_R
 *
 * DeepSeek-AI, DeepSeek-V2, arXiv 2405.04434, section 2.1. MLA's does not grow with the heads. Bytes of
 * a whole model: times layers, tokens, and bytes a number (2 in bf16).
 *
 * Cost: O(1). Throws RangeError for sizes that are not positive whole numbers, or more groups than heads.
 * Worked value: DeepSeek-V3: MLA 512 + 64 = 576, and 576 · 61 layers · 2 bytes = 70,272 bytes a token;
 * MHA with its 128 heads of 128: 32,768.
 */
export function cacheElements(shape: CacheShape): CacheElements {
	for (const [name, size] of Object.entries(shape)) {
		if (!(Number.isInteger(size) && size >= 1)) {
			throw new RangeError(`cacheElements: ${name} must be a positive integer, got ${size}`);
		}
	}
	const { heads, headDim, kvHeads, kvLoraRank, qkRopeHeadDim } = shape;
	if (kvHeads > heads) {
		throw new RangeError(`cacheElements: kvHeads must be at most ${heads}, got ${kvHeads}`);
	}
	return {
		mha: 2 * heads * headDim,
		gqa: 2 * kvHeads * headDim,
		mqa: 2 * headDim,
		mla: kvLoraRank + qkRopeHeadDim
	};
}
