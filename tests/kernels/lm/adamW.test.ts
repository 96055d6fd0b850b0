import { describe, expect, test } from 'vitest';
import { adamWStep, createAdamW, decayMask } from '../../../src/kernels/lm/adamW';
import reference from '../../reference/adamW.json';

const section = reference.sections.find(({ name }) => name === 'adamw')!;
interface Case {
	name: string;
	inputs: {
		parameters: number[];
		gradients: number[][];
		decayed: number;
		weight_decay: number;
		lr: number;
		betas: [number, number];
		eps: number;
	};
	outputs: { parameters: number[][] };
}

describe('torch.optim.AdamW, after every step', () => {
	test.each(section.cases as unknown as Case[])('$name', ({ inputs, outputs }) => {
		const parameters = Float32Array.from(inputs.parameters);
		const mask = Uint8Array.from(parameters, (_, i) => (i < inputs.decayed ? 1 : 0));
		const state = createAdamW(parameters.length);
		inputs.gradients.forEach((gradient, step) => {
			adamWStep(state, parameters, Float32Array.from(gradient), inputs.lr, {
				betas: inputs.betas,
				epsilon: inputs.eps,
				weightDecay: inputs.weight_decay,
				decayMask: mask
			});
			outputs.parameters[step].forEach((want, i) => {
				// PyTorch rounds every operation to float32, this only what it stores.
				const { rtol, atol } = section.tolerance;
				expect(Math.abs(parameters[i] - want)).toBeLessThanOrEqual(atol + rtol * Math.abs(want));
			});
		});
	});
});

test('the first step is lr long whatever the gradient, and the decay comes on top', () => {
	for (const g of [4, -4, 1e-3, 1e6]) {
		const parameters = Float32Array.of(1);
		adamWStep(createAdamW(1), parameters, Float32Array.of(g), 0.1);
		expect(parameters[0]).toBeCloseTo(1 - 0.1 * Math.sign(g), 5);
	}
	const parameters = Float32Array.of(1);
	adamWStep(createAdamW(1), parameters, Float32Array.of(4), 0.1, { weightDecay: 0.5 });
	expect(parameters[0]).toBeCloseTo(0.85, 6);
});

test('without a gradient only the masked parameters shrink, geometrically', () => {
	const parameters = Float32Array.of(1, 1);
	const state = createAdamW(2);
	for (let step = 0; step < 50; step++) {
		const options = { weightDecay: 0.2, decayMask: Uint8Array.of(1, 0) };
		adamWStep(state, parameters, new Float32Array(2), 0.1, options);
	}
	// fifty roundings to float32
	expect(parameters[0]).toBeCloseTo(0.98 ** 50, 5);
	expect(parameters[1]).toBe(1);
});

test('it finds the minimum of a quadratic that is a thousand times steeper in one direction', () => {
	const parameters = Float32Array.of(3, -2);
	const state = createAdamW(2);
	for (let step = 0; step < 3000; step++) {
		const gradient = Float32Array.of(1000 * (parameters[0] - 1), parameters[1] - 0.5);
		adamWStep(state, parameters, gradient, 0.02 * (1 - step / 3000));
	}
	expect(parameters[0]).toBeCloseTo(1, 3);
	expect(parameters[1]).toBeCloseTo(0.5, 3);
});

test('matrices decay, biases and gains do not', () => {
	const layout = {
		gain: { offset: 0, shape: [2] },
		weight: { offset: 2, shape: [2, 2] },
		bias: { offset: 6, shape: [2] }
	};
	expect([...decayMask(8, layout)]).toEqual([0, 0, 1, 1, 1, 1, 0, 0]);
});

test('sizes that disagree and a bad learning rate are refused', () => {
	const step = (sizes: number[], lr = 0.1) =>
		adamWStep(createAdamW(sizes[0]), new Float32Array(sizes[1]), new Float32Array(sizes[2]), lr, {
			decayMask: new Uint8Array(sizes[3])
		});
	for (const sizes of [
		[1, 2, 2, 2],
		[2, 1, 2, 2],
		[2, 2, 1, 2],
		[2, 2, 2, 1]
	]) {
		expect(() => step(sizes)).toThrow('adamWStep: sizes must agree');
	}
	expect(() => step([1, 1, 1, 1], NaN)).toThrow('learningRate must be finite and ≥ 0, got NaN');
});
