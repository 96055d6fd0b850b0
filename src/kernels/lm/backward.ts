import type { BlockActivations } from './blockForward';
import type { Model } from './createModel';
import type { Workspace } from './createWorkspace';
import { embedBackward } from './embedding';
import { inputGradient, weightGradient, type Matrix } from './linear';
import { checkSameConfig } from './modelConfig';
import type { LayerWeights } from './modelWeights';

export interface BackwardOptions {
	/** Add to the gradient of the passes before, for a step over several batches. Default: false. */
	accumulate?: boolean;
}

/** From the gradient of a layer's output, in dStream, to that of its input, in place. */
function blockBackward(
	{ config, batch, length, engine, places }: Workspace,
	weights: LayerWeights,
	activations: BlockActivations & { weights: number }
): void {
	const { width, heads, hiddenWidth } = config;
	const { dStream, dNormed, dQkv, dUp, dHidden, scratch, positions, table, starts } = places;
	const { input, inverse1, normed1, qkv, mixed, middle, inverse2, normed2, up, hidden } =
		activations;
	const headWidth = width / heads;
	const rows = batch * length;
	const gradientOf = (weight: number) => places.gradient + weight - places.weights.first;
	const through = (matrix: Matrix, x: number, dy: number, dx: number) => {
		weightGradient(engine, matrix, x, dy, gradientOf(matrix.weight), rows);
		inputGradient(engine, matrix, dy, dx, rows);
	};
	const norm = (x: number, weight: number, inverse: number) => {
		const dWeight = gradientOf(weight);
		engine.rmsNormBackward(x, weight, inverse, dNormed, dStream, dWeight, rows, width);
	};

	through(weights.down, hidden, dStream, dHidden);
	if (config.feedForward === 'swiglu') engine.swigluBackward(up, dHidden, dUp, rows, hiddenWidth);
	else engine.geluBackward(up, dHidden, dUp, rows * hiddenWidth);
	through(weights.up, normed2, dUp, dNormed);
	norm(middle, weights.norm2, inverse2);

	through(weights.o, mixed, dStream, dNormed);
	engine.attentionBackward(
		qkv,
		activations.weights,
		dNormed,
		dQkv,
		scratch,
		starts,
		batch,
		length,
		heads,
		headWidth
	);
	engine.rotary(dQkv, 3 * width, positions, table, rows, 2 * heads, headWidth, -1);
	through(weights.qkv, normed1, dQkv, dNormed);
	norm(input, weights.norm1, inverse1);
}

/**
 * Backpropagation by hand, after forward on the same model: from the gradient of a loss in the logits
 * [batch × length × vocabSize] (and in the values [batch × length]) to its gradient in every
 * parameter, flat in the order of the layout. What comes back is workspace.gradient, overwritten by
 * the next pass.
 *
 * dLogits and dValues may be the workspace's own, which saves a copy. null for dLogits trains the value
 * head alone. Positions that do not count (padding) must have gradient 0.
 *
 * Cost: twice forward's, no allocation. Throws RangeError for gradients of another size, dValues
 * without a value head, and a model of another config than the workspace.
 */
export function backward(
	model: Model,
	workspace: Workspace,
	dLogits: Float32Array | null,
	dValues: Float32Array | null = null,
	{ accumulate = false }: BackwardOptions = {}
): Float32Array {
	const { config, batch, length, engine, places, gradient } = workspace;
	checkSameConfig('backward', 'workspace', config, model.config);
	for (const [name, given, own] of [
		['dLogits', dLogits, workspace.dLogits],
		['dValues', dValues, workspace.dValues]
	] as const) {
		if (!given) continue;
		if (given.length !== own.length) {
			throw new RangeError(
				`backward: ${name} must have ${own.length} numbers, got ${given.length}`
			);
		}
		if (given !== own) own.set(given);
	}
	if (dValues && !config.valueHead) {
		throw new RangeError('backward: dValues must not be given for a model without a value head');
	}
	if (!accumulate) gradient.fill(0);

	const { width } = config;
	const rows = batch * length;
	const { weights, dStream, dNormed, normed } = places;
	const gradientOf = (weight: number) => places.gradient + weight - weights.first;
	if (dLogits) {
		const dHead = gradientOf(weights.head.weight);
		weightGradient(engine, weights.head, normed, places.dLogits, dHead, rows);
		inputGradient(engine, weights.head, places.dLogits, dNormed, rows);
	} else engine.floats.fill(0, dNormed, dNormed + rows * width);
	if (dValues) {
		const valueHead = { weight: weights.valueWeight!, packed: 0, outputs: 1, inputs: width };
		const dWeight = gradientOf(valueHead.weight);
		weightGradient(engine, valueHead, normed, places.dValues, dWeight, rows);
		inputGradient(engine, valueHead, places.dValues, dNormed, rows, 1);
		let sum = 0;
		for (const d of workspace.dValues) sum += d;
		engine.floats[gradientOf(weights.valueBias!)] += sum;
	}
	engine.floats.fill(0, dStream, dStream + rows * width);
	const dNorm = gradientOf(weights.norm);
	const { output, inverse, layers } = places;
	engine.rmsNormBackward(output, weights.norm, inverse, dNormed, dStream, dNorm, rows, width);
	for (let layer = layers.length - 1; layer >= 0; layer--) {
		blockBackward(workspace, weights.layers[layer], layers[layer]);
	}
	embedBackward(engine, gradientOf(weights.embedding), places.tokens, dStream, rows, width);
	return gradient;
}
