import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { gpoBackward } from '../../../src/kernels/gpo/gpoBackward';
import { gpoForward } from '../../../src/kernels/gpo/gpoForward';
import { gpoLayout, tinyGpoConfig, type GpoConfig } from '../../../src/kernels/gpo/gpoModel';
import { createGpoWorkspace } from '../../../src/kernels/gpo/gpoWorkspace';
import { gaussianLoss } from '../../../src/kernels/gpo/questionLikelihood';
import reference from '../../reference/federated.json';
import { randomEpisode, randomParameters, smallConfig } from './episodes';

const { cases, tolerance } = reference.sections.find(({ name }) => name === 'gpo_pytorch')!;

interface Entry {
	name: string;
	inputs: GpoConfig & { context: number; options: number[] };
	outputs: { loss: number; gradient: number[] };
}

describe('PyTorch autograd', () => {
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
			const workspace = createGpoWorkspace(inputs, rows, context);
			const gradient = new Float64Array(parameters);
			gpoForward(weights, episode, workspace);
			const loss = gpoBackward(weights, gradient, episode, workspace);
			expect(loss).toBeCloseTo(outputs.loss, 11);
			outputs.gradient.forEach((want, i) => {
				const allowed = tolerance.atol + tolerance.rtol * Math.abs(want);
				expect(Math.abs(gradient[i] - want)).toBeLessThanOrEqual(allowed);
			});
		});
	}
});

describe('finite differences', () => {
	for (const [name, config, seed] of [
		['the tiny model, all 4,130 parameters', tinyGpoConfig, 7],
		['three maps, bounded sigma', { ...smallConfig, boundStd: true }, 8]
	] as const) {
		test(
			name,
			() => {
				const stream = createStream(seed);
				const { parameters } = gpoLayout(config);
				const weights = randomParameters(stream, parameters);
				const episode = randomEpisode(stream, config.dimX, 6, [3, 4]);
				const workspace = createGpoWorkspace(config, episode.rows, episode.context);
				const gradient = new Float64Array(parameters);
				gpoForward(weights, episode, workspace);
				gpoBackward(weights, gradient, episode, workspace);
				const loss = () => {
					gpoForward(weights, episode, workspace);
					return gaussianLoss(episode, workspace.mean, workspace.sigma);
				};
				const scale = Math.max(...gradient.map(Math.abs));
				expect(scale).toBeGreaterThan(0.1);
				let worst = 0;
				gradient.forEach((value, i) => {
					const kept = weights[i];
					weights[i] = kept + 1e-5;
					const above = loss();
					weights[i] = kept - 1e-5;
					const below = loss();
					weights[i] = kept;
					worst = Math.max(worst, Math.abs((above - below) / 2e-5 - value));
				});
				// Central differences with step 1e−5 leave some 1e−10·third derivative and 1e−11 of rounding.
				expect(worst / scale).toBeLessThan(1e-6);
			},
			60_000
		);
	}
});

test('gradients add up, and scale scales them but not the loss', () => {
	const stream = createStream(9);
	const { parameters } = gpoLayout(smallConfig);
	const weights = randomParameters(stream, parameters);
	const workspace = createGpoWorkspace(smallConfig, 20, 10);
	const [first, second] = [randomEpisode(stream, 3, 4, [3, 2]), randomEpisode(stream, 3, 6, [5])];
	const run = (gradient: Float64Array, episode: typeof first, scale?: number) => {
		gpoForward(weights, episode, workspace);
		return gpoBackward(weights, gradient, episode, workspace, scale);
	};
	const alone = [first, second].map((episode) => {
		const gradient = new Float64Array(parameters);
		return { gradient, loss: run(gradient, episode) };
	});
	const together = new Float64Array(parameters);
	expect(run(together, first, 0.5)).toBe(alone[0].loss);
	run(together, second, 0.5);
	together.forEach((value, i) => {
		const want = (alone[0].gradient[i] + alone[1].gradient[i]) / 2;
		// Rounding of two sums.
		expect(Math.abs(value - want)).toBeLessThan(1e-12 * (1 + Math.abs(want)));
	});
});
