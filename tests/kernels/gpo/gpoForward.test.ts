import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { gpoForward } from '../../../src/kernels/gpo/gpoForward';
import { gpoLayout, type GpoConfig } from '../../../src/kernels/gpo/gpoModel';
import { createGpoWorkspace, type OpinionEpisode } from '../../../src/kernels/gpo/gpoWorkspace';
import { gaussianLoss } from '../../../src/kernels/gpo/questionLikelihood';
import reference from '../../reference/federated.json';
import { randomEpisode, randomParameters, reordered, smallConfig } from './episodes';

const { cases, tolerance } = reference.sections.find(({ name }) => name === 'gpo_pytorch')!;

interface Entry {
	name: string;
	inputs: GpoConfig & { context: number; options: number[] };
	outputs: { loss: number; mean: number[]; sigma: number[] };
}

describe('PyTorch', () => {
	for (const { name, inputs, outputs } of cases as unknown as Entry[]) {
		test(name, () => {
			const { context, options, dimX } = inputs;
			const rows = context + options.reduce((a, b) => a + b);
			const episode = {
				context,
				rows,
				x: Float64Array.from({ length: rows * dimX }, (_, i) => Math.sin(0.9 * i + 0.2)),
				y: Float64Array.from({ length: rows }, (_, r) => 0.5 + 0.4 * Math.sin(2.3 * r)),
				questions: options.length,
				options: Int32Array.from(options)
			};
			const { parameters } = gpoLayout(inputs);
			const weights = Float64Array.from({ length: parameters }, (_, j) =>
				Math.sin(0.7 * j * j + 0.3 * j)
			);
			const workspace = createGpoWorkspace(inputs, 20, 10);
			gpoForward(weights, episode, workspace);
			const near = (got: number, want: number) =>
				expect(Math.abs(got - want)).toBeLessThanOrEqual(
					tolerance.atol + tolerance.rtol * Math.abs(want)
				);
			outputs.mean.forEach((want, i) => near(workspace.mean[context + i], want));
			outputs.sigma.forEach((want, i) => near(workspace.sigma[context + i], want));
			near(gaussianLoss(episode, workspace.mean, workspace.sigma), outputs.loss);
		});
	}
});

const stream = createStream(4);
const parameters = randomParameters(stream, gpoLayout(smallConfig).parameters);
const episode = randomEpisode(stream, smallConfig.dimX, 5, [3, 2, 4]);

/** (μ before the softmax, s) of the target rows: what no other target may change. */
function headOf(input: OpinionEpisode): number[] {
	const workspace = createGpoWorkspace(smallConfig, 20, 10);
	gpoForward(parameters, input, workspace);
	return [...workspace.head.subarray(2 * input.context, 2 * input.rows)];
}

// Sums over the context in another order: rounding only.
const same = (got: number[], want: number[]) => {
	expect(got).toHaveLength(want.length);
	got.forEach((value, i) => expect(Math.abs(value - want[i])).toBeLessThan(1e-12));
};

describe('an in-context learner', () => {
	const plain = headOf(episode);
	const targets = [5, 6, 7, 8, 9, 10, 11, 12, 13];

	test('the order of the context does not matter', () => {
		same(headOf(reordered(episode, [3, 0, 4, 1, 2, ...targets], 3)), plain);
	});

	test('targets in another order give predictions in that order', () => {
		const order = [0, 1, 2, 3, 4, 8, 9, 10, 11, 12, 13, 5, 6, 7];
		const turned = headOf(reordered(episode, order, 3, [2, 4, 3]));
		same(turned, [...plain.slice(6), ...plain.slice(0, 6)]);
	});

	test('a changed target changes its own prediction only', () => {
		const changed = { ...episode, x: episode.x.slice() };
		changed.x[7 * 3] += 0.5;
		const got = headOf(changed);
		got.forEach((value, i) => {
			if (i === 4 || i === 5) expect(Math.abs(value - plain[i])).toBeGreaterThan(1e-6);
			else expect(value).toBe(plain[i]);
		});
	});

	test('a further question does not change the others', () => {
		const shorter = reordered(episode, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 3, [3, 2]);
		expect(headOf(shorter)).toEqual(plain.slice(0, 10));
	});

	test('shares of targets are not read, shares of the context are', () => {
		const other = { ...episode, y: episode.y.slice() };
		other.y.fill(0.123, episode.context);
		expect(headOf(other)).toEqual(plain);
		other.y[0] += 0.1;
		expect(headOf(other)).not.toEqual(plain);
	});

	test('a workspace used before gives the same', () => {
		const workspace = createGpoWorkspace(smallConfig, 20, 10);
		gpoForward(parameters, randomEpisode(stream, 3, 8, [5, 5]), workspace);
		gpoForward(parameters, episode, workspace);
		expect([...workspace.head.subarray(10, 28)]).toEqual(plain);
	});
});

test('refuses episodes that do not fit', () => {
	const workspace = createGpoWorkspace(smallConfig, 14, 5);
	const run = (changed: Partial<OpinionEpisode>) => () =>
		gpoForward(parameters, { ...episode, ...changed }, workspace);
	expect(run({ context: 0 })).toThrow('episode.context');
	expect(run({ rows: 5 })).toThrow('episode.rows must exceed');
	expect(run({ rows: 15 })).toThrow('must fit its workspace');
	expect(run({ questions: 2 })).toThrow('episode.options must sum to');
	expect(() => createGpoWorkspace(smallConfig, 0, 1)).toThrow('maxRows');
});
