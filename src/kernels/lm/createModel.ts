import { normal } from '../core/normal';
import type { Stream } from '../core/stream';
import { parameterCount, parameterLayout, type ModelConfig } from './modelConfig';
import { elementCount, type ParameterLayout } from './parameterLayout';

/** A model is its numbers: one flat array and the names of its parts. Nothing else is kept in it. */
export interface Model {
	config: ModelConfig;
	layout: ParameterLayout;
	parameters: Float32Array;
}

/** Standard deviation of the embedding, GPT-2's: with a tied head the first logits are near 0. */
const EMBEDDING_DEVIATION = 0.02;

/** Matrices that write into the residual stream; 2·layers of them add up there. */
const RESIDUAL = /\.(o_proj|down_proj)\.weight$/;

/**
 * A new model. Gains of norms are 1, the bias of the value head is 0, every matrix is drawn from a
 * normal distribution of mean 0 and deviation
 *
 *     1/√inputs                   q, k, v, gate, up, so that outputs are of the size of inputs
 *     1/√(inputs·2·layers)        o and down, so that the residual stream keeps its size (GPT-2)
 *     0.02                        embedding and both heads, so that the first policy is near uniform
 *
 * Each tensor draws from a stream of its own, `stream.split(name)`: another layer or head more
 * leaves the numbers of the others as they were. Hugging Face's Llama takes 0.02 for all matrices,
 * which suits a width of some thousands.
 *
 * Cost: O(parameters). Throws RangeError where parameterLayout does.
 */
export function createModel(config: ModelConfig, stream: Stream): Model {
	const layout = parameterLayout(config);
	const parameters = new Float32Array(parameterCount(config));
	for (const [name, { offset, shape }] of Object.entries(layout)) {
		const end = offset + elementCount(shape);
		if (shape.length === 1) {
			parameters.fill(name.endsWith('bias') ? 0 : 1, offset, end);
			continue;
		}
		const inputs = shape[1] * (RESIDUAL.test(name) ? 2 * config.layers : 1);
		const deviation = name.includes('.layers.') ? 1 / Math.sqrt(inputs) : EMBEDDING_DEVIATION;
		const own = stream.split(name);
		for (let i = offset; i < end; i++) parameters[i] = deviation * normal(own);
	}
	return { config, layout, parameters };
}

/** The same model with parameters of its own: a reference policy, or a policy before a step. */
export function copyModel({ config, layout, parameters }: Model): Model {
	return { config, layout, parameters: parameters.slice() };
}
