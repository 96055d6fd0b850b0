import type { Stream } from '../core/stream';

/** The sizes of a preference predictor, named as in the official configuration. */
export interface GpoConfig {
	/** Length of the embedding of one (question, option) pair. */
	dimX: number;
	/** Width of every token inside the model. */
	dModel: number;
	/** Linear maps in the embedder, at least 2. */
	embDepth: number;
	/** Hidden width of the feed-forward part of a layer and of the head. */
	dimFeedforward: number;
	/** Attention heads; must divide dModel. */
	nhead: number;
	/** Encoder layers. */
	numLayers: number;
	/** True: σ = .05 + .95·softplus(s). False (the official setting): σ = exp(s). */
	boundStd: boolean;
}

/** The official sizes: Alpaca-7B embeddings, 1,188,354 parameters. */
export const officialGpoConfig: GpoConfig = {
	dimX: 4096,
	dModel: 128,
	embDepth: 4,
	dimFeedforward: 128,
	nhead: 4,
	numLayers: 6,
	boundStd: false
};

/**
 * A model of the same build that trains in the browser: 4,130 parameters. Its embedder has two linear
 * maps instead of four: PyTorch's first weights shrink what is particular to a token at every map, and
 * a model this small then needs some 500 steps more before it starts to use its context.
 */
export const tinyGpoConfig: GpoConfig = {
	dimX: 8,
	dModel: 16,
	embDepth: 2,
	dimFeedforward: 16,
	nhead: 2,
	numLayers: 2,
	boundStd: false
};

/** Where y = W·x + b stands in the flat parameters: W row by row (outputs × inputs), then b. */
export interface LinearSlice {
	weight: number;
	bias: number;
	inputs: number;
	outputs: number;
}

/** Where a layer norm's gain and shift stand. */
export interface NormSlice {
	gain: number;
	shift: number;
	width: number;
}

export interface LayerSlices {
	/** Queries, keys and values together: dModel → 3·dModel. */
	inProjection: LinearSlice;
	outProjection: LinearSlice;
	feedforward1: LinearSlice;
	feedforward2: LinearSlice;
	norm1: NormSlice;
	norm2: NormSlice;
}

export interface GpoLayout {
	embedder: LinearSlice[];
	layers: LayerSlices[];
	head1: LinearSlice;
	head2: LinearSlice;
	/** Length of the flat parameter vector. */
	parameters: number;
}

function checkConfig(config: GpoConfig): void {
	const sizes = ['dimX', 'dModel', 'embDepth', 'dimFeedforward', 'nhead', 'numLayers'] as const;
	for (const size of sizes) {
		if (!Number.isInteger(config[size]) || config[size] < 1) {
			throw new RangeError(`gpoLayout: ${size} must be a positive integer, got ${config[size]}`);
		}
	}
	if (config.embDepth < 2) {
		throw new RangeError(`gpoLayout: embDepth must be at least 2, got ${config.embDepth}`);
	}
	if (config.dModel % config.nhead !== 0) {
		throw new RangeError(
			`gpoLayout: nhead must divide dModel = ${config.dModel}, got ${config.nhead}`
		);
	}
}

/**
 * The named parts of the flat parameter vector, in the order in which PyTorch's `parameters()`
 * lists them. One flat vector is what federated averaging sends, averages and counts.
 *
 *     embedder: embDepth linear maps, (dimX + 1) → dModel → … → dModel, ReLU between
 *     layer:    attention (in 3·dModel, out dModel), feed-forward, two layer norms
 *     head:     dModel → dimFeedforward, ReLU → 2, which are (μ before the softmax, s)
 *
 * Architecture: GPO (Zhao et al.), models/gpo.py and models/tnp.py of github.com/
 * jamqd/Group-Preference-Optimization, which PluralLLM (arXiv 2503.09925) uses unchanged.
 * Cost: O(layers). Throws RangeError for sizes that are no positive integers, embDepth below 2 or
 * heads that do not divide dModel.
 * Worked value: officialGpoConfig: 574,080 + 6·99,584 + 16,770 = 1,188,354 parameters.
 */
export function gpoLayout(config: GpoConfig): GpoLayout {
	checkConfig(config);
	const { dimX, dModel, dimFeedforward } = config;
	let parameters = 0;
	const linear = (inputs: number, outputs: number): LinearSlice => {
		const weight = parameters;
		parameters += inputs * outputs + outputs;
		return { weight, bias: weight + inputs * outputs, inputs, outputs };
	};
	const norm = (width: number): NormSlice => {
		const gain = parameters;
		parameters += 2 * width;
		return { gain, shift: gain + width, width };
	};
	const embedder = Array.from({ length: config.embDepth }, (_, depth) =>
		linear(depth === 0 ? dimX + 1 : dModel, dModel)
	);
	const layers = Array.from({ length: config.numLayers }, () => ({
		inProjection: linear(dModel, 3 * dModel),
		outProjection: linear(dModel, dModel),
		feedforward1: linear(dModel, dimFeedforward),
		feedforward2: linear(dimFeedforward, dModel),
		norm1: norm(dModel),
		norm2: norm(dModel)
	}));
	const head1 = linear(dModel, dimFeedforward);
	const head2 = linear(dimFeedforward, 2);
	return { embedder, layers, head1, head2, parameters };
}

/** How many numbers one client sends each round. Worked value: 4,130 for tinyGpoConfig. */
export function parameterCount(config: GpoConfig): number {
	return gpoLayout(config).parameters;
}

/**
 * First parameters, drawn as PyTorch draws them: linear maps uniform in ±1/√inputs (weights and
 * biases), the attention's in-projection uniform in ±√(6/(4·dModel)) with zero biases (Xavier over
 * its 3·dModel × dModel matrix), zero bias after attention, gains 1 and shifts 0. All layers start
 * as copies of the first one, because `nn.TransformerEncoder` clones the layer it is given
 * (github.com/pytorch/pytorch/issues/86274).
 *
 * Cost: one draw a parameter. Throws RangeError where gpoLayout does.
 */
export function initialParameters(config: GpoConfig, stream: Stream): Float64Array {
	const layout = gpoLayout(config);
	const parameters = new Float64Array(layout.parameters);
	const uniform = (from: number, to: number, bound: number) => {
		for (let i = from; i < to; i++) parameters[i] = bound * (2 * stream.uniform() - 1);
	};
	const linear = ({ weight, bias, inputs, outputs }: LinearSlice) =>
		uniform(weight, bias + outputs, 1 / Math.sqrt(inputs));
	layout.embedder.forEach(linear);
	const first = layout.layers[0];
	const { inProjection, outProjection } = first;
	uniform(inProjection.weight, inProjection.bias, Math.sqrt(6 / (4 * config.dModel)));
	uniform(outProjection.weight, outProjection.bias, 1 / Math.sqrt(config.dModel));
	linear(first.feedforward1);
	linear(first.feedforward2);
	parameters.fill(1, first.norm1.gain, first.norm1.shift);
	parameters.fill(1, first.norm2.gain, first.norm2.shift);
	const start = inProjection.weight;
	const length = (layout.head1.weight - start) / config.numLayers;
	for (let layer = 1; layer < config.numLayers; layer++) {
		parameters.copyWithin(start + layer * length, start, start + length);
	}
	linear(layout.head1);
	linear(layout.head2);
	return parameters;
}
