import { expect, test } from 'vitest';
import { groupAdvantages } from '../../../src/kernels/rl/groupAdvantages';
import { lengthPenalty } from '../../../src/kernels/test-time/lengthPenalty';
import type { Trace } from '../../../src/kernels/test-time/sampleTrace';
import { EPISODES } from '../../../src/kernels/test-time/searchTask';
import { starFilter } from '../../../src/kernels/test-time/starFilter';
import { terminationAdvantages } from '../../../src/kernels/test-time/terminationAdvantages';

test('the reward less what stopping would have earned', () => {
	const { advantages, baseline } = terminationAdvantages([1, 0], [0.3]);
	expect(advantages[0]).toBeCloseTo(0.7, 12);
	expect(advantages[1]).toBeCloseTo(-0.3, 12);
	expect(baseline).toBe(0.3);
	expect(terminationAdvantages([1], [1, 0, 0, 0]).advantages[0]).toBe(0.75);
	expect(() => terminationAdvantages([], [1])).toThrow('rewards');
	expect(() => terminationAdvantages([1], [])).toThrow('terminationRewards');
	expect(() => terminationAdvantages([NaN], [1])).toThrow('rewards[0]');
});

test('tokens are priced by their share of the budget', () => {
	const options = { lengthPenalty: 0.5, budget: 1000 };
	const priced = lengthPenalty([1, 1, 0], [400, 800, 200], options);
	[0.8, 0.6, -0.1].forEach((want, i) => expect(priced[i]).toBeCloseTo(want, 12));
	const right = lengthPenalty([1, 1, 0], [400, 800, 200], { ...options, penalize: 'correct' });
	expect(right[2]).toBe(0);
	expect(right[1]).toBeCloseTo(0.6, 12);
	expect(() => lengthPenalty([1], [], options)).toThrow('tokens');
	expect(() => lengthPenalty([1], [1], { ...options, lengthPenalty: -1 })).toThrow('lengthPenalty');
	expect(() => lengthPenalty([1], [1], { ...options, budget: 0 })).toThrow('budget');
});

test('all wrong: the deviation makes any price full-sized, so giving up early is praised', () => {
	const tokens = [25, 1000, 2000, 4800];
	const praise = [0.1, 1, 4].map((price) => {
		const rewards = lengthPenalty([0, 0, 0, 0], tokens, { lengthPenalty: price, budget: 4800 });
		return groupAdvantages(rewards, { epsilon: 0 }).advantages[0];
	});
	expect(praise[0]).toBeGreaterThan(0.9);
	// dividing by the deviation cancels the price; rounding alone remains
	expect(praise[1]).toBeCloseTo(praise[0], 10);
	expect(praise[2]).toBeCloseTo(praise[0], 10);
	const silent = lengthPenalty([0, 0, 0, 0], tokens, {
		lengthPenalty: 1,
		budget: 4800,
		penalize: 'correct'
	});
	expect(groupAdvantages(silent).advantages.every((a) => a === 0)).toBe(true);
});

const trace = (remaining: number[], reward: number): Trace => ({
	decisions: [...remaining.slice(1).map(() => 0), EPISODES.indexOf('stop')],
	remaining,
	spent: remaining.map((_, i) => 100 * i),
	tokens: 100 * remaining.length,
	truncated: false,
	reward
});
const J = (traces: Trace[]) => traces.map((t) => t.remaining.map((n) => 1 / n));

test('STaR keeps right traces; MRT of these the most progress, cut where J peaks', () => {
	const traces = [
		trace([8, 4, 4, 2], 1),
		trace([8, 1, 1, 1], 1),
		trace([8, 7, 1], 1),
		trace([8, 4, 2, 1], 0)
	];
	expect(starFilter(traces, J(traces), 'outcome')).toEqual([
		{ trace: 0, episodes: 3 },
		{ trace: 1, episodes: 3 },
		{ trace: 2, episodes: 2 }
	]);
	expect(starFilter(traces, J(traces), 'progress')).toEqual([
		{ trace: 1, episodes: 1 },
		{ trace: 2, episodes: 2 }
	]);
});

test('a lucky guess is kept by both when nothing better ended right', () => {
	const traces = [trace([8], 1), trace([8, 4], 0)];
	expect(starFilter(traces, J(traces), 'outcome')).toEqual([{ trace: 0, episodes: 0 }]);
	expect(starFilter(traces, J(traces), 'progress')).toEqual([{ trace: 0, episodes: 0 }]);
});

test('nothing right, nothing kept; curves must fit', () => {
	const traces = [trace([8, 4], 0)];
	expect(starFilter(traces, J(traces), 'progress')).toEqual([]);
	expect(() => starFilter(traces, [], 'progress')).toThrow('1 curves');
	expect(() => starFilter(traces, [[1]], 'progress')).toThrow('success[0]');
});
