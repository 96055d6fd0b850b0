import { expect, test } from 'vitest';
import {
	languageTokenizer,
	LONGEST_SENTENCE,
	nextInLanguage,
	sentences
} from '../../../src/kernels/sentences/smallLanguage';

const { encode, eosTokenId } = languageTokenizer;

test('holds 64 different sentences whose probabilities sum to 1', () => {
	expect(new Set(sentences.map(({ text }) => text)).size).toBe(64);
	expect(sentences.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
	const first = sentences.find(({ text }) => text === 'the cat likes the moon.');
	expect(first?.probability).toBeCloseTo(0.064, 12);
});

test('its longest sentence fills the room, with both ends', () => {
	expect(Math.max(...sentences.map(({ text }) => text.length)) + 2).toBe(LONGEST_SENTENCE);
});

test('next tokens after a shared beginning', () => {
	const next = nextInLanguage('the c')!;
	expect(next[encode('a')[0]]).toBeCloseTo(2 / 3, 12);
	expect(next[encode('r')[0]]).toBeCloseTo(1 / 3, 12);
	expect(nextInLanguage('a dog seeks a map.')![eosTokenId]).toBe(1);
	expect(nextInLanguage('moon')).toBeUndefined();
});

test('the chain of next tokens gives every sentence its probability', () => {
	for (const { text, probability } of sentences) {
		const ids = [...encode(text), eosTokenId];
		const logProb = ids.reduce(
			(sum, id, t) => sum + Math.log(nextInLanguage(text.slice(0, t))![id]),
			0
		);
		expect(logProb).toBeCloseTo(Math.log(probability), 10);
	}
});
