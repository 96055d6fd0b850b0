import { expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { mean } from '../../../src/kernels/core/mean';
import { createDecoder } from '../../../src/kernels/lm/createDecoder';
import { languageTokenizer, sentences } from '../../../src/kernels/sentences/smallLanguage';
import { SENTENCE_MODEL, trainOnSentences } from '../../../src/kernels/sentences/trainOnSentences';
import { writeTexts } from '../../../src/kernels/sentences/writeTexts';

const decoder = createDecoder(SENTENCE_MODEL, 64, 40);
const prompt = languageTokenizer.encode('the c');

/** Nats a token of the language: entropy of a sentence by its mean length with <eos>. */
const entropy =
	sentences.reduce((sum, { probability: p }) => sum - p * Math.log(p), 0) /
	sentences.reduce((sum, { probability: p, text }) => sum + p * (text.length + 1), 0);

test('before training every token is about as likely as another', () => {
	const { model, losses } = trainOnSentences(0, createStream(1));
	expect(losses).toEqual([]);
	const written = writeTexts(model, prompt, 64, {}, decoder, createStream(2));
	expect(written.filter(({ right }) => right)).toEqual([]);
});

test('over 20 seeds: down to the entropy of the language, and what temperature and nucleus do', () => {
	const runs = Array.from({ length: 20 }, (_, seed) => {
		const { model, losses } = trainOnSentences(150, createStream(seed));
		const write = (settings: object) => {
			const written = writeTexts(model, prompt, 64, settings, decoder, createStream(seed + 100));
			const right = written.filter((one) => one.right);
			return {
				right: right.length / 64,
				different: new Set(right.map(({ text }) => text)).size
			};
		};
		return {
			loss: mean(losses.slice(-10)),
			own: write({}),
			nucleus: write({ topP: 0.9 }),
			cold: write({ temperature: 0.2 }),
			hot: write({ temperature: 2 }),
			greedy: write({ topK: 1 })
		};
	});
	// Measured: at most 0.025 nats above; 0.64 to 0.95 right at temperature 1, at most 0.04 at 2.
	for (const { loss, own, nucleus, cold, hot, greedy } of runs) {
		expect(Math.abs(loss - entropy)).toBeLessThan(0.05);
		expect(own.right).toBeGreaterThan(0.6);
		expect(hot.right).toBeLessThan(0.1);
		expect(nucleus.right).toBeGreaterThan(own.right);
		expect(greedy.right).toBe(1);
		expect(cold.right).toBeGreaterThan(0.9);
		expect(cold.different).toBeLessThan(own.different);
		expect(greedy.different).toBeLessThanOrEqual(1);
	}
}, 60_000);

test('the same seed gives the same weights, and steps must be whole', () => {
	const [a, b] = [1, 2].map(() => trainOnSentences(3, createStream(7)));
	expect(a.model.parameters).toEqual(b.model.parameters);
	expect(() => trainOnSentences(1.5, createStream(1))).toThrow(RangeError);
});
