import type { Stream } from '../core/stream';
import { createDecoder, type Decoder } from './createDecoder';
import type { Model } from './createModel';
import { copyCache, decodeStep } from './decodeStep';
import type { SamplingSettings } from './filterLogits';
import { checkSameConfig } from './modelConfig';
import { loadWeights } from './modelWeights';
import { sampleToken } from './sampleToken';
import { rowLogProb } from './softmaxRows';

export interface GenerateOptions extends SamplingSettings {
	/** Completions of each prompt. Default: 1. */
	numGenerations?: number;
	/** The most tokens of a completion, stop token included. */
	maxCompletionLength: number;
	/** Ends a completion and belongs to it. Default: none. */
	stopToken?: number;
	/** Memory to work in, for at least that many rows; without it new memory is taken for each call. */
	decoder?: Decoder;
}

export interface Generation {
	/** Completions of prompt p are rows p·numGenerations and up. */
	rows: number;
	/** Sampled tokens, [rows × maxCompletionLength], −1 behind the end of a completion. */
	tokens: Int32Array;
	/** Tokens of each completion. */
	lengths: Int32Array;
	/** log π of each token under softmax(logits / temperature), before any filter; 0 behind the end. */
	logProbs: Float32Array;
	/** log-probability of each token under what it was drawn from, after the filters. */
	samplingLogProbs: Float32Array;
	/** 'stop' where the stop token came, 'length' where the room ran out. */
	finishReasons: ('stop' | 'length')[];
}

/** Throws RangeError for prompts and options that cannot be generated from. */
function check(
	{ config }: Model,
	prompts: readonly ArrayLike<number>[],
	{ numGenerations = 1, maxCompletionLength, temperature = 1, stopToken }: GenerateOptions
): void {
	for (const [name, value] of Object.entries({ numGenerations, maxCompletionLength })) {
		if (!Number.isInteger(value) || value < 1) {
			throw new RangeError(`generate: ${name} must be a positive integer, got ${value}`);
		}
	}
	if (!(temperature > 0 && temperature < Infinity)) {
		throw new RangeError(
			`generate: temperature must be finite and above 0, got ${temperature}; for greedy decoding take topK 1`
		);
	}
	const isToken = (token: number) =>
		Number.isInteger(token) && token >= 0 && token < config.vocabSize;
	if (stopToken !== undefined && !isToken(stopToken)) {
		throw new RangeError(
			`generate: stopToken must be an integer in 0 … ${config.vocabSize - 1}, got ${stopToken}`
		);
	}
	if (prompts.length === 0) throw new RangeError('generate: prompts must not be empty');
	prompts.forEach((prompt, p) => {
		if (prompt.length < 1 || prompt.length >= config.contextLength) {
			throw new RangeError(
				`generate: prompts[${p}] must have 1 … ${config.contextLength - 1} tokens, got ${prompt.length}`
			);
		}
		for (let t = 0; t < prompt.length; t++) {
			if (isToken(prompt[t])) continue;
			throw new RangeError(
				`generate: prompts[${p}][${t}] must be an integer in 0 … ${config.vocabSize - 1}, got ${prompt[t]}`
			);
		}
	});
}

/** The decoder that was given, or a new one. Throws RangeError for one that is too small. */
function decoderFor(
	{ config }: Model,
	given: Decoder | undefined,
	rows: number,
	capacity: number
): Decoder {
	if (!given) return createDecoder(config, rows, capacity);
	checkSameConfig('generate', 'decoder', given.config, config);
	if (given.rows < rows || given.capacity < capacity) {
		throw new RangeError(
			`generate: decoder must hold ${rows} rows of ${capacity} tokens, got ${given.rows} of ${given.capacity}`
		);
	}
	return given;
}

/**
 * Completions of prompts, all rows side by side over a cache of keys and values. Prompts may be of
 * different lengths and are not padded: every row stands at its own token of the same position, and
 * those that still read their prompt sample nothing. The completions of one prompt read it once, and
 * rows that have ended leave the batch.
 *
 * Row r draws from streams[r], or from `stream.split(r)` where one stream is given, one uniform a
 * token. With the same stream a row has the same tokens and log-probabilities in any batch, and the
 * log-probabilities are those of forward and tokenLogProbs at that temperature, all to the last bit: the
 * first ratio π/π_old of a training step is 1. (Servers that generate with other kernels than the
 * trainer's have no such luck.) With top-k, top-p, min-p or typical sampling a token comes from a
 * narrower distribution than that policy: TRL trains on logProbs all the same, vLLM returns
 * samplingLogProbs as processed_logprobs.
 *
 * A completion ends with the stop token, at maxCompletionLength, or where the context is full.
 *
 * Cost: 2·parameters operations a token. Throws RangeError for no prompts, a prompt that is empty or
 * fills the context, tokens out of range, options out of range, a decoder that is too small or of
 * another config, and a count of streams other than rows.
 */
export function generate(
	model: Model,
	prompts: readonly ArrayLike<number>[],
	options: GenerateOptions,
	streams: Stream | readonly Stream[]
): Generation {
	check(model, prompts, options);
	const { config, parameters } = model;
	const { numGenerations = 1, maxCompletionLength, temperature = 1, stopToken } = options;
	const { vocabSize, contextLength } = config;
	const rows = prompts.length * numGenerations;
	const longest = Math.max(...prompts.map((prompt) => prompt.length));
	const capacity = Math.min(contextLength, longest + maxCompletionLength);
	const decoder = decoderFor(model, options.decoder, rows, capacity);
	const { engine, places } = decoder;
	const { floats, ints } = engine;
	loadWeights(engine, places.weights, parameters);
	if ('length' in streams && streams.length !== rows) {
		throw new RangeError(`generate: streams must be one a row (${rows}), got ${streams.length}`);
	}
	const rowStreams = Array.from({ length: rows }, (_, row) =>
		'length' in streams ? streams[row] : streams.split(row)
	);

	const size = rows * maxCompletionLength;
	const tokens = new Int32Array(size).fill(-1);
	const logProbs = new Float32Array(size);
	const samplingLogProbs = new Float32Array(size);
	const lengths = new Int32Array(rows);
	const finishReasons: Generation['finishReasons'] = Array.from({ length: rows }, () => 'length');
	const promptOf = (row: number) => prompts[Math.floor(row / numGenerations)];
	const isFirst = (row: number) => row % numGenerations === 0;
	const rowOf = (at: number, i: number) =>
		floats.subarray(at + i * vocabSize, at + (i + 1) * vocabSize);

	// One row a prompt until the prompt's last token, then all its rows that have not ended.
	let active = prompts.map((_, p) => p * numGenerations);
	for (let position = 0; active.length > 0; position++) {
		active = active.flatMap((row) =>
			isFirst(row) && position === promptOf(row).length - 1
				? Array.from({ length: numGenerations }, (_, i) => row + i)
				: row
		);
		let sampling = false;
		active.forEach((row, i) => {
			const prompt = promptOf(row);
			const sampled = position - prompt.length;
			if (sampled === -1 && !isFirst(row)) {
				copyCache(decoder, row - (row % numGenerations), row);
			}
			ints[places.tokens + i] =
				sampled < 0 ? prompt[position] : tokens[row * maxCompletionLength + sampled];
			ints[places.slots + i] = row;
			ints[places.positions + i] = position;
			sampling ||= sampled >= -1;
		});
		decodeStep(decoder, active.length, sampling);
		if (!sampling) continue;
		const { logits, probabilities, statistics } = places;
		const inverse = 1 / temperature;
		engine.softmaxRows(logits, probabilities, statistics, active.length, vocabSize, inverse);
		active = active.filter((row, i) => {
			const room = Math.min(maxCompletionLength, contextLength - promptOf(row).length);
			if (position < promptOf(row).length - 1) return true;
			const policy = rowOf(probabilities, i);
			const rowLogits = rowOf(logits, i);
			const { token, filteredLogProb } = sampleToken(rowLogits, policy, options, rowStreams[row]);
			const [largest, sum] = [floats[statistics + 4 * i], floats[statistics + 4 * i + 1]];
			const at = row * maxCompletionLength + lengths[row]++;
			tokens[at] = token;
			logProbs[at] = rowLogProb(rowLogits[token], inverse, largest, sum);
			samplingLogProbs[at] = filteredLogProb ?? logProbs[at];
			if (token === stopToken) finishReasons[row] = 'stop';
			return token !== stopToken && lengths[row] < room;
		});
	}
	return { rows, tokens, lengths, logProbs, samplingLogProbs, finishReasons };
}
