import { categorical } from '../core/categorical';
import type { Stream } from '../core/stream';
import { batchGradient, type BatchGradientOptions } from './batchGradient';
import { landscapePolicy, type Landscape, type Point } from './landscape';
import type { Method } from './methods';

export interface SampledPathOptions extends BatchGradientOptions {
	/** Answers a question and batch (G). */
	numGenerations: number;
	/** Gradient steps on each batch (TRL num_iterations). */
	numIterations: number;
	learningRate: number;
	/** Answers that may be sampled in all. */
	budget: number;
}

export interface PathPoint {
	theta: Point;
	/** Answers sampled so far, those of groups that were drawn again included. */
	samples: number;
}

/** Groups that DAPO draws for one question before it goes without: a question may have no signal left. */
const MOST_DRAWS = 10;

/**
 * Training by one method, sampled: draw G answers to each question, take `numIterations` steps of plain
 * gradient ascent on the batch (`batchGradient`; ratios compare with the policy that sampled), and again,
 * until the budget of samples is spent. A method that draws groups without signal again pays for the
 * draws; after ten a group stays as it is.
 *
 * Cost: O(budget · numIterations · tokens). Entry 0 is the reference. Throws RangeError for a budget below
 * one batch, counts that are no whole numbers ≥ 1 (G ≥ 2), a learning rate that is not positive and
 * finite, and as batchGradient.
 */
export function sampledPath(
	stream: Stream,
	prompts: Landscape,
	method: Method,
	{ numGenerations, numIterations, learningRate, budget, ...options }: SampledPathOptions
): PathPoint[] {
	const whole = { numGenerations: [numGenerations, 2], numIterations: [numIterations, 1] };
	for (const [name, [value, least]] of Object.entries(whole)) {
		if (!Number.isInteger(value) || value < least) {
			throw new RangeError(`sampledPath: ${name} must be a whole number ≥ ${least}, got ${value}`);
		}
	}
	if (!(learningRate > 0 && learningRate < Infinity)) {
		throw new RangeError(
			`sampledPath: learningRate must be positive and finite, got ${learningRate}`
		);
	}
	const batch = numGenerations * prompts.length;
	if (!(budget >= batch)) {
		throw new RangeError(`sampledPath: budget must be at least ${batch}, got ${budget}`);
	}
	const path: PathPoint[] = [{ theta: [0, 0], samples: 0 }];
	let samples = 0;
	for (;;) {
		const old = path.at(-1)!.theta;
		const answers = prompts.map((prompt) => {
			const probabilities = landscapePolicy(prompt, old).map(Math.exp);
			let group: number[] = [];
			for (let draw = 0; draw < (method.resamples ? MOST_DRAWS : 1); draw++) {
				group = Array.from({ length: numGenerations }, () => categorical(stream, probabilities));
				samples += numGenerations;
				if (group.some((k) => prompt.rewards[k] !== prompt.rewards[group[0]])) break;
			}
			return group;
		});
		if (samples > budget) return path;
		let theta: Point = old;
		for (let n = 0; n < numIterations; n++) {
			const [x, y] = batchGradient(prompts, method, theta, { answers, theta: old }, options);
			theta = [theta[0] + learningRate * x, theta[1] + learningRate * y];
		}
		path.push({ theta, samples });
	}
}
