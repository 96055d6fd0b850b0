import { expect, test } from 'vitest';
import { majAtP } from '../../../src/kernels/test-time/majAtP';
import { passAtK } from '../../../src/kernels/test-time/passAtK';
import type { Vote } from '../../../src/kernels/test-time/weightedVote';

const heads = (...answers: string[]): Vote[] =>
	answers.map((answer) => ({ answer, meanLogProbability: -1 }));

test('every pair of A, A, B is counted', () => {
	expect(majAtP(heads('A', 'A', 'B'), 'A', 2)).toBeCloseTo(2 / 3, 12);
});

test('p = 1 is the share of right samples, p = n one vote of all', () => {
	const votes = heads('A', 'B', 'B', 'C');
	expect(majAtP(votes, 'A', 1)).toBeCloseTo(1 / 4, 12);
	expect(majAtP(votes, 'A', 4)).toBe(0);
	expect(majAtP(votes, 'B', 4)).toBe(1);
});

test('with all other answers different, two votes: right alone or tied with one', () => {
	// subsets with an A: AA scores 1, A-other 1/2; pass@2 counts both as 1
	const votes = heads('A', 'A', 'B', 'C', 'D', 'E');
	const both = 1 / 15;
	const any = passAtK(6, 2, 2);
	expect(majAtP(votes, 'A', 2)).toBeCloseTo(both + (any - both) / 2, 12);
});

test('bad input is named', () => {
	expect(() => majAtP(heads('A'), 'A', 2)).toThrow('p must be');
	expect(() => majAtP(heads('A'), 'A', 0)).toThrow('p must be');
	expect(() => majAtP(heads(...new Array(40).fill('A')), 'A', 20)).toThrow('subsets');
});
