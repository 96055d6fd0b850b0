import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { categorical } from '../../../src/kernels/core/categorical';
import { dirichlet } from '../../../src/kernels/core/dirichlet';
import { gamma } from '../../../src/kernels/core/gamma';
import { mean } from '../../../src/kernels/core/mean';
import { normal } from '../../../src/kernels/core/normal';
import { shuffle } from '../../../src/kernels/core/shuffle';
import { createStream } from '../../../src/kernels/core/stream';
import { variance } from '../../../src/kernels/core/variance';

const N = 40_000;
/** Sample moments stay within this many standard errors of the true ones. */
const ERRORS = 5;

function sample(draw: () => number): number[] {
	return Array.from({ length: N }, draw);
}

describe('normal', () => {
	const stream = createStream(1);
	const xs = sample(() => normal(stream));

	test('has mean 0, variance 1 and no skew', () => {
		expect(Math.abs(mean(xs))).toBeLessThan(ERRORS / Math.sqrt(N));
		expect(Math.abs(variance(xs) - 1)).toBeLessThan(ERRORS * Math.sqrt(2 / N));
		expect(Math.abs(mean(xs.map((x) => x ** 3)))).toBeLessThan(ERRORS * Math.sqrt(15 / N));
	});

	test('lies within one deviation as often as it should', () => {
		const within = xs.filter((x) => Math.abs(x) < 1).length / N;
		expect(Math.abs(within - 0.682689)).toBeLessThan(ERRORS * Math.sqrt(0.2166 / N));
	});
});

describe('gamma', () => {
	test.each([0.1, 0.5, 1, 2.5, 20])('shape %d is its mean and its variance', (shape) => {
		const stream = createStream(2);
		const xs = sample(() => gamma(stream, shape));
		expect(Math.abs(mean(xs) - shape)).toBeLessThan(ERRORS * Math.sqrt(shape / N));
		const fourth = 2 * shape ** 2 + 6 * shape;
		expect(Math.abs(variance(xs) - shape)).toBeLessThan(ERRORS * Math.sqrt(fourth / N));
	});

	test.each([0, -1, NaN, Infinity])('shape %s is refused', (shape) => {
		expect(() => gamma(createStream(1), shape)).toThrow(RangeError);
	});
});

describe('dirichlet', () => {
	test('shares sum to 1, also where alphas are tiny', () => {
		fc.assert(
			fc.property(
				fc.array(fc.double({ min: 1e-4, max: 50, noNaN: true }), { minLength: 1, maxLength: 8 }),
				fc.integer({ min: 0, max: 1000 }),
				(alpha, seed) => {
					const shares = dirichlet(createStream(seed), alpha);
					// Rounding of a softmax over at most eight terms.
					expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1)).toBeLessThan(1e-12);
					expect(shares.every((share) => share >= 0)).toBe(true);
				}
			),
			{ seed: 1 }
		);
	});

	test('the mean share is alpha over the sum of alphas', () => {
		const stream = createStream(3);
		const alpha = [1, 2, 5];
		const first = sample(() => dirichlet(stream, alpha)[2]);
		expect(Math.abs(mean(first) - 5 / 8)).toBeLessThan(
			(ERRORS * Math.sqrt(15 / 576)) / Math.sqrt(N)
		);
	});
});

describe('categorical', () => {
	test('draws each index with its probability: χ² with 3 degrees of freedom at the 0.1 % level', () => {
		const probabilities = [0.1, 0, 0.2, 0.3, 0.4];
		const stream = createStream(4);
		const counts = probabilities.map(() => 0);
		for (let i = 0; i < N; i++) counts[categorical(stream, probabilities)]++;
		expect(counts[1]).toBe(0);
		const chi2 = counts.reduce((sum, count, i) => {
			const expected = N * probabilities[i];
			return expected === 0 ? sum : sum + (count - expected) ** 2 / expected;
		}, 0);
		expect(chi2).toBeLessThan(16.27);
	});

	test.each([[[0.5, 0.4]], [[-0.1, 1.1]], [[NaN, 1]], [[]]])('%j is refused', (probabilities) => {
		expect(() => categorical(createStream(1), probabilities)).toThrow(RangeError);
	});
});

describe('shuffle', () => {
	test('keeps the items and leaves the list as it was', () => {
		fc.assert(
			fc.property(fc.array(fc.integer()), fc.integer({ min: 0, max: 1000 }), (items, seed) => {
				const before = [...items];
				const order = shuffle(createStream(seed), items);
				expect(items).toEqual(before);
				expect([...order].sort((a, b) => a - b)).toEqual(before.sort((a, b) => a - b));
			}),
			{ seed: 1 }
		);
	});

	test('gives each of the six orders of three its share: χ² at the 0.1 % level', () => {
		const stream = createStream(5);
		const counts = new Map<string, number>();
		for (let i = 0; i < 60_000; i++) {
			const order = shuffle(stream, [1, 2, 3]).join('');
			counts.set(order, (counts.get(order) ?? 0) + 1);
		}
		expect(counts.size).toBe(6);
		const chi2 = [...counts.values()].reduce((sum, count) => sum + (count - 1e4) ** 2 / 1e4, 0);
		expect(chi2).toBeLessThan(20.52);
	});
});
