import { blockForward } from './blockForward';
import type { Model } from './createModel';
import type { Workspace } from './createWorkspace';
import { embed } from './embedding';
import { linear } from './linear';
import { checkSameConfig } from './modelConfig';
import { loadWeights } from './modelWeights';

export interface ForwardOptions {
	/** First real token of each row of a batch padded on the left; 0 for all by default. */
	starts?: ArrayLike<number>;
}

/** Copies the batch into the workspace; throws RangeError where it does not fit. */
function loadBatch(
	{ config, batch, length, engine, places }: Workspace,
	tokens: ArrayLike<number>,
	starts: ArrayLike<number> | undefined
): void {
	const { ints } = engine;
	if (tokens.length !== batch * length) {
		throw new RangeError(
			`forward: tokens must be ${batch} rows of ${length}, ${batch * length} in all, got ${tokens.length}`
		);
	}
	if (starts && starts.length !== batch) {
		throw new RangeError(`forward: starts must be one a row (${batch}), got ${starts.length}`);
	}
	for (let i = 0; i < tokens.length; i++) {
		const token = tokens[i];
		if (!(token >= 0 && token < config.vocabSize && Number.isInteger(token))) {
			throw new RangeError(
				`forward: tokens[${i}] must be an integer in 0 … ${config.vocabSize - 1}, got ${token}`
			);
		}
		ints[places.tokens + i] = token;
	}
	for (let row = 0; row < batch; row++) {
		const start = starts ? starts[row] : 0;
		if (!(start >= 0 && start < length && Number.isInteger(start))) {
			throw new RangeError(
				`forward: starts[${row}] must be an integer in 0 … ${length - 1}, got ${start}`
			);
		}
		ints[places.starts + row] = start;
		for (let t = 0; t < length; t++) {
			ints[places.positions + row * length + t] = Math.max(0, t - start);
		}
	}
}

/**
 * The model on a batch of token rows [batch × length]: logits [batch × length × vocabSize], of which
 * those at t are for the token at t + 1, as a view that the next pass overwrites; with a value head
 * also workspace.values [batch × length].
 *
 * Rows padded on the right need nothing, as no token looks ahead: leave the padded positions out of
 * the loss. For rows padded on the left, `starts` says where each begins; positions count from there,
 * as in transformers' generate, and what comes out before it means nothing. A padded row gives the
 * same numbers as the row alone, to the last bit.
 *
 * Cost: about 2·parameters operations a token, plus 2·layers·length·width for attention; no
 * allocation. Throws RangeError for tokens or starts of another count or out of range, and for a
 * model of another config than the workspace.
 */
export function forward(
	model: Model,
	workspace: Workspace,
	tokens: ArrayLike<number>,
	{ starts }: ForwardOptions = {}
): Float32Array {
	const { config, batch, length, engine, places } = workspace;
	checkSameConfig('forward', 'workspace', config, model.config);
	loadBatch(workspace, tokens, starts);
	loadWeights(engine, places.weights, model.parameters);

	const { width, heads, normEpsilon } = config;
	const headWidth = width / heads;
	const rows = batch * length;
	const { weights, layers, positions, table, scratch } = places;
	embed(engine, weights.embedding, places.tokens, layers[0].input, rows, width);
	for (let layer = 0; layer < layers.length; layer++) {
		const a = layers[layer];
		const output = layer + 1 < layers.length ? layers[layer + 1].input : places.output;
		blockForward(engine, config, weights.layers[layer], a, output, rows, () => {
			engine.rotary(a.qkv, 3 * width, positions, table, rows, 2 * heads, headWidth, 1);
			const { starts } = places;
			engine.attention(a.qkv, a.weights, a.mixed, scratch, starts, batch, length, heads, headWidth);
		});
	}
	const { output, normed, inverse, logits, values } = places;
	engine.rmsNorm(output, weights.norm, normed, inverse, rows, width, normEpsilon);
	linear(engine, weights.head, normed, logits, rows);
	if (weights.valueWeight !== undefined) {
		engine.matmul(normed, width, 1, weights.valueWeight, 1, 8, values, 1, rows, 1, width, 0);
		const bias = engine.floats[weights.valueBias!];
		for (let i = 0; i < rows; i++) workspace.values[i] += bias;
	}
	return workspace.logits;
}
