import { paddedLength } from './attention';
import type { BlockActivations } from './blockForward';
import { createEngine } from './createEngine';
import type { Engine } from './engine';
import { memoryPlan } from './memoryPlan';
import { checkConfig, type ModelConfig } from './modelConfig';
import { placeWeights, type ModelWeights } from './modelWeights';
import { rotaryTable } from './rotary';

/** Positions in the engine's memory; activations are those of one token a row, shared by all layers. */
export interface DecoderPlaces extends BlockActivations {
	weights: ModelWeights;
	/** Of the rows that take part in a step: the token, where its cache stands, its position. */
	tokens: number;
	slots: number;
	positions: number;
	table: number;
	/** One a layer: [slot, head, headWidth, capacity] and [slot, capacity, width]. */
	keys: number[];
	values: number[];
	output: number;
	inverse: number;
	normed: number;
	logits: number;
	probabilities: number;
	statistics: number;
	scratch: number;
}

/** Room for generating `rows` rows of up to `capacity` tokens side by side, with their cache. */
export interface Decoder {
	config: ModelConfig;
	rows: number;
	capacity: number;
	engine: Engine;
	places: DecoderPlaces;
}

/**
 * The memory of a generation: keys and values of every token so far, and the numbers of one step. Made
 * once and used for every generation of at most that size, with any model of that config.
 *
 * Memory, in bytes: about 8·rows·capacity·layers·width + 8·parameters.
 * Throws RangeError for sizes that are no positive integers, a capacity above contextLength, and where
 * parameterLayout does.
 */
export function createDecoder(
	config: ModelConfig,
	rows: number,
	capacity = config.contextLength,
	engineName?: Engine['name']
): Decoder {
	checkConfig('createDecoder', config);
	if (!Number.isInteger(rows) || rows < 1) {
		throw new RangeError(`createDecoder: rows must be a positive integer, got ${rows}`);
	}
	if (!Number.isInteger(capacity) || capacity < 1 || capacity > config.contextLength) {
		throw new RangeError(
			`createDecoder: capacity must be an integer in 1 … ${config.contextLength}, got ${capacity}`
		);
	}
	const { vocabSize, width, heads, hiddenWidth, layers } = config;
	const headWidth = width / heads;
	const { take, size } = memoryPlan();
	const perRow = (count: number) => take(rows * count);
	const perLayer = () => Array.from({ length: layers }, () => perRow(capacity * width));
	const places: DecoderPlaces = {
		weights: placeWeights(config, take),
		tokens: perRow(1),
		slots: perRow(1),
		positions: perRow(1),
		table: take(capacity * headWidth),
		keys: perLayer(),
		values: perLayer(),
		input: perRow(width),
		inverse1: perRow(1),
		normed1: perRow(width),
		qkv: perRow(3 * width),
		mixed: perRow(width),
		middle: perRow(width),
		inverse2: perRow(1),
		normed2: perRow(width),
		up: perRow(config.feedForward === 'swiglu' ? 2 * hiddenWidth : hiddenWidth),
		hidden: perRow(hiddenWidth),
		output: perRow(width),
		inverse: perRow(1),
		normed: perRow(width),
		logits: perRow(vocabSize),
		probabilities: perRow(vocabSize),
		statistics: perRow(4),
		scratch: take(paddedLength(capacity))
	};
	const engine = createEngine(size(), engineName);
	engine.floats.set(rotaryTable(capacity, headWidth, config.ropeTheta), places.table);
	return { config, rows, capacity, engine, places };
}
