import { describe, expect, test } from 'vitest';
import { backward } from '../../../src/kernels/lm/backward';
import type { Model } from '../../../src/kernels/lm/createModel';
import { createWorkspace } from '../../../src/kernels/lm/createWorkspace';
import { forward } from '../../../src/kernels/lm/forward';
import {
	parameterCount,
	parameterLayout,
	type ModelConfig
} from '../../../src/kernels/lm/modelConfig';
import { elementCount } from '../../../src/kernels/lm/parameterLayout';
import { seedLogProbGradient, tokenLogProbs } from '../../../src/kernels/lm/tokenLogProbs';
import reference from '../../reference/transformer.json';
import { engines } from './engines';

const [{ cases, tolerance }] = reference.sections;

interface Case {
	name: string;
	inputs: {
		config: ModelConfig;
		batch: number;
		length: number;
		starts: number[];
		temperature: number;
	};
	outputs: {
		logits: number[];
		logProbs: number[];
		entropies: number[];
		values?: number[];
		loss: number;
		gradient: number[];
	};
}

/** The model that the reference describes by a formula. */
function formulaModel(config: ModelConfig): Model {
	const layout = parameterLayout(config);
	const parameters = Float32Array.from(
		{ length: parameterCount(config) },
		(_, j) => 0.35 * Math.sin(0.7 * j * j + 0.3 * j)
	);
	for (const [name, { offset, shape }] of Object.entries(layout)) {
		if (!name.includes('norm')) continue;
		for (let j = offset; j < offset + elementCount(shape); j++) {
			parameters[j] = 1 + 0.35 * Math.sin(0.7 * j * j + 0.3 * j);
		}
	}
	return { config, layout, parameters };
}

/**
 * PyTorch computes in float64, the model in float32: some tens of roundings of 6e−8 each in numbers of
 * size 1 to 6 stay below the reference's tolerance.
 */
function close(got: ArrayLike<number>, want: readonly number[], counts: (i: number) => boolean) {
	let worst = 0;
	want.forEach((value, i) => {
		if (!counts(i)) return;
		const allowed = tolerance.atol + tolerance.rtol * Math.abs(value);
		worst = Math.max(worst, Math.abs(got[i] - value) / allowed);
	});
	expect(got.length).toBe(want.length);
	expect(worst).toBeLessThanOrEqual(1);
}

describe.each(engines)('PyTorch autograd, %s', (engine) => {
	for (const { name, inputs, outputs } of cases as unknown as Case[]) {
		test(name, () => {
			const { config, batch, length, starts, temperature } = inputs;
			const count = batch * length;
			const tokens = Int32Array.from(
				{ length: count },
				(_, i) => (3 * i * i + 2 * i) % config.vocabSize
			);
			const targets = tokens.map((_, i) => (5 * i * i + i) % config.vocabSize);
			const real = (i: number) => i % length >= starts[Math.floor(i / length)];
			const per = (width: number) => (i: number) => real(Math.floor(i / width));
			const weigh = (weight: (i: number) => number) =>
				Float32Array.from({ length: count }, (_, i) => (real(i) ? weight(i) : 0));

			const model = formulaModel(config);
			const workspace = createWorkspace(config, batch, length, engine);
			const logits = forward(model, workspace, tokens, { starts });
			close(logits, outputs.logits, per(config.vocabSize));
			const { logProbs, entropies } = tokenLogProbs(workspace, targets, { temperature });
			close(logProbs, outputs.logProbs, real);
			close(entropies, outputs.entropies, real);

			const dLogProbs = weigh((i) => Math.sin(1.1 * i));
			const dEntropies = weigh((i) => 0.5 * Math.cos(0.6 * i));
			const dValues = weigh((i) => Math.sin(0.8 * i + 1));
			const dLogits = seedLogProbGradient(workspace, targets, dLogProbs, dEntropies);
			if (outputs.values) close(workspace.values, outputs.values, real);
			const gradient = backward(model, workspace, dLogits, config.valueHead ? dValues : null);
			close(gradient, outputs.gradient, () => true);
		});
	}
});
