import type { Stream } from '../core/stream';
import type { Decoder } from '../lm/createDecoder';
import type { Model } from '../lm/createModel';
import type { SamplingSettings } from '../lm/filterLogits';
import { generate } from '../lm/generate';
import { languageTokenizer, LONGEST_SENTENCE, sentences } from './smallLanguage';

export interface Writing {
	/** Prompt and completion as tokens, with <eos> where it came. */
	ids: number[];
	/** Prompt and completion as text, without <eos>. */
	text: string;
	/** Whether it is a sentence of the language, ended. */
	right: boolean;
	/** log-probability of the completion under what it was drawn from. */
	drawnWith: number;
}

const WHOLE = new Set(sentences.map(({ text }) => text));

/**
 * Completions of a prompt, `count` of them, each judged by whether it ended as a sentence of the language.
 *
 * Cost: one token at a time, all side by side. Throws as generate does.
 */
export function writeTexts(
	model: Model,
	prompt: readonly number[],
	count: number,
	settings: SamplingSettings,
	decoder: Decoder,
	stream: Stream
): Writing[] {
	const { bosTokenId, eosTokenId, decode } = languageTokenizer;
	const { tokens, lengths, samplingLogProbs, finishReasons } = generate(
		model,
		[[bosTokenId, ...prompt]],
		{
			...settings,
			numGenerations: count,
			maxCompletionLength: LONGEST_SENTENCE,
			stopToken: eosTokenId,
			decoder
		},
		stream
	);
	return Array.from({ length: count }, (_, row) => {
		const from = row * LONGEST_SENTENCE;
		const completion = Array.from(tokens.subarray(from, from + lengths[row]));
		const stopped = finishReasons[row] === 'stop';
		const text = decode([...prompt, ...(stopped ? completion.slice(0, -1) : completion)]);
		return {
			ids: [...prompt, ...completion],
			text,
			right: stopped && WHOLE.has(text),
			drawnWith: samplingLogProbs
				.subarray(from, from + lengths[row])
				.reduce((sum, logProb) => sum + logProb, 0)
		};
	});
}
