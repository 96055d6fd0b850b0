import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { continuationGradient } from '../../../src/kernels/test-time/continuationGradient';
import { evaluateMeta } from '../../../src/kernels/test-time/evaluateMeta';
import { expectedProgress } from '../../../src/kernels/test-time/expectedProgress';
import { forcedAnswers } from '../../../src/kernels/test-time/forcedAnswers';
import {
	baseMetaPolicy,
	bucketOf,
	BUCKETS,
	episodeProbabilities
} from '../../../src/kernels/test-time/metaPolicy';
import { outcomeGradient } from '../../../src/kernels/test-time/outcomeGradient';
import { progressGradient } from '../../../src/kernels/test-time/progressGradient';
import { starGradient } from '../../../src/kernels/test-time/starGradient';
import { sampleTrace } from '../../../src/kernels/test-time/sampleTrace';
import { EPISODES, type SearchTask } from '../../../src/kernels/test-time/searchTask';
import { trainMeta, type MetaRun } from '../../../src/kernels/test-time/trainMeta';
import {
	lossDivisor,
	TRAIN_META_DEFAULTS,
	type TrainMetaOptions
} from '../../../src/kernels/test-time/trainMetaOptions';

const SMALL: Partial<TrainMetaOptions> = { maxSteps: 12, loggingSteps: 4 };

function train(overrides: Partial<TrainMetaOptions>, seed = 1): MetaRun {
	let last: MetaRun | undefined;
	for (const run of trainMeta(overrides, createStream(seed))) last = run;
	return last!;
}

const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('gradients', () => {
	const task: SearchTask = {
		sizes: [6],
		tokens: { test: 100, split: 200, reverify: 100, stop: 25 },
		maxCompletionLength: 700,
		truncation: 'wrong'
	};
	const policy = baseMetaPolicy({ test: 0.3, split: 0.2, reverify: 0.3, stop: 0.2 }).map(
		(logit, i) => logit + 0.4 * Math.sin(2 * i)
	);
	const probabilities = episodeProbabilities(policy);
	const options: TrainMetaOptions = {
		...TRAIN_META_DEFAULTS,
		task,
		promptsPerStep: 1,
		lossType: 'dr_grpo',
		scaleRewards: 'none',
		forcedAnswers: 'exact'
	};
	const trace = sampleTrace(task, probabilities, 6, createStream(1));
	const most = lossDivisor(options, trace, 1);
	const cost = () => ({ tokens: 0, traces: 0, forcedAnswers: 0 });

	/** Central differences of an exact objective; their error is below 1e-8. */
	function exactGradient(value: (logits: Float64Array) => number): Float64Array {
		return policy.map((_, i) => {
			const up = policy.slice();
			const down = policy.slice();
			up[i] += 1e-4;
			down[i] -= 1e-4;
			return (value(up) - value(down)) / 2e-4;
		});
	}

	/** Sampled gradients agree with the exact one within 4.5 standard errors in all 28 coordinates. */
	function agrees(samples: Float64Array[], exact: Float64Array) {
		for (let i = 0; i < exact.length; i++) {
			const values = samples.map((g) => g[i]);
			const m = mean(values);
			const variance = mean(values.map((v) => (v - m) ** 2));
			const error = 4.5 * Math.sqrt(variance / values.length) + 1e-8;
			expect(Math.abs(m - exact[i])).toBeLessThanOrEqual(error);
		}
		expect(Math.max(...exact.map(Math.abs))).toBeGreaterThan(1e-3);
	}

	const group = (draws: ReturnType<typeof createStream>, size: number) =>
		Array.from({ length: size }, () => sampleTrace(task, probabilities, 6, draws));

	test('outcome: (G−1)/G of the exact gradient of accuracy, since the mean holds the own reward', () => {
		const G = 4;
		const draws = createStream(11);
		const samples = Array.from({ length: 8000 }, () => {
			const g = new Float64Array(policy.length);
			outcomeGradient(g, probabilities, group(draws, G), { ...options, numGenerations: G });
			return g.map((v) => v * most);
		});
		const exact = exactGradient((p) => evaluateMeta(task, p).accuracy);
		agrees(
			samples,
			exact.map((v) => (v * (G - 1)) / G)
		);
	});

	test('progress: the exact gradient of expectedProgress with the old policy held fixed', () => {
		const draws = createStream(12);
		const sample = (answers: number | 'exact') =>
			Array.from({ length: 8000 }, () => {
				const g = new Float64Array(policy.length);
				const here = { ...options, forcedAnswers: answers };
				progressGradient(g, probabilities, group(draws, 2), here, draws, cost());
				return g.map((v) => v * most);
			});
		const exact = exactGradient((p) => expectedProgress(task, p, policy));
		agrees(sample('exact'), exact);
		agrees(sample(2), exact);
	});

	test('continuations: the exact gradient of accuracy from the prefixes, whatever the baseline', () => {
		const base = episodeProbabilities(
			baseMetaPolicy({ test: 0.2, split: 0.1, reverify: 0.6, stop: 0.1 })
		);
		const exactFrom = new Map<string, Float64Array>();
		const differences: Float64Array[] = [];
		const from: Float64Array[] = [];
		const draws = createStream(13);
		for (let s = 0; s < 6000; s++) {
			const g = new Float64Array(policy.length);
			const here = { ...options, numGenerations: 2 };
			const [{ remaining, spent, termination, traces, advantages }] = continuationGradient(
				g,
				probabilities,
				base,
				0,
				here,
				draws.split(s),
				cost()
			);
			expect(termination).toBe(1 / remaining);
			expect(advantages[0]).toBe(traces[0].reward - termination);
			const key = `${remaining} ${spent}`;
			const rest = { ...task, sizes: [remaining], maxCompletionLength: 700 - spent };
			const exact = exactFrom.get(key) ?? exactGradient((p) => evaluateMeta(rest, p).accuracy);
			exactFrom.set(key, exact);
			from.push(exact);
			differences.push(g.map((v, i) => v * most - exact[i]));
		}
		const average = policy.map((_, i) => mean(from.map((g) => g[i])));
		// the sampled gradient less its own context's exact one has mean 0
		agrees(
			differences.map((d) => d.map((v, i) => v + average[i])),
			average
		);
	});

	test("STaR: the gradient of the kept decisions' mean log-likelihood, each closed by a stop", () => {
		const batch = group(createStream(15), 40);
		const g = new Float64Array(policy.length);
		const kept = starGradient(
			g,
			probabilities,
			batch,
			{ ...options, numGenerations: 8, starSelect: 'progress' },
			createStream(16),
			cost()
		);
		expect(kept.length).toBeGreaterThan(3);
		expect(kept.every(({ decisions }) => decisions.at(-1) === EPISODES.indexOf('stop'))).toBe(true);
		// after the cut nothing is left to gain, and up to it every kept trace ends right
		expect(
			kept.every(
				({ decisions, remaining }) => remaining[decisions.length - 1] === Math.min(...remaining)
			)
		).toBe(true);
		const exact = exactGradient((logits) => {
			const p = episodeProbabilities(logits);
			const likelihoods = kept.map(({ decisions, remaining }) =>
				decisions.reduce((sum, d, i) => sum + Math.log(p[4 * bucketOf(remaining[i]) + d]), 0)
			);
			return mean(likelihoods) / most;
		});
		// central differences
		for (let i = 0; i < g.length; i++) expect(g[i]).toBeCloseTo(exact[i], 7);
	});

	test('an episode that finds nothing out: MRT expects 0 of it, GRPO praises it in right traces', () => {
		const stop = EPISODES.indexOf('stop');
		const reverify = EPISODES.indexOf('reverify');
		const idle = Float64Array.from({ length: BUCKETS * 4 }, (_, i) =>
			i % 4 === stop || i % 4 === reverify ? 0.5 : 0
		);
		const logits = idle.map(Math.log);
		const unhurried = { ...task, maxCompletionLength: 100_000 };
		// E[R] − R_termination for every number of candidates; 999 halvings leave 1e-300 unstopped
		for (const n of [2, 3, 6, 17, 64]) {
			const { accuracy } = evaluateMeta({ ...unhurried, sizes: [n] }, logits);
			expect(
				Math.abs(accuracy - forcedAnswers(n, { ...options, task }, createStream(1), cost()))
			).toBeLessThan(1e-14);
		}
		const draws = createStream(14);
		const batch = Array.from({ length: 64 }, () => sampleTrace(unhurried, idle, 6, draws));
		const { advantages, rewards } = outcomeGradient(new Float64Array(28), idle, batch, {
			...options,
			task: unhurried,
			numGenerations: 64,
			scaleRewards: 'group'
		});
		const right = [...rewards.keys()].filter((i) => rewards[i] === 1);
		expect(right.length).toBeGreaterThan(0);
		for (const i of right) expect(advantages[i]).toBeGreaterThan(0.5);
	});
});

describe('runs', () => {
	test('alpha = 0 is outcome RL bit for bit', () => {
		const outcome = train({ ...SMALL, algorithm: 'outcome' });
		for (const algorithm of ['mrt', 'mrt-progress'] as const) {
			const run = train({ ...SMALL, algorithm, alpha: 0 });
			expect(run).toEqual(outcome);
			expect(run.policy.every((logit, i) => Object.is(logit, outcome.policy[i]))).toBe(true);
		}
		expect(train({ ...SMALL, algorithm: 'mrt' }).policy).not.toEqual(outcome.policy);
	});

	test('a length penalty of 0 is outcome RL bit for bit', () => {
		const outcome = train({ ...SMALL, algorithm: 'outcome' });
		expect(train({ ...SMALL, algorithm: 'length-penalty', lengthPenalty: 0 })).toEqual(outcome);
	});

	test('the same seed gives the same run, another seed another', () => {
		for (const algorithm of ['outcome', 'length-penalty', 'mrt', 'mrt-progress', 'star'] as const) {
			expect(train({ ...SMALL, algorithm }, 3)).toEqual(train({ ...SMALL, algorithm }, 3));
			expect(train({ ...SMALL, algorithm }, 3).policy).not.toEqual(
				train({ ...SMALL, algorithm }, 4).policy
			);
		}
	});

	test('each yield holds the whole history, and the last says so', () => {
		const yields = [...trainMeta({ ...SMALL, algorithm: 'mrt' }, createStream(2))];
		expect(yields.map(({ history }) => history.map(({ step }) => step))).toEqual([
			[0],
			[0, 4],
			[0, 4, 8],
			[0, 4, 8, 12]
		]);
		expect(yields.map(({ done }) => done)).toEqual([false, false, false, true]);
		expect(yields[3].history.slice(0, 2)).toEqual(yields[1].history);
		const { accuracy } = evaluateMeta(TRAIN_META_DEFAULTS.task, yields[3].policy);
		expect(yields[3].history[3].accuracy).toBe(accuracy);
	});

	test('all that is generated is counted', () => {
		const steps = { maxSteps: 1, loggingSteps: 1 };
		const perStep = 3 * 8;
		const outcome = train({ ...steps, algorithm: 'outcome' }).history[1].cost;
		expect(outcome.traces).toBe(perStep);
		expect(outcome.forcedAnswers).toBe(0);
		const mrt = train({ ...steps, algorithm: 'mrt' }).history[1].cost;
		expect(mrt.traces).toBe(perStep + 3 * (1 + 8));
		expect(mrt.forcedAnswers).toBe(3 * 4);
		expect(mrt.tokens).toBeGreaterThan(outcome.tokens + 3 * 4 * 25);
		const each = train({ ...steps, algorithm: 'mrt-progress' }).history[1].cost;
		expect(each.tokens).toBe(outcome.tokens + each.forcedAnswers * 25);
		expect(
			train({ ...steps, algorithm: 'mrt-progress', forcedAnswers: 'exact' }).history[1].cost
		).toEqual(outcome);
	});

	test('training stops at its token budget', () => {
		const { history } = train({
			algorithm: 'outcome',
			maxTrainingTokens: 200_000,
			loggingSteps: 1
		});
		const [before, last] = history.slice(-2).map(({ cost }) => cost.tokens);
		expect(last).toBeGreaterThanOrEqual(200_000);
		expect(before).toBeLessThan(200_000);
	});

	test('bad options are named', () => {
		expect(() => train({ numGenerations: 0 })).toThrow('numGenerations');
		expect(() => train({ maxSteps: -1 })).toThrow('maxSteps');
		expect(() => train({ alpha: -1 })).toThrow('alpha');
		expect(() => train({ learningRate: NaN })).toThrow('learningRate');
		expect(() => train({ algorithm: 'mrt', forcedAnswers: 0, maxSteps: 1 })).toThrow(
			'forcedAnswers'
		);
	});
});

describe('what the toy shows, over seeds 1 … 6', () => {
	const runs = (overrides: Partial<TrainMetaOptions>) =>
		[1, 2, 3, 4, 5, 6].map((seed) => {
			const { history, policy } = train({ loggingSteps: 1000, ...overrides }, seed);
			return { ...history[history.length - 1], policy };
		});
	const regret = (run: { normalizedRegret: { regret: number }[] }) =>
		run.normalizedRegret[1].regret;
	const outcome = runs({ algorithm: 'outcome' });

	test('with tokens to spare, MRT wastes fewer of them than outcome RL at equal training tokens', () => {
		const mrt = runs({ algorithm: 'mrt' });
		for (const [i, run] of mrt.entries()) {
			expect(run.meanTokens).toBeLessThan(outcome[i].meanTokens);
			expect(regret(run)).toBeLessThan(regret(outcome[i]));
		}
		expect(mean(mrt.map((run) => run.accuracy))).toBeGreaterThan(
			mean(outcome.map((run) => run.accuracy))
		);
	});

	test("its baseline does it: with GRPO's group mean on the same continuations the gain is gone", () => {
		const group = runs({ algorithm: 'mrt', continuationBaseline: 'group' });
		expect(mean(group.map(regret))).toBeGreaterThan(mean(outcome.map(regret)));
	});

	test("with Dr. GRPO's loss MRT does not win", () => {
		const options = { lossType: 'dr_grpo', learningRate: 20 } as const;
		const plain = runs({ ...options, algorithm: 'outcome' });
		const mrt = runs({ ...options, algorithm: 'mrt' });
		expect(mean(mrt.map((run) => run.accuracy))).toBeLessThan(
			mean(plain.map((run) => run.accuracy))
		);
	});

	test('a length penalty gives the largest problem up', () => {
		const priced = runs({ algorithm: 'length-penalty' });
		expect(mean(priced.map((run) => run.accuracy))).toBeLessThan(
			mean(outcome.map((run) => run.accuracy)) - 0.1
		);
		const largest = { ...TRAIN_META_DEFAULTS.task, sizes: [64] };
		const solved = priced.map(({ policy }) => evaluateMeta(largest, policy).accuracy);
		solved.sort((a, b) => a - b);
		expect(solved[2]).toBeLessThan(0.05);
	});

	test('progress alone does not shorten what comes after the answer is known', () => {
		const progressOnly = runs({ algorithm: 'mrt-progress' });
		const mrt = runs({ algorithm: 'mrt' });
		expect(mean(progressOnly.map((run) => run.idleEpisodes))).toBeGreaterThan(
			2 * mean(mrt.map((run) => run.idleEpisodes))
		);
	});
});
