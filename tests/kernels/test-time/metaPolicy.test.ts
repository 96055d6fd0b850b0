import { expect, test } from 'vitest';
import {
	baseMetaPolicy,
	bucketOf,
	BUCKETS,
	episodeProbabilities
} from '../../../src/kernels/test-time/metaPolicy';
import { sampleTrace } from '../../../src/kernels/test-time/sampleTrace';
import { scoreGradient } from '../../../src/kernels/test-time/scoreGradient';
import { TRAIN_META_DEFAULTS } from '../../../src/kernels/test-time/trainMetaOptions';
import { createStream } from '../../../src/kernels/core/stream';

const habits = { test: 0.2, split: 0.1, reverify: 0.6, stop: 0.1 };

test('buckets double in size', () => {
	expect([1, 2, 3, 4, 5, 8, 9, 16, 17, 32, 33, 64].map(bucketOf)).toEqual([
		0, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6
	]);
	expect(BUCKETS).toBe(7);
});

test('habits come back as probabilities; held to its thinking the policy never stops', () => {
	const policy = baseMetaPolicy(habits);
	const free = episodeProbabilities(policy);
	const held = episodeProbabilities(policy, { keepThinking: true });
	for (let row = 0; row < BUCKETS * 4; row += 4) {
		// exp of a logarithm, normalised
		[0.2, 0.1, 0.6, 0.1].forEach((p, a) => expect(free[row + a]).toBeCloseTo(p, 12));
		[0.2 / 0.9, 0.1 / 0.9, 0.6 / 0.9, 0].forEach((p, a) =>
			expect(held[row + a]).toBeCloseTo(p, 12)
		);
	}
});

test('scoreGradient is the gradient of the log-likelihood, by finite differences', () => {
	const { task } = TRAIN_META_DEFAULTS;
	const policy = baseMetaPolicy(habits).map((logit, i) => logit + 0.1 * Math.sin(i));
	const trace = sampleTrace(task, episodeProbabilities(policy), 64, createStream(5));
	const weights = trace.decisions.map((_, i) => Math.cos(i));
	const gradient = new Float64Array(policy.length);
	scoreGradient(gradient, episodeProbabilities(policy), trace, weights);
	const weightedLikelihood = (logits: Float64Array) => {
		const p = episodeProbabilities(logits);
		return trace.decisions.reduce(
			(sum, decision, i) =>
				sum + weights[i] * Math.log(p[4 * bucketOf(trace.remaining[i]) + decision]),
			0
		);
	};
	expect(trace.decisions.length).toBeGreaterThan(3);
	for (let i = 0; i < policy.length; i++) {
		const up = policy.slice();
		const down = policy.slice();
		up[i] += 1e-5;
		down[i] -= 1e-5;
		// central difference: error 1e-10 from the third derivative and from rounding
		expect(gradient[i]).toBeCloseTo((weightedLikelihood(up) - weightedLikelihood(down)) / 2e-5, 8);
	}
});

test('bad input is named', () => {
	expect(() => baseMetaPolicy({ ...habits, split: 0, stop: 0.2 })).toThrow('habits.split');
	expect(() => baseMetaPolicy({ ...habits, stop: 0.2 })).toThrow('sum to 1');
	expect(() => episodeProbabilities(new Float64Array(3))).toThrow('28 logits');
	const trace = {
		decisions: [0],
		remaining: [1],
		spent: [0],
		tokens: 0,
		truncated: false,
		reward: 0
	};
	expect(() => scoreGradient(new Float64Array(28), new Float64Array(28), trace, [1, 2])).toThrow(
		'weights'
	);
});
