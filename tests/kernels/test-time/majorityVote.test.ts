import fc from 'fast-check';
import { expect, test } from 'vitest';
import { majorityVote } from '../../../src/kernels/test-time/majorityVote';
import reference from '../../reference/majorityVote.json';

const jury = reference.sections.find(({ name }) => name === 'condorcet_jury_majority')!;

for (const entry of jury.cases) {
	test(`scipy: ${entry.name}`, () => {
		const { p, n } = entry.inputs as { p: number; n: number };
		const want = entry.outputs as Record<string, number>;
		const { alone, tied, wins } = majorityVote([p, 1 - p], n);
		const { rtol, atol } = jury.tolerance;
		const near = (got: number, target: number) =>
			expect(Math.abs(got - target)).toBeLessThanOrEqual(atol + rtol * target);
		near(alone[0], want['P(strict majority correct)']);
		near(tied[0], want['P(tie)']);
		near(wins[0], want['P(strict majority correct)'] + want['P(tie)'] / 2);
	});
}

test('it agrees with going through every sequence of votes', () => {
	const p = [0.4, 0.3, 0.2, 0.1];
	for (const votes of [1, 2, 3, 4, 5, 6]) {
		const wins = [0, 0, 0, 0];
		for (let code = 0; code < 4 ** votes; code++) {
			const counts = [0, 0, 0, 0];
			let probability = 1;
			for (let i = 0, rest = code; i < votes; i++, rest = Math.floor(rest / 4)) {
				counts[rest % 4]++;
				probability *= p[rest % 4];
			}
			const most = Math.max(...counts);
			const leaders = counts.filter((count) => count === most).length;
			counts.forEach((count, a) => (wins[a] += count === most ? probability / leaders : 0));
		}
		const got = majorityVote(p, votes).wins;
		// up to 4096 products of six factors
		wins.forEach((want, a) => expect(got[a]).toBeCloseTo(want, 12));
	}
});

test('someone wins: the shares sum to 1', () => {
	fc.assert(
		fc.property(
			fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 }),
			fc.integer({ min: 1, max: 24 }),
			(weights, votes) => {
				const sum = weights.reduce((a, b) => a + b, 0);
				const p = weights.map((w) => w / sum);
				const total = majorityVote(p, votes).wins.reduce((a, b) => a + b, 0);
				// sums over some thousand vote counts, and p itself sums to 1 within 1e-15
				expect(total).toBeCloseTo(1, 10);
			}
		),
		{ seed: 1, numRuns: 60 }
	);
});

test('one vote is one sample; voting sharpens the mode and hurts the right answer beside it', () => {
	expect(majorityVote([0.4, 0.5, 0.1], 1).wins[0]).toBeCloseTo(0.4, 12);
	const right = [1, 5, 15, 45].map((k) => majorityVote([0.4, 0.5, 0.1], k).wins[0]);
	for (let i = 1; i < right.length; i++) expect(right[i]).toBeLessThan(right[i - 1]);
	const spread = [1, 5, 15, 45].map((k) => majorityVote([0.4, 0.3, 0.3], k).wins[0]);
	for (let i = 1; i < spread.length; i++) expect(spread[i]).toBeGreaterThan(spread[i - 1]);
});

test('impossible and certain answers', () => {
	expect([...majorityVote([1, 0], 7).wins]).toEqual([1, 0]);
	expect([...majorityVote([1], 3).wins]).toEqual([1]);
});

test('bad input is named', () => {
	expect(() => majorityVote([], 3)).toThrow('probabilities');
	expect(() => majorityVote([0.5, 0.6], 3)).toThrow('sum to 1');
	expect(() => majorityVote([1.5, -0.5], 3)).toThrow('probabilities[0]');
	expect(() => majorityVote([1], 0)).toThrow('votes');
	expect(() => majorityVote([1], 1001)).toThrow('votes');
});
