import type { Engine } from './engine';
import { linear } from './linear';
import type { ModelConfig } from './modelConfig';
import type { LayerWeights } from './modelWeights';

/** Where one layer keeps what it computes, each a row of numbers a token. */
export interface BlockActivations {
	/** The residual stream as it comes in. */
	input: number;
	/** 1/root mean square of the stream, one a token, and the stream after the norm. */
	inverse1: number;
	normed1: number;
	/** Queries and keys (turned by their positions) and values. */
	qkv: number;
	/** Values mixed by attention, heads side by side. */
	mixed: number;
	/** The residual stream after attention. */
	middle: number;
	inverse2: number;
	normed2: number;
	/** What goes into the nonlinearity (gate and up, or up) and what comes out. */
	up: number;
	hidden: number;
}

/**
 * One layer of the transformer for `rows` tokens, in the order of Llama:
 *
 *     middle = input + attention(norm(input))·Woᵀ,   output = middle + feedForward(norm(middle))
 *
 * `attend` turns queries and keys and mixes the values: over whole rows in training, over a cache in
 * generation. Cost: 2·rows·(parameters of the layer) operations, no allocation.
 */
export function blockForward(
	engine: Engine,
	config: ModelConfig,
	weights: LayerWeights,
	activations: BlockActivations,
	output: number,
	rows: number,
	attend: () => void
): void {
	const { width, hiddenWidth, normEpsilon } = config;
	const { input, inverse1, normed1, qkv, mixed, middle, inverse2, normed2, up, hidden } =
		activations;
	const { floats } = engine;
	engine.rmsNorm(input, weights.norm1, normed1, inverse1, rows, width, normEpsilon);
	linear(engine, weights.qkv, normed1, qkv, rows);
	attend();
	floats.copyWithin(middle, input, input + rows * width);
	linear(engine, weights.o, mixed, middle, rows, 1);

	engine.rmsNorm(middle, weights.norm2, normed2, inverse2, rows, width, normEpsilon);
	linear(engine, weights.up, normed2, up, rows);
	if (config.feedForward === 'swiglu') engine.swiglu(up, hidden, rows, hiddenWidth);
	else engine.gelu(up, hidden, rows * hiddenWidth);
	floats.copyWithin(output, middle, middle + rows * width);
	linear(engine, weights.down, hidden, output, rows, 1);
}
