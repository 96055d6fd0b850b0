import { expect, test } from 'vitest';
import { bm25, indexDocuments, splitWords } from '../../../src/kernels/retrieval/bm25';
import { rankOf } from '../../../src/kernels/search-r1/rankOf';
import { DOCUMENTS, NAMES, QUESTIONS } from '../../../src/kernels/search-r1/world';

test('40 documents, 48 names, 32 questions; the last document of each path holds the answer', () => {
	expect(DOCUMENTS).toHaveLength(40);
	expect(new Set(NAMES).size).toBe(48);
	expect(QUESTIONS).toHaveLength(32);
	for (const { path, answer, town } of QUESTIONS) {
		expect(splitWords(DOCUMENTS[path[0]])).toContain(town);
		expect(splitWords(DOCUMENTS[path.at(-1)!])).toContain(answer.toLowerCase());
	}
});

test('two documents of a path share exactly one name, and the second does not have the town', () => {
	for (const { path, town } of QUESTIONS.filter(({ path }) => path.length === 2)) {
		const [first, second] = path.map((d) => splitWords(DOCUMENTS[d]));
		expect(first.filter((word) => NAMES.includes(word) && second.includes(word))).toHaveLength(1);
		expect(second).not.toContain(town);
	}
});

test('no single question finds the second document alone', () => {
	const index = indexDocuments(DOCUMENTS);
	for (const { path, text } of QUESTIONS.filter(({ path }) => path.length === 2)) {
		const { first, last } = rankOf(bm25(index, text).scores, path[1]);
		expect(last - first + 1 >= 8 || first === 0).toBe(true);
	}
});

test('places', () => {
	expect(rankOf([2, 1, 1, 0], 0)).toEqual({ first: 1, last: 1 });
	expect(rankOf([2, 1, 1, 0], 2)).toEqual({ first: 2, last: 3 });
	expect(rankOf([2, 1, 1, 0], 3)).toEqual({ first: 0, last: 0 });
	expect(() => rankOf([1], 1)).toThrow('document must be in 0 … 0, got 1');
});
