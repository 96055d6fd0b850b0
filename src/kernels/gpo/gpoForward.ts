import { contextAttentionForward } from './contextAttention';
import type { GpoWorkspace, OpinionEpisode } from './gpoWorkspace';
import { layerNormForward } from './layerNorm';
import { linearForward, reluForward } from './linearLayer';
import { questionShares } from './questionLikelihood';

function checkEpisode(episode: OpinionEpisode, workspace: GpoWorkspace): void {
	const { context, rows } = episode;
	const fail = (what: string) => {
		throw new RangeError(`gpoForward: ${what}`);
	};
	if (!(context >= 1)) fail(`episode.context must be at least 1 row, got ${context}`);
	if (!(rows > context)) fail(`episode.rows must exceed context = ${context}, got ${rows}`);
	if (rows > workspace.maxRows || context > workspace.maxContext) {
		const room = `${workspace.maxRows} rows, ${workspace.maxContext} of context`;
		fail(`episode must fit its workspace (${room}), got ${rows} rows, ${context} of context`);
	}
	let targets = 0;
	for (let q = 0; q < episode.questions; q++) targets += episode.options[q];
	if (targets !== rows - context) {
		fail(`episode.options must sum to the ${rows - context} target rows, got ${targets}`);
	}
}

function writeTokens(episode: OpinionEpisode, dimX: number, tokens: Float64Array): void {
	for (let row = 0; row < episode.rows; row++) {
		const at = row * (dimX + 1);
		for (let i = 0; i < dimX; i++) tokens[at + i] = episode.x[row * dimX + i];
		tokens[at + dimX] = row < episode.context ? episode.y[row] : 0;
	}
}

/**
 * One encoder layer, PyTorch's TransformerEncoderLayer at its defaults (norm after each part, ReLU):
 *
 *     h = norm1(x + attention(x)),   out = norm2(h + W2·relu(W1·h))
 *
 * Rows before `from` only give keys and values.
 */
function layerForward(
	workspace: GpoWorkspace,
	parameters: Float64Array,
	layer: number,
	input: Float64Array,
	from: number,
	episode: OpinionEpisode
): void {
	const { dModel: width, nhead: heads, dimFeedforward } = workspace.config;
	const slices = workspace.layout.layers[layer];
	const kept = workspace.layers[layer];
	const { rows, context } = episode;
	linearForward(parameters, slices.inProjection, input, kept.qkv, from, rows, 0, width);
	linearForward(parameters, slices.inProjection, input, kept.qkv, 0, context, width);
	const shape = { from, rows, context, width, heads };
	contextAttentionForward(kept.qkv, kept.attention, kept.mixed, shape);
	linearForward(parameters, slices.outProjection, kept.mixed, kept.middle, from, rows);
	for (let i = from * width; i < rows * width; i++) kept.middle[i] += input[i];
	const { norm1, norm2, feedforward1, feedforward2 } = slices;
	layerNormForward(parameters, norm1, kept.middle, kept.normalized1, kept.inverse1, from, rows);
	linearForward(parameters, feedforward1, kept.middle, kept.hidden, from, rows);
	reluForward(kept.hidden, from * dimFeedforward, rows * dimFeedforward);
	linearForward(parameters, feedforward2, kept.hidden, kept.out, from, rows);
	for (let i = from * width; i < rows * width; i++) kept.out[i] += kept.middle[i];
	layerNormForward(parameters, norm2, kept.out, kept.normalized2, kept.inverse2, from, rows);
}

/**
 * Group preference optimisation's predictor, an in-context learner (a transformer neural process):
 * from some of a group's answers (context) it predicts the shares of its other answers (targets).
 * There is no positional encoding and every token reads the context only, so the order of the
 * context does not matter and a target's prediction depends on no other target, except through the
 * softmax within its question.
 *
 * Fills `workspace`: `mean` and `sigma` by row for the target rows, `layers[l].attention` as
 * heads × rows × context (in the last layer for target rows only: what nobody reads is not computed,
 * which saves a quarter of the work and changes no prediction).
 *
 * Paper: Zhao et al., "Group Preference Optimization", as in models/gpo.py and models/tnp.py.
 * The official code pads groups of a batch to one length; here each group is a pass of its own.
 * Cost: a quarter of a million multiply-adds for 60 rows at tinyGpoConfig; no allocation to speak of.
 * Throws RangeError for an episode without context or targets, whose options do not sum to its
 * target rows, or that does not fit the workspace.
 */
export function gpoForward(
	parameters: Float64Array,
	episode: OpinionEpisode,
	workspace: GpoWorkspace
): void {
	checkEpisode(episode, workspace);
	const { config, layout, embedded } = workspace;
	const { rows, context } = episode;
	writeTokens(episode, config.dimX, workspace.tokens);
	layout.embedder.forEach((slice, depth) => {
		const input = depth === 0 ? workspace.tokens : embedded[depth - 1];
		linearForward(parameters, slice, input, embedded[depth], 0, rows);
		if (depth < config.embDepth - 1) reluForward(embedded[depth], 0, rows * config.dModel);
	});
	let input = embedded[config.embDepth - 1];
	for (let layer = 0; layer < config.numLayers; layer++) {
		const from = layer === config.numLayers - 1 ? context : 0;
		layerForward(workspace, parameters, layer, input, from, episode);
		input = workspace.layers[layer].out;
	}
	const { headHidden, head } = workspace;
	linearForward(parameters, layout.head1, input, headHidden, context, rows);
	reluForward(headHidden, context * config.dimFeedforward, rows * config.dimFeedforward);
	linearForward(parameters, layout.head2, headHidden, head, context, rows);
	questionShares(episode, head, config.boundStd, workspace.mean, workspace.sigma);
}
