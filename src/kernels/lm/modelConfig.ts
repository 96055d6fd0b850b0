import { elementCount, type ParameterLayout } from './parameterLayout';

/** The shape of a decoder-only transformer. Hugging Face's name in brackets where it is another. */
export interface ModelConfig {
	vocabSize: number;
	/** The most tokens that a row may hold (max_position_embeddings). */
	contextLength: number;
	/** num_hidden_layers */
	layers: number;
	/** Length of a token's vector (hidden_size). */
	width: number;
	/** num_attention_heads; each takes width / heads numbers, an even count. */
	heads: number;
	/** 'swiglu': down(silu(gate·x) ∘ up·x). 'gelu': down(gelu(up·x)), GPT-2's, with tanh (hidden_act). */
	feedForward: 'swiglu' | 'gelu';
	/** intermediate_size */
	hiddenWidth: number;
	/** rope_theta */
	ropeTheta: number;
	/** rms_norm_eps */
	normEpsilon: number;
	/** The head that gives logits is the embedding itself (tie_word_embeddings). */
	tieHead: boolean;
	/** A second head that gives one number a token, for a critic. */
	valueHead: boolean;
}

/** Throws RangeError, in the name of `caller`, for a config that no model can have. */
export function checkConfig(caller: string, config: ModelConfig): void {
	const { vocabSize, contextLength, layers, width, heads, hiddenWidth } = config;
	const sizes = { vocabSize, contextLength, layers, width, heads, hiddenWidth };
	for (const [name, value] of Object.entries(sizes)) {
		if (!Number.isInteger(value) || value < 1) {
			throw new RangeError(`${caller}: ${name} must be a positive integer, got ${value}`);
		}
	}
	if (width % heads !== 0 || (width / heads) % 2 !== 0) {
		throw new RangeError(
			`${caller}: width must be an even multiple of the ${heads} heads (rotary positions turn pairs), got ${width}`
		);
	}
	const { feedForward, ropeTheta, normEpsilon } = config;
	if (feedForward !== 'swiglu' && feedForward !== 'gelu') {
		throw new RangeError(`${caller}: feedForward must be 'swiglu' or 'gelu', got ${feedForward}`);
	}
	if (!(ropeTheta > 0 && ropeTheta < Infinity)) {
		throw new RangeError(`${caller}: ropeTheta must be positive and finite, got ${ropeTheta}`);
	}
	if (!(normEpsilon >= 0 && normEpsilon < Infinity)) {
		throw new RangeError(
			`${caller}: normEpsilon must be at least 0 and finite, got ${normEpsilon}`
		);
	}
}

/** Throws RangeError, in the name of `caller`, for a model of another config than its memory. */
export function checkSameConfig(
	caller: string,
	memory: 'workspace' | 'decoder',
	made: ModelConfig,
	got: ModelConfig
): void {
	for (const name of Object.keys(made) as (keyof ModelConfig)[]) {
		if (made[name] === got[name]) continue;
		throw new RangeError(
			`${caller}: model must have the ${memory}’s ${name} ${made[name]}, got ${got[name]}`
		);
	}
}

/** Names and shapes in the order in which they stand in the flat parameters. */
function namedShapes(config: ModelConfig): [string, number[]][] {
	const { vocabSize, layers, width, hiddenWidth, feedForward, tieHead, valueHead } = config;
	const shapes: [string, number[]][] = [['model.embed_tokens.weight', [vocabSize, width]]];
	for (let layer = 0; layer < layers; layer++) {
		const prefix = `model.layers.${layer}`;
		shapes.push(
			[`${prefix}.input_layernorm.weight`, [width]],
			[`${prefix}.self_attn.q_proj.weight`, [width, width]],
			[`${prefix}.self_attn.k_proj.weight`, [width, width]],
			[`${prefix}.self_attn.v_proj.weight`, [width, width]],
			[`${prefix}.self_attn.o_proj.weight`, [width, width]],
			[`${prefix}.post_attention_layernorm.weight`, [width]]
		);
		if (feedForward === 'swiglu') {
			shapes.push([`${prefix}.mlp.gate_proj.weight`, [hiddenWidth, width]]);
		}
		shapes.push(
			[`${prefix}.mlp.up_proj.weight`, [hiddenWidth, width]],
			[`${prefix}.mlp.down_proj.weight`, [width, hiddenWidth]]
		);
	}
	shapes.push(['model.norm.weight', [width]]);
	if (!tieHead) shapes.push(['lm_head.weight', [vocabSize, width]]);
	if (valueHead) {
		shapes.push(['v_head.summary.weight', [1, width]], ['v_head.summary.bias', [1]]);
	}
	return shapes;
}

/**
 * Where each tensor stands in the flat parameters. The names are Hugging Face's: a 'swiglu' model
 * loads into LlamaForCausalLM, a 'gelu' one into ArceeForCausalLM with hidden_act gelu_pytorch_tanh,
 * and the value head has TRL's name (AutoModelForCausalLMWithValueHead). A matrix is
 * [outputs, inputs], row by row, as in torch.nn.Linear. Matrices that read the same input stand next
 * to each other (q, k, v; gate, up), so that one product serves them all.
 *
 * Cost: O(layers). Throws RangeError for sizes that are no positive integers, a width that the heads
 * do not divide into even parts, an unknown feedForward, ropeTheta ≤ 0 and normEpsilon < 0.
 */
export function parameterLayout(config: ModelConfig): ParameterLayout {
	checkConfig('parameterLayout', config);
	let offset = 0;
	return Object.fromEntries(
		namedShapes(config).map(([name, shape]) => {
			const tensor = { offset, shape };
			offset += elementCount(shape);
			return [name, tensor];
		})
	);
}

/**
 * How many parameters the model has: vocabSize·width (twice with an untied head)
 * + layers·(4·width² + m·width·hiddenWidth + 2·width) + width, with m = 3 for 'swiglu' and 2 for
 * 'gelu', + width + 1 for the value head.
 *
 * Throws RangeError as parameterLayout does.
 * Worked value: 16 tokens, 2 layers of width 32, swiglu with hidden width 96, tied: 27,296.
 */
export function parameterCount(config: ModelConfig): number {
	return Object.values(parameterLayout(config)).reduce(
		(total, { shape }) => total + elementCount(shape),
		0
	);
}
