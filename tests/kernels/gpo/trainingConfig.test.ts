import { expect, test } from 'vitest';
import {
	checkTraining,
	defaultFederatedConfig,
	learningRateAt
} from '../../../src/kernels/gpo/trainingConfig';
import reference from '../../reference/federated.json';

test("PyTorch's CosineAnnealingLR, past T_max as well", () => {
	const { cases, tolerance } = reference.sections.find(
		({ name }) => name === 'cosine_annealing_pytorch'
	)!;
	const [{ inputs, outputs }] = cases as unknown as {
		inputs: { learningRate: number; tMax: number; steps: number[] };
		outputs: number[];
	}[];
	const config = {
		...defaultFederatedConfig,
		learningRate: inputs.learningRate,
		cosineSteps: inputs.tMax
	};
	inputs.steps.forEach((step, i) => {
		const allowed = tolerance.atol + tolerance.rtol * outputs[i];
		expect(Math.abs(learningRateAt(config, step) - outputs[i])).toBeLessThanOrEqual(allowed);
	});
});

test('without a schedule the rate stays', () => {
	expect(learningRateAt(defaultFederatedConfig, 0)).toBe(5e-3);
	expect(learningRateAt(defaultFederatedConfig, 1e6)).toBe(5e-3);
});

test('refuses what does not train', () => {
	const check = (changed: object) => () =>
		checkTraining('caller', { ...defaultFederatedConfig, ...changed });
	expect(check({ learningRate: 0 })).toThrow('caller: learningRate');
	expect(check({ learningRate: Infinity })).toThrow('caller: learningRate');
	expect(check({ cosineSteps: -1 })).toThrow('caller: cosineSteps');
	expect(check({ optimiser: 'newton' })).toThrow('caller: optimiser');
});
