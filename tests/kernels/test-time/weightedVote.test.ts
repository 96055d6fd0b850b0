import { expect, test } from 'vitest';
import { weightedVote, type Vote } from '../../../src/kernels/test-time/weightedVote';
import reference from '../../reference/majorityVote.json';

const heads = (...answers: (string | null)[]): Vote[] =>
	answers.map((answer) => ({ answer, meanLogProbability: -1 }));

const verl = reference.sections.find(({ name }) => name === 'majority_vote')!;

for (const entry of verl.cases) {
	test(`verl counts heads: ${entry.name}`, () => {
		const { answers } = entry.inputs as { answers: string[] };
		if ('raises' in entry) {
			expect(() => weightedVote(heads(...answers), 'A', { base: 1 })).toThrow(RangeError);
		} else {
			const { winner } = weightedVote(heads(...answers), 'A', { base: 1 });
			expect(winner).toBe((entry.outputs as { verl_winner: string }).verl_winner);
		}
	});
}

test('two hesitant votes outweigh one sure one', () => {
	const { totals, winner, score } = weightedVote(
		[
			{ answer: 'A', meanLogProbability: -0.1 },
			{ answer: 'B', meanLogProbability: -0.2 },
			{ answer: 'B', meanLogProbability: -1.5 }
		],
		'A'
	);
	// targets given to four decimals
	expect(totals.get('A')).toBeCloseTo(0.933, 4);
	expect(totals.get('B')).toBeCloseTo(1.2241, 4);
	expect(winner).toBe('B');
	expect(score).toBe(0);
});

test('base e weighs by the mean token probability itself', () => {
	const votes = [{ answer: 'A', meanLogProbability: Math.log(0.3) }];
	expect(weightedVote(votes, 'A', { base: Math.E }).totals.get('A')).toBeCloseTo(0.3, 12);
});

test('a tie scores one half however many share it, and goes to the answer seen first', () => {
	const { score, winner } = weightedVote(heads('B', 'A', 'C'), 'A');
	expect(score).toBe(0.5);
	expect(winner).toBe('B');
});

test('samples without an answer take no part', () => {
	expect(weightedVote(heads(null, null, 'A'), 'A').score).toBe(1);
	const { score, winner } = weightedVote(heads(null, null), 'A');
	expect(score).toBe(0);
	expect(winner).toBeNull();
});

test('bad input is named', () => {
	expect(() => weightedVote([], 'A')).toThrow('votes');
	expect(() => weightedVote(heads('A'), 'A', { base: 0 })).toThrow('base');
	expect(() => weightedVote([{ answer: 'A', meanLogProbability: 0.1 }], 'A')).toThrow(
		'votes[0].meanLogProbability'
	);
});
