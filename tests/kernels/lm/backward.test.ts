import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { backward } from '../../../src/kernels/lm/backward';
import { copyModel, type Model } from '../../../src/kernels/lm/createModel';
import { createWorkspace, type Workspace } from '../../../src/kernels/lm/createWorkspace';
import { forward } from '../../../src/kernels/lm/forward';
import { elementCount } from '../../../src/kernels/lm/parameterLayout';
import { seedLogProbGradient, tokenLogProbs } from '../../../src/kernels/lm/tokenLogProbs';
import { engines } from './engines';
import { everyKind, lively, randomTokens, smallConfig } from './models';

const [batch, length] = [3, 9];
const starts = [0, 2, 0];
const tokens = randomTokens(1, batch * length, smallConfig.vocabSize);
const targets = randomTokens(2, batch * length, smallConfig.vocabSize);
/** Padding on the left of row 1 and on the right of row 2 counts for nothing. */
const counts = (i: number) => i % length >= starts[Math.floor(i / length)] && i !== 26;
const draw = createStream(3);
const weights = (seed: string) => {
	const own = draw.split(seed);
	return Float32Array.from({ length: batch * length }, (_, i) => (counts(i) ? own.uniform() : 0));
};
const [dLogProbs, dEntropies, dValues] = [weights('a'), weights('b'), weights('c')];

/** A loss in log-probabilities, entropies and values, summed in float64. */
function loss(model: Model, workspace: Workspace): number {
	forward(model, workspace, tokens, { starts });
	const { logProbs, entropies } = tokenLogProbs(workspace, targets, { temperature: 0.9 });
	let sum = 0;
	for (let i = 0; i < batch * length; i++) {
		sum += dLogProbs[i] * logProbs[i] + dEntropies[i] * entropies[i];
		sum += dValues[i] * workspace.values[i];
	}
	return sum;
}

function gradientOf(model: Model, workspace: Workspace): Float32Array {
	loss(model, workspace);
	const dLogits = seedLogProbGradient(workspace, targets, dLogProbs, dEntropies);
	return backward(model, workspace, dLogits, model.config.valueHead ? dValues : null);
}

describe.each(engines)('%s', (engine) => {
	test.each(everyKind)('finite differences, along every tensor: %s', (_, config) => {
		const model = lively(config, 9);
		const workspace = createWorkspace(config, batch, length, engine);
		const gradient = gradientOf(model, workspace).slice();
		const stream = createStream(4);
		for (const { offset, shape } of Object.values(model.layout)) {
			const count = elementCount(shape);
			for (let direction = 0; direction < 2; direction++) {
				const step = Float32Array.from({ length: count }, () => 2 * stream.uniform() - 1);
				const norm = Math.hypot(...step);
				const at = (t: number) => {
					const moved = copyModel(model);
					for (let i = 0; i < count; i++) moved.parameters[offset + i] += (t * step[i]) / norm;
					return loss(moved, workspace);
				};
				const h = 0.02;
				const slope = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
				let want = 0;
				let size = 0;
				for (let i = 0; i < count; i++) {
					want += (gradient[offset + i] * step[i]) / norm;
					size += gradient[offset + i] ** 2;
				}
				// float32 leaves 1e−5 in a loss of size 30, over 12h = 0.24; the formula leaves h⁴.
				expect(Math.abs(slope - want)).toBeLessThan(1e-3 + 1e-3 * Math.sqrt(size));
			}
		}
	});

	test('accumulates on request, and starts anew without', () => {
		const model = lively(smallConfig, 9);
		const workspace = createWorkspace(smallConfig, batch, length, engine);
		const once = gradientOf(model, workspace).slice();
		const seed = workspace.dLogits.slice();
		const twice = backward(model, workspace, seed, dValues, { accumulate: true }).slice();
		twice.forEach((value, i) => expect(value).toBeCloseTo(2 * once[i], 3));
		expect(backward(model, workspace, seed, dValues)).toEqual(once);
	});

	test('a model trained on its values alone leaves the policy’s head alone', () => {
		const model = lively(smallConfig, 9);
		const workspace = createWorkspace(smallConfig, batch, length, engine);
		loss(model, workspace);
		const gradient = backward(model, workspace, null, dValues);
		const part = (name: string) => {
			const { offset, shape } = model.layout[name];
			return gradient.slice(offset, offset + elementCount(shape));
		};
		expect(part('lm_head.weight').every((g) => g === 0)).toBe(true);
		expect(part('v_head.summary.bias')[0]).toBeCloseTo(
			dValues.reduce((a, b) => a + b),
			4
		);
		expect(Math.hypot(...part('model.layers.0.self_attn.q_proj.weight'))).toBeGreaterThan(0);
	});

	test('a row padded on the left has the numbers of the row alone, to the last bit', () => {
		const model = lively(smallConfig, 9);
		const workspace = createWorkspace(smallConfig, batch, length, engine);
		const { vocabSize } = smallConfig;
		const logits = forward(model, workspace, tokens, { starts }).slice();
		const alone = createWorkspace(smallConfig, 1, length - 2, engine);
		const row = tokens.subarray(length + 2, 2 * length);
		expect(forward(model, alone, row)).toEqual(
			logits.slice((length + 2) * vocabSize, 2 * length * vocabSize)
		);
		expect(alone.values).toEqual(workspace.values.slice(length + 2, 2 * length));
	});

	test('a later token changes nothing before it', () => {
		const model = lively(smallConfig, 9);
		const workspace = createWorkspace(smallConfig, batch, length, engine);
		const { vocabSize } = smallConfig;
		const before = forward(model, workspace, tokens).slice();
		const changed = tokens.slice();
		changed[5] = (changed[5] + 1) % vocabSize;
		const after = forward(model, workspace, changed);
		expect(after.slice(0, 5 * vocabSize)).toEqual(before.slice(0, 5 * vocabSize));
		expect(after.slice(5 * vocabSize, 6 * vocabSize)).not.toEqual(
			before.slice(5 * vocabSize, 6 * vocabSize)
		);
		expect(after.slice(length * vocabSize)).toEqual(before.slice(length * vocabSize));
	});

	test('steps leave no memory behind', () => {
		const model = lively(smallConfig, 9);
		const workspace = createWorkspace(smallConfig, batch, length, engine);
		const { buffer } = workspace.engine.floats;
		gradientOf(model, workspace);
		const before = process.memoryUsage().arrayBuffers;
		for (let step = 0; step < 300; step++) gradientOf(model, workspace);
		// One model's gradient, were it made anew each time, would be 2.6 MB by now.
		expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200_000);
		expect(workspace.engine.floats.buffer).toBe(buffer);
		expect(workspace.gradient.buffer).toBe(buffer);
	});
});

test('both engines agree on every gradient', () => {
	for (const [, config] of everyKind) {
		const model = lively(config, 9);
		const [a, b] = engines.map((engine) =>
			gradientOf(model, createWorkspace(config, batch, length, engine))
		);
		const scale = Math.max(...a.map(Math.abs));
		// Float32 sums over 27 tokens through two layers, against float64 sums stored as float32.
		a.forEach((value, i) => expect(Math.abs(value - b[i])).toBeLessThan(1e-5 * scale));
	}
});

describe('refuses', () => {
	const model = lively(smallConfig, 9);
	const workspace = createWorkspace(smallConfig, batch, length);
	forward(model, workspace, tokens);

	test.each<[string, () => unknown]>([
		[
			'createWorkspace: batch must be a positive integer, got 0',
			() => createWorkspace(smallConfig, 0, 4)
		],
		[
			'createWorkspace: length must be an integer in 1 … 16, got 17',
			() => createWorkspace(smallConfig, 1, 17)
		],
		[
			'forward: tokens must be 3 rows of 9, 27 in all, got 26',
			() => forward(model, workspace, tokens.subarray(1))
		],
		[
			'forward: tokens[0] must be an integer in 0 … 10, got -1',
			() =>
				forward(
					model,
					workspace,
					tokens.map(() => -1)
				)
		],
		[
			'forward: starts must be one a row (3), got 2',
			() => forward(model, workspace, tokens, { starts: [0, 0] })
		],
		[
			'forward: starts[1] must be an integer in 0 … 8, got 9',
			() => forward(model, workspace, tokens, { starts: [0, 9, 0] })
		],
		[
			'forward: model must have the workspace’s layers 2, got 1',
			() => forward(lively({ ...smallConfig, layers: 1 }, 1), workspace, tokens)
		],
		[
			'backward: dLogits must have 297 numbers, got 3',
			() => backward(model, workspace, new Float32Array(3))
		],
		['tokenLogProbs: targets must have 27 tokens, got 0', () => tokenLogProbs(workspace, [])],
		[
			'tokenLogProbs: targets[0] must be an integer below 11',
			() =>
				tokenLogProbs(
					workspace,
					tokens.map(() => 11)
				)
		],
		[
			'tokenLogProbs: temperature must be positive and finite, got 0',
			() => tokenLogProbs(workspace, targets, { temperature: 0 })
		],
		[
			'seedLogProbGradient: dEntropies must have 27 numbers, got 1',
			() => seedLogProbGradient(workspace, targets, dLogProbs, [1])
		]
	])('%s', (message, work) => {
		expect(work).toThrow(RangeError);
		expect(work).toThrow(message);
	});

	test('values from a model without a head for them', () => {
		const plain = { ...smallConfig, valueHead: false };
		const own = createWorkspace(plain, batch, length);
		const other = lively(plain, 1);
		forward(other, own, tokens);
		expect(() => backward(other, own, null, dValues)).toThrow(
			'backward: dValues must not be given'
		);
	});
});
