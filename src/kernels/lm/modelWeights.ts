import type { Engine } from './engine';
import { packedSize, packMatrix, type Matrix } from './linear';
import { parameterCount, parameterLayout, type ModelConfig } from './modelConfig';

/** Where the parameters of one layer stand in an engine's memory. */
export interface LayerWeights {
	norm1: number;
	/** q, k and v as one matrix of 3·width outputs. */
	qkv: Matrix;
	o: Matrix;
	norm2: number;
	/** gate and up as one matrix of 2·hiddenWidth outputs; with 'gelu' up alone. */
	up: Matrix;
	down: Matrix;
}

export interface ModelWeights {
	/** The first of all parameters, which stand there in the order of their layout. */
	first: number;
	embedding: number;
	layers: LayerWeights[];
	norm: number;
	head: Matrix;
	/** Present with a value head. */
	valueWeight?: number;
	valueBias?: number;
}

/**
 * Finds room for a model's parameters and for the packed form of its matrices; `take` gives the
 * first of as many numbers as it is asked for.
 */
export function placeWeights(config: ModelConfig, take: (count: number) => number): ModelWeights {
	const { vocabSize, width, hiddenWidth, feedForward, tieHead, valueHead } = config;
	const layout = parameterLayout(config);
	const first = take(parameterCount(config));
	const at = (name: string) => first + layout[name].offset;
	const matrix = (name: string, outputs: number, inputs: number): Matrix => ({
		weight: at(name),
		packed: take(packedSize(outputs, inputs)),
		outputs,
		inputs
	});
	const upName = feedForward === 'swiglu' ? 'gate_proj' : 'up_proj';
	const upWidth = feedForward === 'swiglu' ? 2 * hiddenWidth : hiddenWidth;
	return {
		first,
		embedding: at('model.embed_tokens.weight'),
		layers: Array.from({ length: config.layers }, (_, layer) => {
			const prefix = `model.layers.${layer}`;
			return {
				norm1: at(`${prefix}.input_layernorm.weight`),
				qkv: matrix(`${prefix}.self_attn.q_proj.weight`, 3 * width, width),
				o: matrix(`${prefix}.self_attn.o_proj.weight`, width, width),
				norm2: at(`${prefix}.post_attention_layernorm.weight`),
				up: matrix(`${prefix}.mlp.${upName}.weight`, upWidth, width),
				down: matrix(`${prefix}.mlp.down_proj.weight`, width, hiddenWidth)
			};
		}),
		norm: at('model.norm.weight'),
		head: matrix(tieHead ? 'model.embed_tokens.weight' : 'lm_head.weight', vocabSize, width),
		...(valueHead && {
			valueWeight: at('v_head.summary.weight'),
			valueBias: at('v_head.summary.bias')
		})
	};
}

/** Copies parameters into the engine's memory and packs the matrices: well under 1 % of a pass. */
export function loadWeights(engine: Engine, weights: ModelWeights, parameters: Float32Array): void {
	engine.floats.set(parameters, weights.first);
	for (const { qkv, o, up, down } of weights.layers) {
		for (const matrix of [qkv, o, up, down]) packMatrix(engine, matrix);
	}
	packMatrix(engine, weights.head);
}
