import { attentionScratch, paddedLength } from './attention';
import type { BlockActivations } from './blockForward';
import { createEngine } from './createEngine';
import type { Engine } from './engine';
import { memoryPlan } from './memoryPlan';
import { checkConfig, parameterCount, type ModelConfig } from './modelConfig';
import { placeWeights, type ModelWeights } from './modelWeights';
import { rotaryTable } from './rotary';

/** Positions in the engine's memory, and what stands there. */
export interface WorkspacePlaces {
	weights: ModelWeights;
	gradient: number;
	tokens: number;
	/** First real token of each row. */
	starts: number;
	/** Position of each token, counted from its row's start. */
	positions: number;
	table: number;
	layers: (BlockActivations & { weights: number })[];
	/** The residual stream after the last layer, and through the last norm. */
	output: number;
	inverse: number;
	normed: number;
	logits: number;
	values: number;
	probabilities: number;
	statistics: number;
	/** Gradients, shared by all layers. */
	dLogits: number;
	dValues: number;
	dStream: number;
	dNormed: number;
	dQkv: number;
	dUp: number;
	dHidden: number;
	scratch: number;
}

/** Room for one pass over a batch, made once and used for every pass of that size. */
export interface Workspace {
	config: ModelConfig;
	batch: number;
	length: number;
	engine: Engine;
	places: WorkspacePlaces;
	/** Views of the engine's memory; tokens in order, row by row. */
	logits: Float32Array;
	/** One a token; all 0 without a value head. */
	values: Float32Array;
	/** To be filled before backward, or by seedLogProbGradient. */
	dLogits: Float32Array;
	dValues: Float32Array;
	/** As backward leaves it, in the order of the model's layout. */
	gradient: Float32Array;
	/** As tokenLogProbs leaves them: one a token, and the whole policy. */
	logProbs: Float32Array;
	entropies: Float32Array;
	probabilities: Float32Array;
	/** The temperature of the last tokenLogProbs. */
	temperature: number;
}

/**
 * All memory that forward, backward and tokenLogProbs need for `batch` rows of `length` tokens: the
 * passes themselves allocate nothing. One workspace serves any number of models of one config, one
 * after the other. Make it once and keep it: a page may hold few WebAssembly memories at a time, and
 * one that is dropped comes back only with the garbage collector.
 *
 * Without `engine` it is WebAssembly where the page may run it, TypeScript elsewhere.
 *
 * Memory, in bytes: about 4·batch·length·(layers·(9·width + 3·hiddenWidth + heads·length)
 * + 6·width + 4·hiddenWidth + 3·vocabSize) + 12·parameters.
 * Throws RangeError for sizes that are no positive integers, a length above contextLength, and where
 * parameterLayout does.
 */
export function createWorkspace(
	config: ModelConfig,
	batch: number,
	length: number,
	engineName?: Engine['name']
): Workspace {
	checkConfig('createWorkspace', config);
	if (!Number.isInteger(batch) || batch < 1) {
		throw new RangeError(`createWorkspace: batch must be a positive integer, got ${batch}`);
	}
	if (!Number.isInteger(length) || length < 1 || length > config.contextLength) {
		throw new RangeError(
			`createWorkspace: length must be an integer in 1 … ${config.contextLength}, got ${length}`
		);
	}
	const { vocabSize, width, heads, hiddenWidth } = config;
	const headWidth = width / heads;
	const rows = batch * length;
	const upWidth = config.feedForward === 'swiglu' ? 2 * hiddenWidth : hiddenWidth;
	const { take, size } = memoryPlan();
	const perToken = (count: number) => take(rows * count);
	const places: WorkspacePlaces = {
		weights: placeWeights(config, take),
		gradient: take(parameterCount(config)),
		tokens: perToken(1),
		starts: take(batch),
		positions: perToken(1),
		table: take(length * headWidth),
		layers: Array.from({ length: config.layers }, () => ({
			input: perToken(width),
			inverse1: perToken(1),
			normed1: perToken(width),
			qkv: perToken(3 * width),
			weights: perToken(heads * paddedLength(length)),
			mixed: perToken(width),
			middle: perToken(width),
			inverse2: perToken(1),
			normed2: perToken(width),
			up: perToken(upWidth),
			hidden: perToken(hiddenWidth)
		})),
		output: perToken(width),
		inverse: perToken(1),
		normed: perToken(width),
		logits: perToken(vocabSize),
		values: perToken(1),
		probabilities: perToken(vocabSize),
		statistics: perToken(4),
		dLogits: perToken(vocabSize),
		dValues: perToken(1),
		dStream: perToken(width),
		dNormed: perToken(width),
		dQkv: perToken(3 * width),
		dUp: perToken(upWidth),
		dHidden: perToken(hiddenWidth),
		scratch: take(attentionScratch(length, headWidth))
	};
	const logProbs = perToken(1);
	const entropies = perToken(1);
	const engine = createEngine(size(), engineName);
	engine.floats.set(rotaryTable(length, headWidth, config.ropeTheta), places.table);
	const view = (at: number, count: number) => engine.floats.subarray(at, at + count);
	return {
		config,
		batch,
		length,
		engine,
		places,
		logits: view(places.logits, rows * vocabSize),
		values: view(places.values, rows),
		dLogits: view(places.dLogits, rows * vocabSize),
		dValues: view(places.dValues, rows),
		gradient: view(places.gradient, parameterCount(config)),
		logProbs: view(logProbs, rows),
		entropies: view(entropies, rows),
		probabilities: view(places.probabilities, rows * vocabSize),
		temperature: 1
	};
}
