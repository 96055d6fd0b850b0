import { createModel, type Model } from '../../../src/kernels/lm/createModel';
import type { ModelConfig } from '../../../src/kernels/lm/modelConfig';
import { createStream } from '../../../src/kernels/core/stream';

/** Small, with sizes that are no multiples of four or eight where the heads allow it. */
export const smallConfig: ModelConfig = {
	vocabSize: 11,
	contextLength: 16,
	layers: 2,
	width: 12,
	heads: 2,
	feedForward: 'swiglu',
	hiddenWidth: 10,
	ropeTheta: 10000,
	normEpsilon: 1e-6,
	tieHead: false,
	valueHead: true
};

export const everyKind: [string, ModelConfig][] = [
	['swiglu, own head, values', smallConfig],
	['swiglu, tied head', { ...smallConfig, tieHead: true, valueHead: false }],
	['gelu, own head', { ...smallConfig, feedForward: 'gelu', valueHead: false }],
	[
		'gelu, tied head, heads of one pair',
		{ ...smallConfig, feedForward: 'gelu', heads: 6, tieHead: true }
	]
];

/** A model with weights large enough that attention and feed-forward are far from linear. */
export function lively(config: ModelConfig, seed: number): Model {
	const model = createModel(config, createStream(seed));
	const stream = createStream(seed + 1);
	for (let i = 0; i < model.parameters.length; i++) {
		model.parameters[i] += 0.4 * (stream.uniform() - 0.5);
	}
	return model;
}

export function randomTokens(seed: number, count: number, vocabSize: number): Int32Array {
	const stream = createStream(seed);
	return Int32Array.from({ length: count }, () => stream.int(vocabSize));
}
