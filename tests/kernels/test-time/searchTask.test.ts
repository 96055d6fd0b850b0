import { expect, test } from 'vitest';
import { expectedGain } from '../../../src/kernels/test-time/expectedGain';
import { oracleCurve } from '../../../src/kernels/test-time/oracleCurve';
import {
	episodeOutcomes,
	thinkingBudget,
	type SearchTask
} from '../../../src/kernels/test-time/searchTask';

const task: SearchTask = {
	sizes: [4, 16],
	tokens: { test: 100, split: 200, reverify: 100, stop: 25 },
	maxCompletionLength: 1000,
	truncation: 'wrong'
};

test('each episode leaves what it should', () => {
	expect(episodeOutcomes(5, 'split')).toEqual([
		{ remaining: 3, probability: 0.6 },
		{ remaining: 2, probability: 0.4 }
	]);
	expect(episodeOutcomes(4, 'test')).toEqual([
		{ remaining: 1, probability: 0.25 },
		{ remaining: 3, probability: 0.75 }
	]);
	expect(episodeOutcomes(7, 'reverify')).toEqual([{ remaining: 7, probability: 1 }]);
	expect(episodeOutcomes(1, 'test')).toEqual([{ remaining: 1, probability: 1 }]);
});

test('any question with two answers makes the same expected progress, 1/n; re-verifying makes none', () => {
	for (let n = 2; n <= 64; n++) {
		// two products of rationals in float64
		expect(expectedGain(n, 'test')).toBeCloseTo(1 / n, 14);
		expect(expectedGain(n, 'split')).toBeCloseTo(1 / n, 14);
		expect(expectedGain(n, 'reverify')).toBe(0);
	}
	expect(expectedGain(1, 'split')).toBe(0);
});

test('the oracle halves', () => {
	expect([...oracleCurve(16, 5)]).toEqual([1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 1]);
	expect([...oracleCurve(1, 2)]).toEqual([1, 1, 1]);
	// 2^j answers at most, and a whole number of candidates in each: 4 questions tell 16 of 20 apart
	expect(oracleCurve(20, 4)[4]).toBeCloseTo(16 / 20, 12);
	expect(oracleCurve(20, 5)[5]).toBeCloseTo(1, 12);
});

test('what is no task is refused', () => {
	expect(thinkingBudget(task)).toBe(975);
	expect(() => thinkingBudget({ ...task, sizes: [] })).toThrow('sizes');
	expect(() => thinkingBudget({ ...task, sizes: [65] })).toThrow('sizes');
	expect(() => thinkingBudget({ ...task, maxCompletionLength: 20 })).toThrow('maxCompletionLength');
	expect(() => thinkingBudget({ ...task, tokens: { ...task.tokens, split: 0 } })).toThrow(
		'tokens.split'
	);
	expect(() => episodeOutcomes(0, 'test')).toThrow('remaining');
	expect(() => oracleCurve(16, -1)).toThrow('episodes');
	expect(() => oracleCurve(65, 1)).toThrow('size');
});
