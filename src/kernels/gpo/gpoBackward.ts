import { contextAttentionBackward } from './contextAttention';
import type { GpoWorkspace, OpinionEpisode } from './gpoWorkspace';
import { layerNormBackward } from './layerNorm';
import { linearBackward, reluBackward } from './linearLayer';
import { gaussianLoss, gaussianLossGradient } from './questionLikelihood';

/** From the gradient of a layer's output, in `stream`, to that of its input, in place. */
function layerBackward(
	workspace: GpoWorkspace,
	parameters: Float64Array,
	gradient: Float64Array,
	layer: number,
	input: Float64Array,
	from: number,
	episode: OpinionEpisode
): void {
	const { dModel: width, nhead: heads, dimFeedforward } = workspace.config;
	const slices = workspace.layout.layers[layer];
	const kept = workspace.layers[layer];
	const { stream, narrow, hidden, qkv, scores } = workspace.gradients;
	const { rows, context } = episode;
	const { norm1, norm2, feedforward1, feedforward2, outProjection, inProjection } = slices;

	layerNormBackward(
		parameters,
		gradient,
		norm2,
		kept.normalized2,
		kept.inverse2,
		stream,
		from,
		rows
	);
	hidden.fill(0, from * dimFeedforward, rows * dimFeedforward);
	linearBackward(parameters, gradient, feedforward2, kept.hidden, stream, hidden, from, rows);
	reluBackward(kept.hidden, hidden, from * dimFeedforward, rows * dimFeedforward);
	linearBackward(parameters, gradient, feedforward1, kept.middle, hidden, stream, from, rows);

	layerNormBackward(
		parameters,
		gradient,
		norm1,
		kept.normalized1,
		kept.inverse1,
		stream,
		from,
		rows
	);
	narrow.fill(0, from * width, rows * width);
	linearBackward(parameters, gradient, outProjection, kept.mixed, stream, narrow, from, rows);
	qkv.fill(0, 0, rows * 3 * width);
	const shape = { from, rows, context, width, heads };
	contextAttentionBackward(kept.qkv, kept.attention, narrow, qkv, scores, shape);
	// Rows before `from` got no gradient from above: theirs starts with keys and values.
	stream.fill(0, 0, from * width);
	linearBackward(parameters, gradient, inProjection, input, qkv, stream, from, rows, 0, width);
	linearBackward(parameters, gradient, inProjection, input, qkv, stream, 0, context, width);
}

/**
 * Backpropagation by hand, after gpoForward on the same episode and parameters: adds the gradient of
 * scale·loss to `gradient` and returns the loss itself, the sum over target rows (see gaussianLoss).
 * `scale` is 1 for one group alone and 1/K where K groups share a step.
 *
 * Cost: twice gpoForward; no allocation to speak of.
 */
export function gpoBackward(
	parameters: Float64Array,
	gradient: Float64Array,
	episode: OpinionEpisode,
	workspace: GpoWorkspace,
	scale = 1
): number {
	const { config, layout, embedded, head, headHidden, mean, sigma, gradients } = workspace;
	const { rows, context } = episode;
	const { stream, narrow, hidden, head: dHead } = gradients;
	const { boundStd, dModel, dimFeedforward, numLayers } = config;
	gaussianLossGradient(episode, head, boundStd, mean, sigma, scale, dHead);
	hidden.fill(0, context * dimFeedforward, rows * dimFeedforward);
	linearBackward(parameters, gradient, layout.head2, headHidden, dHead, hidden, context, rows);
	reluBackward(headHidden, hidden, context * dimFeedforward, rows * dimFeedforward);
	stream.fill(0, context * dModel, rows * dModel);
	const top = workspace.layers[numLayers - 1].out;
	linearBackward(parameters, gradient, layout.head1, top, hidden, stream, context, rows);

	for (let layer = numLayers - 1; layer >= 0; layer--) {
		const from = layer === numLayers - 1 ? context : 0;
		const input = layer === 0 ? embedded[config.embDepth - 1] : workspace.layers[layer - 1].out;
		layerBackward(workspace, parameters, gradient, layer, input, from, episode);
	}

	let current = stream;
	let next = narrow;
	for (let depth = config.embDepth - 1; depth > 0; depth--) {
		next.fill(0, 0, rows * dModel);
		const input = embedded[depth - 1];
		linearBackward(parameters, gradient, layout.embedder[depth], input, current, next, 0, rows);
		reluBackward(input, next, 0, rows * dModel);
		[current, next] = [next, current];
	}
	const { tokens } = workspace;
	linearBackward(parameters, gradient, layout.embedder[0], tokens, current, null, 0, rows);
	return gaussianLoss(episode, mean, sigma);
}
