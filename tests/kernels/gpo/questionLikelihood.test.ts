import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import {
	gaussianLoss,
	gaussianLossGradient,
	questionShares
} from '../../../src/kernels/gpo/questionLikelihood';
import { randomEpisode } from './episodes';

const stream = createStream(2);
const episode = randomEpisode(stream, 1, 2, [3, 1, 4]);
const head = Float64Array.from({ length: 2 * episode.rows }, () => 3 * stream.uniform() - 1.5);

function shares(boundStd: boolean) {
	const mean = new Float64Array(episode.rows);
	const sigma = new Float64Array(episode.rows);
	questionShares(episode, head, boundStd, mean, sigma);
	return { mean, sigma };
}

test('shares sum to 1 within every question', () => {
	const { mean } = shares(false);
	const sum = (from: number, to: number) => mean.subarray(from, to).reduce((a, b) => a + b);
	for (const [from, to] of [
		[2, 5],
		[5, 6],
		[6, 10]
	]) {
		expect(sum(from, to)).toBeCloseTo(1, 14);
	}
	expect(mean[0]).toBe(0);
});

test('sigma is eˢ, or bounded below by .05', () => {
	const free = shares(false).sigma;
	const bounded = shares(true).sigma;
	for (let row = 2; row < episode.rows; row++) {
		const s = head[2 * row + 1];
		expect(free[row]).toBe(Math.exp(s));
		expect(bounded[row]).toBeCloseTo(0.05 + 0.95 * Math.log(1 + Math.exp(s)), 14);
	}
});

test('a row at its mean with sigma .1 has log-likelihood 1.383647', () => {
	const one = { ...randomEpisode(stream, 1, 1, [1]), y: Float64Array.of(0.5, 0.3) };
	const loss = gaussianLoss(one, Float64Array.of(0, 0.3), Float64Array.of(0, 0.1));
	// 6 digits are what the value was recorded with.
	expect(loss).toBeCloseTo(-1.383647, 6);
});

describe('gradient', () => {
	for (const boundStd of [false, true]) {
		test(`finite differences, boundStd ${boundStd}`, () => {
			const { mean, sigma } = shares(boundStd);
			const gradient = new Float64Array(head.length);
			gaussianLossGradient(episode, head, boundStd, mean, sigma, 2, gradient);
			const loss = () => {
				const now = shares(boundStd);
				return 2 * gaussianLoss(episode, now.mean, now.sigma);
			};
			for (let i = 2 * episode.context; i < head.length; i++) {
				const kept = head[i];
				head[i] = kept + 1e-6;
				const above = loss();
				head[i] = kept - 1e-6;
				const below = loss();
				head[i] = kept;
				// Central differences with step 1e−6 on losses of order 10: some 1e−8.
				expect(Math.abs((above - below) / 2e-6 - gradient[i])).toBeLessThan(1e-7);
			}
		});
	}

	test('a constant added to a question’s μ has no effect: its gradient sums to 0', () => {
		const { mean, sigma } = shares(false);
		const gradient = new Float64Array(head.length);
		gaussianLossGradient(episode, head, false, mean, sigma, 1, gradient);
		const sum = gradient[4] + gradient[6] + gradient[8];
		expect(sum).toBeCloseTo(0, 12);
		// A question of one option always gets share 1.
		expect(gradient[10]).toBeCloseTo(0, 14);
	});
});
