import { expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { cumulativeRegret } from '../../../src/kernels/test-time/cumulativeRegret';
import { evaluateMeta } from '../../../src/kernels/test-time/evaluateMeta';
import { expectedProgress } from '../../../src/kernels/test-time/expectedProgress';
import {
	baseMetaPolicy,
	bucketOf,
	BUCKETS,
	episodeProbabilities
} from '../../../src/kernels/test-time/metaPolicy';
import { normalizedRegret } from '../../../src/kernels/test-time/normalizedRegret';
import { sampleTrace } from '../../../src/kernels/test-time/sampleTrace';
import { EPISODES, type Episode, type SearchTask } from '../../../src/kernels/test-time/searchTask';
import { successByEpisode } from '../../../src/kernels/test-time/successByEpisode';
import { tokensToReach } from '../../../src/kernels/test-time/tokensToReach';
import { visitation } from '../../../src/kernels/test-time/visitation';

const task: SearchTask = {
	sizes: [3, 10, 40],
	tokens: { test: 100, split: 150, reverify: 50, stop: 30 },
	maxCompletionLength: 1200,
	truncation: 'wrong'
};
const habits = { test: 0.3, split: 0.2, reverify: 0.4, stop: 0.1 };
/** A policy whose rows differ, so that a mix-up of buckets would show. */
const policy = baseMetaPolicy(habits).map((logit, i) => logit + 0.7 * Math.sin(3 * i));
const SAMPLES = 20_000;

/** Does one thing in thinking, and stops when one candidate is left. */
function only(episode: Episode) {
	return Float64Array.from({ length: BUCKETS * 4 }, (_, i) => {
		const wanted = i < 4 ? 'stop' : episode;
		return EPISODES[i % 4] === wanted ? 0 : -Infinity;
	});
}

/** Mean within four standard errors of the exact value. */
function agrees(values: number[], exact: number) {
	const mean = values.reduce((a, b) => a + b, 0) / values.length;
	const spread = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
	expect(Math.abs(mean - exact)).toBeLessThanOrEqual(4 * Math.sqrt(spread / values.length) + 1e-12);
}

for (const truncation of ['wrong', 'answer'] as const) {
	test(`sampled traces agree with the exact evaluation (truncation: ${truncation})`, () => {
		const here = { ...task, truncation };
		const exact = evaluateMeta(here, policy, { maxEpisodes: 12 });
		const probabilities = episodeProbabilities(policy);
		const stream = createStream(7);
		const traces = Array.from({ length: SAMPLES }, (_, i) =>
			sampleTrace(here, probabilities, here.sizes[i % 3], stream)
		);
		agrees(
			traces.map((t) => t.reward),
			exact.accuracy
		);
		agrees(
			traces.map((t) => t.tokens),
			exact.meanTokens
		);
		agrees(
			traces.map((t) => (t.truncated ? 1 : 0)),
			exact.truncated
		);
		for (const [e, episode] of EPISODES.entries()) {
			const completed = traces.map(
				(t) => (t.truncated ? t.decisions.slice(0, -1) : t.decisions).filter((d) => d === e).length
			);
			agrees(completed, exact.episodes[episode]);
		}
		agrees(
			traces.map((t) => t.remaining.slice(1).filter((_, i) => t.remaining[i] === 1).length),
			exact.idleEpisodes
		);
		expect(exact.truncated).toBeGreaterThan(0.02);
	});
}

test('success by episode and by token, and the regret of traces, agree with sampling', () => {
	// room to think on, so that traces are cut by the curve and not by the task
	const roomy = { ...task, maxCompletionLength: 12_000 };
	const budgets = [20, 400, 800, 1200];
	const exact = evaluateMeta(task, policy, { maxEpisodes: 12, budgets });
	const probabilities = episodeProbabilities(policy);
	const stream = createStream(8);
	const traces = Array.from({ length: SAMPLES }, (_, i) =>
		sampleTrace(roomy, probabilities, task.sizes[i % 3], stream)
	);
	for (const j of [0, 1, 3, 7, 12]) {
		agrees(
			traces.map((t) => 1 / t.remaining[Math.min(j, t.remaining.length - 1)]),
			exact.successCurve[j]
		);
	}
	for (const cut of [30, 330, 700, 1200]) {
		const success = exact.tokenCurve.filter(({ tokens }) => tokens <= cut).at(-1)!.success;
		agrees(
			traces.map((t) => 1 / t.remaining[t.spent.findLastIndex((spent) => spent + 30 <= cut)]),
			success
		);
	}
	for (const { budget, regret } of exact.normalizedRegret) {
		agrees(
			traces.map((t) => {
				const points = t.remaining.map((n, i) => ({ tokens: t.spent[i] + 30, success: 1 / n }));
				return normalizedRegret(points, budget).regret;
			}),
			regret
		);
	}
});

test('halving 16 candidates: closed forms', () => {
	const one = { ...task, sizes: [16] };
	const result = evaluateMeta(one, only('split'), { maxEpisodes: 5 });
	expect(result.accuracy).toBeCloseTo(1, 12);
	expect(result.meanTokens).toBeCloseTo(4 * 150 + 30, 9);
	expect(result.idleEpisodes).toBe(0);
	[1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 1].forEach((want, j) =>
		expect(result.successCurve[j]).toBeCloseTo(want, 12)
	);
	expect(tokensToReach(result.tokenCurve, 0.5)).toBe(3 * 150 + 30);
	expect(tokensToReach(result.tokenCurve, 1)).toBe(4 * 150 + 30);
});

test('regret of a policy without chance is that of its one curve, wherever the budget cuts it', () => {
	const one = { ...task, sizes: [16] };
	const points = [1, 2, 4, 8, 16].map((share, j) => ({
		tokens: 150 * j + 30,
		success: share / 16
	}));
	const budgets = [10, 30, 31, 100, 180, 250, 329, 480, 600, 630, 800, 1200];
	for (const { budget, regret } of evaluateMeta(one, only('split'), { budgets }).normalizedRegret) {
		// the same trapezoids added in another order
		expect(regret).toBeCloseTo(normalizedRegret(points, budget).regret, 12);
	}
});

test('one at a time: j tests reach (j+1)/16 in expectation', () => {
	const one = { ...task, sizes: [16] };
	const { successCurve } = evaluateMeta(one, only('test'), { maxEpisodes: 15 });
	for (let j = 0; j <= 15; j++) expect(successCurve[j]).toBeCloseTo((j + 1) / 16, 12);
	expect(cumulativeRegret(successCurve.slice(0, 5)).total).toBeCloseTo(5 - 15 / 16, 12);
});

test('re-verifying for ever: J never moves, and the budget runs out', () => {
	const one = { ...task, sizes: [8] };
	const result = evaluateMeta(one, only('reverify'));
	expect(result.successCurve.every((success) => success === 1 / 8)).toBe(true);
	expect(result.accuracy).toBe(0);
	expect(result.truncated).toBeCloseTo(1, 12);
	expect(result.meanTokens).toBeCloseTo(1200, 9);
	expect(tokensToReach(result.tokenCurve, 0.5)).toBe(Infinity);
	expect(evaluateMeta({ ...one, truncation: 'answer' }, only('reverify')).accuracy).toBe(1 / 8);
});

test('every trace ends: stops and truncations sum to 1', () => {
	const { episodes, truncated } = evaluateMeta(task, policy);
	expect(episodes.stop + truncated).toBeCloseTo(1, 12);
});

test('on-policy, expected progress is the success gained, exactly', () => {
	const answering = { ...task, truncation: 'answer' as const };
	const start = (1 / 3 + 1 / 10 + 1 / 40) / 3;
	// some hundred terms added in another order
	expect(expectedProgress(answering, policy)).toBeCloseTo(
		evaluateMeta(answering, policy).accuracy - start,
		12
	);
	expect(
		expectedProgress(
			{ ...task, sizes: [2], maxCompletionLength: 130 },
			baseMetaPolicy({ test: 0.5, split: 0.05, reverify: 0.4, stop: 0.05 })
		)
	).toBeCloseTo(0.5 * 0.5, 12);
});

test('same value, another gradient: only outcome sees what an episode makes possible', () => {
	// 4 candidates and room for two episodes of 150: halving twice finds the answer, testing does not
	const two: SearchTask = {
		sizes: [4],
		tokens: { test: 150, split: 150, reverify: 150, stop: 30 },
		maxCompletionLength: 330,
		truncation: 'answer'
	};
	const start = baseMetaPolicy(habits);
	const slope = (value: (logits: Float64Array) => number, i: number) => {
		const up = start.slice();
		const down = start.slice();
		up[i] += 1e-5;
		down[i] -= 1e-5;
		return (value(up) - value(down)) / 2e-5;
	};
	const row = 4 * bucketOf(4);
	const myopic = [0, 1].map(
		(a) => slope((p) => expectedProgress(two, p, start), row + a) / [0.3, 0.2][a]
	);
	// ∂/∂logit_a = π(a)·(gain_a − mean gain): per unit of π both questions are worth the same
	expect(myopic[0]).toBeCloseTo(myopic[1], 8);
	const outcome = [0, 1].map(
		(a) => slope((p) => evaluateMeta(two, p).accuracy, row + a) / [0.3, 0.2][a]
	);
	expect(outcome[1]).toBeGreaterThan(outcome[0] + 0.01);
});

test('held to its thinking, a policy goes on past its stops', () => {
	const free = evaluateMeta(task, policy, { maxTokens: 4000 });
	const held = evaluateMeta(task, policy, { maxTokens: 4000, keepThinking: true });
	expect(held.tokenCurve.at(-1)!.success).toBeGreaterThan(free.tokenCurve.at(-1)!.success);
	expect(held.episodes.stop).toBe(0);
	// the two agree where nothing can have stopped yet
	expect(held.tokenCurve[1]).toEqual(free.tokenCurve[1]);
});

test('visits add up to the expected number of decisions', () => {
	const total = visitation(task, episodeProbabilities(policy)).reduce(
		(s, v) => s + v.probability,
		0
	);
	const { episodes, truncated } = evaluateMeta(task, policy);
	const { test, split, reverify, stop } = episodes;
	expect(total).toBeCloseTo(test + split + reverify + stop + truncated, 10);
});

test('bad input is named', () => {
	expect(() => evaluateMeta(task, policy, { maxTokens: 100 })).toThrow('maxTokens');
	expect(() => evaluateMeta(task, policy, { budgets: [0] })).toThrow('budgets');
	expect(() => evaluateMeta(task, new Float64Array(3))).toThrow('28 logits');
	expect(() => visitation(task, new Float64Array(3))).toThrow('28 entries');
	expect(() => visitation(task, new Float64Array(28), -1)).toThrow('thinkingTokens');
	expect(() => successByEpisode(task, new Float64Array(28), -1)).toThrow('maxEpisodes');
	expect(() => successByEpisode(task, new Float64Array(3), 2)).toThrow('28 entries');
	expect(() => sampleTrace(task, new Float64Array(3), 4, createStream(1))).toThrow('28 entries');
	expect(() => tokensToReach([], 2)).toThrow('success');
});
