import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { backward } from '../../../src/kernels/lm/backward';
import { createLora, type LoraConfig } from '../../../src/kernels/lm/createLora';
import { copyModel } from '../../../src/kernels/lm/createModel';
import { createWorkspace } from '../../../src/kernels/lm/createWorkspace';
import { forward } from '../../../src/kernels/lm/forward';

import { loraGradient } from '../../../src/kernels/lm/loraGradient';
import { mergeLora } from '../../../src/kernels/lm/mergeLora';
import { elementCount } from '../../../src/kernels/lm/parameterLayout';
import { lively, randomTokens, smallConfig } from './models';

const model = lively(smallConfig, 21);
const everything: LoraConfig = {
	r: 3,
	loraAlpha: 6,
	targetModules: ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj']
};
const tokens = randomTokens(1, 18, smallConfig.vocabSize);

/** A LoRA with both factors away from 0. */
function trained(config: LoraConfig) {
	const lora = createLora(model, config, createStream(2));
	const stream = createStream(3);
	lora.parameters.forEach((value, i) => {
		lora.parameters[i] = value + 0.4 * (stream.uniform() - 0.5);
	});
	return lora;
}

test('a new LoRA changes nothing', () => {
	const lora = createLora(model, everything, createStream(1));
	expect(mergeLora(model, lora, copyModel(model)).parameters).toEqual(model.parameters);
	expect(lora.parameters).toEqual(createLora(model, everything, createStream(1)).parameters);
});

test('the worked value: 512 numbers for q and v of width 32, by PEFT’s names', () => {
	const wide = lively({ ...smallConfig, layers: 1, width: 32 }, 1);
	const lora = createLora(
		wide,
		{ r: 4, loraAlpha: 8, targetModules: ['q_proj', 'v_proj'] },
		createStream(1)
	);
	expect(lora.parameters.length).toBe(512);
	expect(lora.scaling).toBe(2);
	expect(Object.keys(lora.layout)).toEqual([
		'base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight',
		'base_model.model.model.layers.0.self_attn.q_proj.lora_B.weight',
		'base_model.model.model.layers.0.self_attn.v_proj.lora_A.weight',
		'base_model.model.model.layers.0.self_attn.v_proj.lora_B.weight'
	]);
});

test('merged equals unmerged: x·W′ᵀ = x·Wᵀ + (alpha/r)·(x·Aᵀ)·Bᵀ', () => {
	const lora = trained(everything);
	const merged = mergeLora(model, lora, copyModel(model));
	for (const [name, { offset, shape }] of Object.entries(model.layout)) {
		const a = lora.layout[`base_model.model.${name.replace('.weight', '.lora_A.weight')}`];
		const b = lora.layout[`base_model.model.${name.replace('.weight', '.lora_B.weight')}`];
		if (!a) {
			const end = offset + elementCount(shape);
			expect(merged.parameters.slice(offset, end)).toEqual(model.parameters.slice(offset, end));
			continue;
		}
		const [outputs, inputs] = shape;
		const x = Array.from({ length: inputs }, (_, i) => Math.sin(i + 1));
		const dot = (from: Float32Array, at: number, vector: number[]) =>
			vector.reduce((sum, value, i) => sum + value * from[at + i], 0);
		const narrow = [0, 1, 2].map((k) => dot(lora.parameters, a.offset + k * inputs, x));
		for (let o = 0; o < outputs; o++) {
			const apart =
				dot(model.parameters, offset + o * inputs, x) +
				2 * dot(lora.parameters, b.offset + 3 * o, narrow);
			// The merged matrix is rounded to float32, 6e−8 of numbers of size 1, twelve of them.
			expect(dot(merged.parameters, offset + o * inputs, x)).toBeCloseTo(apart, 5);
		}
	}
});

describe('gradient', () => {
	test.each<LoraConfig>([
		everything,
		{ r: 1, loraAlpha: 3, targetModules: ['v_proj', 'down_proj'] }
	])('finite differences through the whole model: %o', (config) => {
		const lora = trained(config);
		const merged = copyModel(model);
		const workspace = createWorkspace(smallConfig, 2, 9);
		const weight = (i: number) => Math.sin(0.7 * i);
		const loss = () => {
			const logits = forward(mergeLora(model, lora, merged), workspace, tokens);
			return logits.reduce((sum, value, i) => sum + weight(i) * value, 0);
		};
		loss();
		const dLogits = workspace.dLogits.map((_, i) => weight(i));
		const gradient = loraGradient(model, lora, backward(merged, workspace, dLogits));
		const stream = createStream(5);
		for (const { offset, shape } of Object.values(lora.layout)) {
			const count = elementCount(shape);
			const step = Array.from({ length: count }, () => stream.uniform() - 0.5);
			const norm = Math.hypot(...step);
			const kept = lora.parameters.slice();
			const at = (t: number) => {
				step.forEach((s, i) => (lora.parameters[offset + i] = kept[offset + i] + (t * s) / norm));
				const value = loss();
				lora.parameters.set(kept);
				return value;
			};
			const h = 0.02;
			const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
			const own = gradient.subarray(offset, offset + count);
			const want = step.reduce((sum, s, i) => sum + (s / norm) * own[i], 0);
			// float32 logits: some 1e−5 in the loss, over 12h = 0.24.
			expect(Math.abs(slope - want)).toBeLessThan(1e-3 + 1e-3 * Math.hypot(...own));
		}
	});
});

test.each<[string, Partial<LoraConfig>]>([
	['r must be a positive integer, got 0', { r: 0 }],
	['loraAlpha must be finite, got NaN', { loraAlpha: NaN }],
	['targetModules must not be empty', { targetModules: [] }]
])('refuses: %s', (message, part) => {
	const make = () => createLora(model, { ...everything, ...part }, createStream(1));
	expect(make).toThrow(RangeError);
	expect(make).toThrow(`createLora: ${message}`);
});

test('refuses a target that the model lacks, and arrays of other sizes', () => {
	const gelu = lively({ ...smallConfig, feedForward: 'gelu' }, 1);
	expect(() => createLora(gelu, everything, createStream(1))).toThrow(
		'createLora: targetModules must name matrices of the model, got gate_proj'
	);
	const lora = trained(everything);
	expect(() => mergeLora(model, lora, gelu)).toThrow('mergeLora: into must have');
	expect(() => loraGradient(model, lora, new Float32Array(3))).toThrow(
		'loraGradient: gradient must have'
	);
});
