import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTokenizer } from '../../../src/kernels/lm/tokenizer';

const tokenizer = createTokenizer('01+é😀', ['<think>', '</think>', '<tea>']);

test('specials, tags and characters each take one number', () => {
	expect(tokenizer.encode('<think>0+1</think>')).toEqual([3, 6, 8, 7, 4]);
	expect(tokenizer.encode('<bos>😀<eos><pad>')).toEqual([1, 10, 2, 0]);
	expect(tokenizer.vocabulary[tokenizer.padTokenId]).toBe('<pad>');
	expect(tokenizer.vocabulary[tokenizer.bosTokenId]).toBe('<bos>');
	expect(tokenizer.vocabulary[tokenizer.eosTokenId]).toBe('<eos>');
	expect(tokenizer.vocabSize).toBe(11);
	expect(createTokenizer('01+', ['<think>']).encode('<think>0+1')).toEqual([3, 4, 6, 5]);
});

test('both round trips are exact', () => {
	const ids = fc.array(fc.integer({ min: 0, max: tokenizer.vocabSize - 1 }), { maxLength: 30 });
	fc.assert(
		fc.property(ids, (numbers) => {
			const text = tokenizer.decode(numbers);
			expect(tokenizer.encode(text)).toEqual(numbers);
			expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
		}),
		{ seed: 1, numRuns: 300 }
	);
});

test('any text is either encoded to the letter or refused', () => {
	const pieces = fc.constantFrom(...tokenizer.vocabulary, '<', '>', 'think', 'x', '\ud83d');
	fc.assert(
		fc.property(fc.array(pieces, { maxLength: 12 }), (list) => {
			const text = list.join('');
			let ids: number[];
			try {
				ids = tokenizer.encode(text);
			} catch (error) {
				expect(error).toBeInstanceOf(RangeError);
				return;
			}
			expect(tokenizer.decode(ids)).toBe(text);
		}),
		{ seed: 1, numRuns: 300 }
	);
});

test('skipSpecialTokens leaves the tags', () => {
	const ids = tokenizer.encode('<bos><think>1<eos><pad><pad>');
	expect(tokenizer.decode(ids, { skipSpecialTokens: true })).toBe('<think>1');
});

test('what is unknown is named, once each', () => {
	expect(() => tokenizer.encode('0x1y x<thin>')).toThrow(
		'encode: every character must be in the vocabulary, got "x", "y", " ", "<", "t", "h", "i", "n", ">"'
	);
	expect(() => tokenizer.decode([0, 11])).toThrow('ids[1] must be an integer in 0 … 10, got 11');
	expect(() => tokenizer.decode([0.5])).toThrow(RangeError);
});

test('a vocabulary in which a text could be read two ways is refused', () => {
	const clash = 'createTokenizer: no token must be the beginning of another';
	expect(() => createTokenizer('00')).toThrow(clash);
	expect(() => createTokenizer('0<')).toThrow(clash);
	expect(() => createTokenizer('0', ['<a>', '<a>b'])).toThrow(clash);
	expect(() => createTokenizer('0', [''])).toThrow(clash);
	expect(() => createTokenizer('0', ['<eos>'])).toThrow(clash);
});
