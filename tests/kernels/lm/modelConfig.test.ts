import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { copyModel, createModel } from '../../../src/kernels/lm/createModel';
import {
	parameterCount,
	parameterLayout,
	type ModelConfig
} from '../../../src/kernels/lm/modelConfig';
import { elementCount } from '../../../src/kernels/lm/parameterLayout';
import { everyKind, smallConfig } from './models';

test('the worked value: 27,296 parameters', () => {
	expect(
		parameterCount({
			...smallConfig,
			vocabSize: 16,
			width: 32,
			heads: 4,
			hiddenWidth: 96,
			tieHead: true,
			valueHead: false
		})
	).toBe(27296);
});

test('the names that Hugging Face gives a Llama of one layer', () => {
	expect(Object.keys(parameterLayout({ ...smallConfig, layers: 1 }))).toEqual([
		'model.embed_tokens.weight',
		'model.layers.0.input_layernorm.weight',
		'model.layers.0.self_attn.q_proj.weight',
		'model.layers.0.self_attn.k_proj.weight',
		'model.layers.0.self_attn.v_proj.weight',
		'model.layers.0.self_attn.o_proj.weight',
		'model.layers.0.post_attention_layernorm.weight',
		'model.layers.0.mlp.gate_proj.weight',
		'model.layers.0.mlp.up_proj.weight',
		'model.layers.0.mlp.down_proj.weight',
		'model.norm.weight',
		'lm_head.weight',
		'v_head.summary.weight',
		'v_head.summary.bias'
	]);
});

test('tensors stand side by side, without gap or overlap, and the count is the docstring’s formula', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 50 }),
			fc.integer({ min: 1, max: 4 }),
			fc.integer({ min: 1, max: 4 }),
			fc.integer({ min: 1, max: 4 }),
			fc.integer({ min: 1, max: 40 }),
			fc.constantFrom<ModelConfig['feedForward']>('swiglu', 'gelu'),
			fc.boolean(),
			fc.boolean(),
			(vocabSize, layers, heads, half, hiddenWidth, feedForward, tieHead, valueHead) => {
				const width = heads * 2 * half;
				const config = {
					...smallConfig,
					...{ vocabSize, layers, heads, width, hiddenWidth, feedForward, tieHead, valueHead }
				};
				let end = 0;
				for (const { offset, shape } of Object.values(parameterLayout(config))) {
					expect(offset).toBe(end);
					end += elementCount(shape);
				}
				const matrices = feedForward === 'swiglu' ? 3 : 2;
				const layer = 4 * width * width + matrices * width * hiddenWidth + 2 * width;
				const heads2 = (tieHead ? 1 : 2) * vocabSize * width + (valueHead ? width + 1 : 0);
				expect(parameterCount(config)).toBe(end);
				expect(end).toBe(heads2 + layers * layer + width);
			}
		),
		{ seed: 1, numRuns: 50 }
	);
});

test.each<[Partial<ModelConfig>, string]>([
	[{ vocabSize: 0 }, 'vocabSize must be a positive integer, got 0'],
	[{ layers: 1.5 }, 'layers must be a positive integer, got 1.5'],
	[{ heads: 5 }, 'width must be an even multiple of the 5 heads'],
	[{ heads: 12 }, 'width must be an even multiple of the 12 heads'],
	[{ feedForward: 'relu' as 'gelu' }, "feedForward must be 'swiglu' or 'gelu', got relu"],
	[{ ropeTheta: 0 }, 'ropeTheta must be positive and finite, got 0'],
	[{ normEpsilon: NaN }, 'normEpsilon must be at least 0 and finite, got NaN']
])('refuses %o', (part, message) => {
	const config = { ...smallConfig, ...part };
	expect(() => parameterLayout(config)).toThrow(RangeError);
	expect(() => parameterLayout(config)).toThrow(`parameterLayout: ${message}`);
});

describe('createModel', () => {
	test.each(everyKind)('one seed, one model: %s', (_, config) => {
		const model = createModel(config, createStream(4));
		expect(model.parameters).toEqual(createModel(config, createStream(4)).parameters);
		expect(model.parameters).not.toEqual(createModel(config, createStream(5)).parameters);
		expect(model.parameters.every(Number.isFinite)).toBe(true);
	});

	test('deviations are those of the docstring', () => {
		const config = { ...smallConfig, vocabSize: 200, width: 96, heads: 4, hiddenWidth: 128 };
		const { layout, parameters } = createModel(config, createStream(1));
		const deviation = (name: string) => {
			const { offset, shape } = layout[name];
			const own = parameters.subarray(offset, offset + elementCount(shape));
			return Math.sqrt(own.reduce((sum, x) => sum + x * x, 0) / own.length);
		};
		// 9,216 draws and more: a deviation is off by more than 4 % once in a million seeds.
		for (const [name, want] of [
			['model.embed_tokens.weight', 0.02],
			['lm_head.weight', 0.02],
			['model.layers.0.self_attn.k_proj.weight', 1 / Math.sqrt(96)],
			['model.layers.1.mlp.up_proj.weight', 1 / Math.sqrt(96)],
			['model.layers.1.self_attn.o_proj.weight', 1 / Math.sqrt(96 * 4)],
			['model.layers.0.mlp.down_proj.weight', 1 / Math.sqrt(128 * 4)]
		] as const) {
			expect(deviation(name) / want).toBeGreaterThan(0.96);
			expect(deviation(name) / want).toBeLessThan(1.04);
		}
		expect(deviation('model.norm.weight')).toBe(1);
		expect(deviation('v_head.summary.bias')).toBe(0);
	});

	test('another head leaves the other numbers as they were', () => {
		const one = createModel({ ...smallConfig, valueHead: false }, createStream(1));
		const two = createModel({ ...smallConfig, valueHead: true }, createStream(1));
		expect(two.parameters.slice(0, one.parameters.length)).toEqual(one.parameters);
	});

	test('a copy is not changed with the model', () => {
		const model = createModel(smallConfig, createStream(1));
		const copy = copyModel(model);
		const before = model.parameters[0];
		model.parameters[0] += 1;
		expect(copy.parameters[0]).toBe(before);
	});
});
