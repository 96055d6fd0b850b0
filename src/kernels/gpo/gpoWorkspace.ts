import { gpoLayout, type GpoConfig, type GpoLayout } from './gpoModel';

/**
 * What a group answers about some questions, as the predictor sees it. A row is one option of one
 * question; context rows come first, then the target rows, question by question.
 */
export interface OpinionEpisode {
	/** Rows of context. */
	context: number;
	/** Rows of context and targets together. */
	rows: number;
	/** Embeddings, rows × dimX. */
	x: Float64Array;
	/** Share of the group that chose the option. Of target rows only the loss reads it. */
	y: Float64Array;
	/** Number of target questions. */
	questions: number;
	/** Options of each target question. */
	options: Int32Array;
}

interface LayerActivations {
	qkv: Float64Array;
	attention: Float64Array;
	mixed: Float64Array;
	middle: Float64Array;
	normalized1: Float64Array;
	inverse1: Float64Array;
	hidden: Float64Array;
	out: Float64Array;
	normalized2: Float64Array;
	inverse2: Float64Array;
}

/** Room for one pass, made once and used again for every pass up to its size. */
export interface GpoWorkspace {
	config: GpoConfig;
	layout: GpoLayout;
	maxRows: number;
	maxContext: number;
	/** [x; y] of context rows, [x; 0] of target rows. */
	tokens: Float64Array;
	/** Output of each linear map of the embedder, after its ReLU where it has one. */
	embedded: Float64Array[];
	layers: LayerActivations[];
	headHidden: Float64Array;
	/** (μ before the softmax, s) of each target row; rows × 2. */
	head: Float64Array;
	/** Predicted share of each target row: softmax of μ within its question. */
	mean: Float64Array;
	/** Predicted standard deviation of each target row. */
	sigma: Float64Array;
	gradients: {
		stream: Float64Array;
		narrow: Float64Array;
		hidden: Float64Array;
		qkv: Float64Array;
		head: Float64Array;
		scores: Float64Array;
	};
}

/**
 * All buffers that a forward and a backward pass over at most `maxRows` rows and `maxContext`
 * context rows need, so that the passes themselves allocate nothing.
 *
 * Memory: about 8·numLayers·maxRows·(10·dModel + nhead·maxContext) bytes.
 * Throws RangeError for sizes that are no positive integers, or where gpoLayout does.
 */
export function createGpoWorkspace(
	config: GpoConfig,
	maxRows: number,
	maxContext: number
): GpoWorkspace {
	for (const [name, size] of Object.entries({ maxRows, maxContext })) {
		if (!Number.isInteger(size) || size < 1) {
			throw new RangeError(`createGpoWorkspace: ${name} must be a positive integer, got ${size}`);
		}
	}
	const { dModel, dimFeedforward } = config;
	const room = (width: number) => new Float64Array(maxRows * width);
	return {
		config,
		layout: gpoLayout(config),
		maxRows,
		maxContext,
		tokens: room(config.dimX + 1),
		embedded: Array.from({ length: config.embDepth }, () => room(dModel)),
		layers: Array.from({ length: config.numLayers }, () => ({
			qkv: room(3 * dModel),
			attention: room(config.nhead * maxContext),
			mixed: room(dModel),
			middle: room(dModel),
			normalized1: room(dModel),
			inverse1: room(1),
			hidden: room(dimFeedforward),
			out: room(dModel),
			normalized2: room(dModel),
			inverse2: room(1)
		})),
		headHidden: room(dimFeedforward),
		head: room(2),
		mean: room(1),
		sigma: room(1),
		gradients: {
			stream: room(dModel),
			narrow: room(dModel),
			hidden: room(dimFeedforward),
			qkv: room(3 * dModel),
			head: room(2),
			scores: new Float64Array(maxContext)
		}
	};
}
