import { expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { createDecoder } from '../../../src/kernels/lm/createDecoder';
import { createWorkspace } from '../../../src/kernels/lm/createWorkspace';
import { readTexts } from '../../../src/kernels/sentences/readTexts';
import { languageTokenizer } from '../../../src/kernels/sentences/smallLanguage';
import { SENTENCE_MODEL, trainOnSentences } from '../../../src/kernels/sentences/trainOnSentences';
import { writeTexts } from '../../../src/kernels/sentences/writeTexts';

const { model } = trainOnSentences(60, createStream(3));
const workspace = createWorkspace(SENTENCE_MODEL, 4, SENTENCE_MODEL.contextLength);
const decoder = createDecoder(SENTENCE_MODEL, 4, 40);
const prompt = languageTokenizer.encode('a d');
const sum = (values: readonly number[]) => values.reduce((total, x) => total + x, 0);

// Float32 logits, up to 30 tokens.
test.each([{}, { temperature: 1.7 }, { topP: 0.8 }, { temperature: 0.6, topK: 3, minP: 0.1 }])(
	'a reading gives a completion the log-probability that it was drawn with: %o',
	(settings) => {
		const written = writeTexts(model, prompt, 4, settings, decoder, createStream(4));
		const reads = readTexts(
			model,
			workspace,
			written.map(({ ids }) => ids),
			settings
		);
		reads.forEach((places, row) => {
			const drawn = places.slice(prompt.length).map(({ id, sampler }) => Math.log(sampler[id]));
			expect(sum(drawn)).toBeCloseTo(written[row].drawnWith, 4);
		});
	}
);

test('distributions sum to 1, and entropy and log-probability are theirs', () => {
	const [places] = readTexts(model, workspace, [languageTokenizer.encode('a duck.')], {
		topP: 0.9
	});
	for (const { id, logProb, entropy, policy, sampler } of places) {
		expect(sum(policy)).toBeCloseTo(1, 12);
		expect(sum(sampler)).toBeCloseTo(1, 12);
		expect(logProb).toBe(Math.log(policy[id]));
		expect(entropy).toBeCloseTo(-sum(policy.map((p) => p * Math.log(p))), 10);
	}
});

test('what comes later changes nothing before it, nor do other rows', () => {
	const [long, short] = ['the cat.', 'the'].map(languageTokenizer.encode);
	const [together] = readTexts(model, workspace, [long, short], {});
	const [alone] = readTexts(model, workspace, [short], {});
	alone.forEach(({ policy }, t) => {
		expect(policy).toEqual(together[t].policy);
	});
	expect(() => readTexts(model, workspace, Array(5).fill(short), {})).toThrow(RangeError);
});
