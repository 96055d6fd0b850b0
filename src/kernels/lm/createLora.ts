import { normal } from '../core/normal';
import type { Stream } from '../core/stream';
import type { Model } from './createModel';
import { elementCount, type ParameterLayout } from './parameterLayout';

/** The projections that PEFT calls by these names. */
export type LoraTarget =
	'q_proj' | 'k_proj' | 'v_proj' | 'o_proj' | 'gate_proj' | 'up_proj' | 'down_proj';

/** PEFT's LoraConfig: names and meaning. */
export interface LoraConfig {
	/** Rank of each change, at least 1. */
	r: number;
	/** The change counts alpha / r times. */
	loraAlpha: number;
	targetModules: readonly LoraTarget[];
}

/** Low-rank changes of some matrices of a model: what is trained while the model itself stays. */
export interface Lora {
	config: LoraConfig;
	/** lora_A [r, inputs] and lora_B [outputs, r] of each matrix, by PEFT's names. */
	layout: ParameterLayout;
	parameters: Float32Array;
	/** alpha / r */
	scaling: number;
}

export interface LoraPair {
	/** The matrix that changes: its place among the model's parameters, [outputs, inputs]. */
	weight: number;
	outputs: number;
	inputs: number;
	a: number;
	b: number;
}

/** PEFT's names of the two factors beside a weight's name. */
function factorNames(weight: string): [string, string] {
	const module = `base_model.model.${weight.replace(/\.weight$/, '')}`;
	return [`${module}.lora_A.weight`, `${module}.lora_B.weight`];
}

/** The matrices that are changed, by name, in the order of the model. */
function targets({ layout }: Model, { targetModules }: LoraConfig): string[] {
	return Object.keys(layout).filter((name) =>
		targetModules.some((target) => name.endsWith(`.${target}.weight`))
	);
}

/** Where each changed matrix and its factors stand. */
export function loraPairs(model: Model, lora: Lora): LoraPair[] {
	return targets(model, lora.config).map((name) => {
		const [a, b] = factorNames(name);
		const { offset, shape } = model.layout[name];
		return {
			weight: offset,
			outputs: shape[0],
			inputs: shape[1],
			a: lora.layout[a].offset,
			b: lora.layout[b].offset
		};
	});
}

/**
 * A new LoRA for a model: A drawn from a normal distribution of deviation 1/√inputs, B 0, so that the
 * model's answers do not change before the first step.
 *
 *     W' = W + (alpha/r)·B·A,   A: r × inputs, B: outputs × r
 *
 * Hu et al., arXiv 2106.09685, section 4.1. PEFT draws A uniformly within ±1/√inputs unless told
 * init_lora_weights="gaussian", whose deviation is 1/r; the names of the factors are PEFT's.
 *
 * Throws RangeError for a rank that is no positive integer, an alpha that is not finite, no targets,
 * and a target that the model has no matrix for (gate_proj with 'gelu').
 * Worked value: rank 4 on q and v of width 32: 2·(4·32 + 32·4) = 512 numbers a layer for 2,048.
 */
export function createLora(model: Model, config: LoraConfig, stream: Stream): Lora {
	const { r, loraAlpha, targetModules } = config;
	if (!Number.isInteger(r) || r < 1) {
		throw new RangeError(`createLora: r must be a positive integer, got ${r}`);
	}
	if (!Number.isFinite(loraAlpha)) {
		throw new RangeError(`createLora: loraAlpha must be finite, got ${loraAlpha}`);
	}
	if (targetModules.length === 0) {
		throw new RangeError('createLora: targetModules must not be empty');
	}
	for (const target of targetModules) {
		if (targets(model, { ...config, targetModules: [target] }).length > 0) continue;
		throw new RangeError(
			`createLora: targetModules must name matrices of the model, got ${target}`
		);
	}
	let offset = 0;
	const layout: Record<string, { offset: number; shape: number[] }> = {};
	for (const name of targets(model, config)) {
		const [outputs, inputs] = model.layout[name].shape;
		const [a, b] = factorNames(name);
		layout[a] = { offset, shape: [r, inputs] };
		layout[b] = { offset: offset + r * inputs, shape: [outputs, r] };
		offset += r * (inputs + outputs);
	}
	const parameters = new Float32Array(offset);
	for (const [name, { offset, shape }] of Object.entries(layout)) {
		if (!name.includes('lora_A')) continue;
		const own = stream.split(name);
		for (let i = 0; i < elementCount(shape); i++) {
			parameters[offset + i] = normal(own) / Math.sqrt(shape[1]);
		}
	}
	return { config, layout, parameters, scaling: loraAlpha / r };
}
