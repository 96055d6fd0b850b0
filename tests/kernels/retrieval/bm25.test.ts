import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bm25, indexDocuments, topDocuments } from '../../../src/kernels/retrieval/bm25';
import reference from '../../reference/bm25.json';

describe('bm25s (lucene) and rank_bm25', () => {
	const { cases, documents } = reference;
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const index = indexDocuments(documents[inputs.documents as keyof typeof documents]);
		for (const library of ['lucene', 'rank_bm25'] as const) {
			const expected = (outputs as Record<string, number[]>)[library];
			if (!expected) continue;
			const { scores, contributions } = bm25(index, inputs.query, { ...inputs, library });
			scores.forEach((score, d) => {
				expect(score).toBeCloseTo(expected[d], 11);
				expect(contributions.reduce((sum, row) => sum + row[d], 0)).toBeCloseTo(score, 12);
			});
		}
	});
});

test('worked value', () => {
	const { scores } = bm25(indexDocuments(['a b', 'b']), 'a', { k1: 1.2, b: 0 });
	expect(scores[0]).toBeCloseTo(Math.log(2) / 2.2, 14);
	expect(scores[1]).toBe(0);
});

const document = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 9 });
const collection = fc.array(document, { minLength: 2, maxLength: 8 });

test('Lucene’s scores are never negative, and the order of words in a document does not matter', () => {
	fc.assert(
		fc.property(collection, document, (documents, query) => {
			const scores = (some: string[][]) =>
				bm25(indexDocuments(some.map((words) => words.join(' '))), query.join(' ')).scores;
			const forward = scores(documents);
			expect(Math.min(...forward)).toBeGreaterThanOrEqual(0);
			scores(documents.map((words) => words.toReversed())).forEach((score, d) =>
				expect(score).toBeCloseTo(forward[d], 12)
			);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('with k1 = 0 a repeated word adds nothing; with b = 0 length does not count', () => {
	const one = bm25(indexDocuments(['a', 'a a a', 'b']), 'a', { k1: 0 }).scores;
	expect(one[0]).toBeCloseTo(one[1], 14);
	const two = bm25(indexDocuments(['a', 'a b b b', 'b']), 'a', { b: 0 }).scores;
	expect(two[0]).toBeCloseTo(two[1], 14);
});

test('top documents: best first, equals in order, none without a shared word', () => {
	expect(topDocuments([0.5, 0, 2, 0.5], 3)).toEqual([2, 0, 3]);
	expect(topDocuments([0, 0], 3)).toEqual([]);
});

test('refuses what it cannot score', () => {
	expect(() => indexDocuments(['', '!'])).toThrow('at least one word, got 2');
	const index = indexDocuments(['a']);
	expect(() => bm25(index, 'a', { k1: -1 })).toThrow('k1 must be finite and ≥ 0, got -1');
	expect(() => bm25(index, 'a', { b: 2 })).toThrow('b must be in [0, 1], got 2');
});
