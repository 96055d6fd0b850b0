import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { softmax } from '../../../src/kernels/core/softmax';
import { likelihoodDisplacement } from '../../../src/kernels/preference/likelihoodDisplacement';

/** Chosen and rejected answers that are nearly the same, and one that is not. */
const alike = [
	[1, 0.1],
	[1, -0.1],
	[-1, 1]
];
const table = [
	[1, 0, 0],
	[0, 1, 0],
	[0, 0, 1]
];
const pair = [{ chosen: 0, rejected: 1 }];
const run = { learningRate: 1, steps: 1000 };

describe('answers that share their features', () => {
	const { logProbs, losses, margins, rates } = likelihoodDisplacement(alike, [0, 0], pair, run);

	test('at first both answers of the pair fall and the third rises', () => {
		expect(rates[0]).toBeCloseTo(-0.0023333, 6);
		expect(rates[1]).toBeCloseTo(-0.0043333, 6);
		expect(rates[2]).toBeCloseTo(0.0066667, 6);
	});

	test('the loss falls and the margin grows at every step, while the chosen answer dies out', () => {
		for (let step = 1; step <= run.steps; step++) {
			expect(losses[step]).toBeLessThan(losses[step - 1]);
			expect(margins[step]).toBeGreaterThan(margins[step - 1]);
			expect(logProbs[step][0]).toBeLessThan(logProbs[step - 1][0]);
		}
		expect(Math.exp(logProbs[0][0])).toBeCloseTo(1 / 3, 14);
		expect(Math.exp(logProbs[run.steps][0])).toBeLessThan(0.001);
		expect(Math.exp(logProbs[run.steps][2])).toBeGreaterThan(0.99);
	});

	test('a loss that also pulls on the chosen answer itself brings it back', () => {
		const options = { learningRate: 1, steps: 5000, lossType: 'nca_pair' } as const;
		const nca = likelihoodDisplacement(alike, [0, 0], pair, options).logProbs;
		const lowest = Math.exp(Math.min(...nca.map((logs) => logs[0])));
		expect(lowest).toBeLessThan(0.31);
		expect(Math.exp(nca[5000][0])).toBeGreaterThan(0.5);
	});
});

test('a table cannot show it: the chosen answer rises, at the rate a (1 − π(w) + π(l))', () => {
	const logits = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), {
		minLength: 3,
		maxLength: 3
	});
	fc.assert(
		fc.property(logits, (theta0) => {
			const options = { learningRate: 1, steps: 30, beta: 0.5 };
			const { logProbs, rates } = likelihoodDisplacement(table, theta0, pair, options);
			const [w, l] = softmax(theta0);
			expect(rates[0]).toBeCloseTo(0.25 * (1 - w + l), 12); // a = β σ(0)
			for (let step = 1; step <= 30; step++) {
				expect(logProbs[step][0]).toBeGreaterThan(logProbs[step - 1][0]);
			}
		}),
		{ seed: 1, numRuns: 50 }
	);
});

const problems = fc.record({
	features: fc.array(
		fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 2 }),
		{ minLength: 4, maxLength: 4 }
	),
	theta0: fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 2 })
});
const pairs = [
	{ chosen: 0, rejected: 1 },
	{ chosen: 2, rejected: 1, weight: 2 }
];

test('the rates are a ⟨φ − E φ, φ(w) − φ(l)⟩ for one pair, and what small steps do for several', () => {
	fc.assert(
		fc.property(problems, ({ features, theta0 }) => {
			const one = likelihoodDisplacement(features, theta0, pair, { learningRate: 1, steps: 0 });
			const policy = softmax(features.map(([x, y]) => x * theta0[0] + y * theta0[1]));
			const mean = [0, 1].map((d) => features.reduce((sum, row, y) => sum + policy[y] * row[d], 0));
			features.forEach((row, y) => {
				const along = [0, 1].map((d) => (row[d] - mean[d]) * (features[0][d] - features[1][d]));
				expect(one.rates[y]).toBeCloseTo(0.05 * (along[0] + along[1]), 12);
			});
			const step = 1e-6;
			const options = { learningRate: step, steps: 1, beta: 1 };
			const { logProbs, rates } = likelihoodDisplacement(features, theta0, pairs, options);
			// rounding 1e-16/step, and half the second derivative times step
			rates.forEach((rate, y) =>
				expect((logProbs[1][y] - logProbs[0][y]) / step).toBeCloseTo(rate, 4)
			);
		}),
		{ seed: 1, numRuns: 100 }
	);
});

test('small steps follow one flow: half the step, half the distance to it', () => {
	const end = (learningRate: number) => {
		const steps = Math.round(40 / learningRate);
		return likelihoodDisplacement(alike, [0, 0], pair, { learningRate, steps, beta: 1 }).theta;
	};
	const [coarse, fine, finest] = [end(2), end(1), end(0.5)];
	const distance = (a: Float64Array, b: Float64Array) => Math.hypot(a[0] - b[0], a[1] - b[1]);
	// Euler's method is of first order: successive differences halve, up to terms of second order.
	expect(distance(coarse, fine) / distance(fine, finest)).toBeCloseTo(2, 1);
});

test('θ never leaves θ₀ plus the span of φ(w) − φ(l)', () => {
	fc.assert(
		fc.property(problems, ({ features, theta0 }) => {
			const options = { learningRate: 1, steps: 20, beta: 1 };
			const { theta } = likelihoodDisplacement(features, theta0, pair, options);
			const along = [features[0][0] - features[1][0], features[0][1] - features[1][1]];
			const moved = [theta[0] - theta0[0], theta[1] - theta0[1]];
			expect(along[0] * moved[1] - along[1] * moved[0]).toBeCloseTo(0, 12);
		}),
		{ seed: 1, numRuns: 50 }
	);
});

test.each<[string, () => unknown, string]>([
	[
		'another number of weights',
		() => likelihoodDisplacement(alike, [0], pair, run),
		'theta0 must be 2 long, got 1'
	],
	[
		'a step of 0',
		() => likelihoodDisplacement(alike, [0, 0], pair, { learningRate: 0, steps: 1 }),
		'learningRate must be positive and finite, got 0'
	],
	[
		'half a step',
		() => likelihoodDisplacement(alike, [0, 0], pair, { learningRate: 1, steps: 0.5 }),
		'steps must be an integer ≥ 0, got 0.5'
	]
])('%s: refused', (_, call, message) => {
	expect(call).toThrow(RangeError);
	expect(call).toThrow(message);
});
