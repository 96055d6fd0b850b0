import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import {
	gpoLayout,
	initialParameters,
	officialGpoConfig,
	parameterCount,
	tinyGpoConfig
} from '../../../src/kernels/gpo/gpoModel';
import reference from '../../reference/federated.json';

describe('parameter count', () => {
	test('official: 574,080 + 6·99,584 + 16,770 = 1,188,354', () => {
		const { embedder, layers, head1, parameters } = gpoLayout(officialGpoConfig);
		expect(layers[0].inProjection.weight - embedder[0].weight).toBe(574_080);
		expect(layers[1].inProjection.weight - layers[0].inProjection.weight).toBe(99_584);
		expect(parameters - head1.weight).toBe(16_770);
		expect(parameterCount(officialGpoConfig)).toBe(1_188_354);
	});

	test('tiny: 4,130', () => {
		expect(parameterCount(tinyGpoConfig)).toBe(4130);
	});

	test("as many as PyTorch's modules hold", () => {
		const { cases } = reference.sections.find(({ name }) => name === 'gpo_pytorch')!;
		for (const { inputs, outputs } of cases as never as { inputs: never; outputs: never }[]) {
			expect(parameterCount(inputs)).toBe((outputs as { parameters: number }).parameters);
		}
	});

	test('parts follow each other without gap or overlap', () => {
		const { embedder, layers, head1, head2, parameters } = gpoLayout(tinyGpoConfig);
		const linear = [...embedder, head1, head2];
		const norms = layers.flatMap(({ norm1, norm2 }) => [norm1, norm2]);
		for (const { inProjection, outProjection, feedforward1, feedforward2 } of layers) {
			linear.push(inProjection, outProjection, feedforward1, feedforward2);
		}
		const used = new Uint8Array(parameters);
		for (const { weight, bias, inputs, outputs } of linear) {
			for (let i = 0; i < inputs * outputs; i++) used[weight + i]++;
			for (let i = 0; i < outputs; i++) used[bias + i]++;
		}
		for (const { gain, shift, width } of norms) {
			for (let i = 0; i < width; i++) {
				used[gain + i]++;
				used[shift + i]++;
			}
		}
		expect(used.every((times) => times === 1)).toBe(true);
	});
});

describe('first parameters', () => {
	const layout = gpoLayout(tinyGpoConfig);
	const parameters = initialParameters(tinyGpoConfig, createStream(1));

	test('all layers start alike, as nn.TransformerEncoder clones its layer', () => {
		const [first, second] = layout.layers;
		const length = second.inProjection.weight - first.inProjection.weight;
		const from = first.inProjection.weight;
		expect(parameters.slice(from, from + length)).toEqual(
			parameters.slice(from + length, from + 2 * length)
		);
	});

	test("bounds and zeros are PyTorch's", () => {
		const { inProjection, outProjection, norm1 } = layout.layers[0];
		const part = (from: number, length: number) => parameters.subarray(from, from + length);
		expect(part(inProjection.bias, 48).every((value) => value === 0)).toBe(true);
		expect(part(outProjection.bias, 16).every((value) => value === 0)).toBe(true);
		expect(part(norm1.gain, 16).every((value) => value === 1)).toBe(true);
		expect(part(norm1.shift, 16).every((value) => value === 0)).toBe(true);
		const largest = Math.max(...part(inProjection.weight, 768).map(Math.abs));
		const bound = Math.sqrt(6 / 64);
		// The largest of 768 uniform draws lies in the last percent but for one run in 2,000.
		expect(largest).toBeGreaterThan(0.99 * bound);
		expect(largest).toBeLessThan(bound);
		const embedder = part(layout.embedder[1].weight, 256).map(Math.abs);
		expect(Math.max(...embedder)).toBeLessThan(1 / 4);
		expect(Math.max(...embedder)).toBeGreaterThan(0.95 / 4);
	});

	test('the same stream gives the same parameters', () => {
		expect(initialParameters(tinyGpoConfig, createStream(1))).toEqual(parameters);
		expect(initialParameters(tinyGpoConfig, createStream(2))).not.toEqual(parameters);
	});
});

test('refuses sizes that make no model', () => {
	expect(() => parameterCount({ ...tinyGpoConfig, nhead: 3 })).toThrow('nhead must divide');
	expect(() => parameterCount({ ...tinyGpoConfig, embDepth: 1 })).toThrow('embDepth');
	expect(() => parameterCount({ ...tinyGpoConfig, dimX: 0 })).toThrow('dimX');
	expect(() => parameterCount({ ...tinyGpoConfig, numLayers: 1.5 })).toThrow('numLayers');
});
