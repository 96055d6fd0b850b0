import { categorical } from '../core/categorical';
import type { Stream } from '../core/stream';
import { adamWStep, createAdamW } from '../lm/adamW';
import { backward } from '../lm/backward';
import { clipGradient } from '../lm/clipGradient';
import { createModel, type Model } from '../lm/createModel';
import { createWorkspace } from '../lm/createWorkspace';
import { forward } from '../lm/forward';
import { learningRate } from '../lm/learningRate';
import type { ModelConfig } from '../lm/modelConfig';
import { seedLogProbGradient, tokenLogProbs } from '../lm/tokenLogProbs';
import { languageTokenizer, LONGEST_SENTENCE, sentences } from './smallLanguage';

/** Some ten thousand parameters, and room for a prompt that is no beginning of a sentence. */
export const SENTENCE_MODEL: ModelConfig = {
	vocabSize: languageTokenizer.vocabSize,
	contextLength: LONGEST_SENTENCE + 13,
	layers: 2,
	width: 24,
	heads: 2,
	hiddenWidth: 48,
	feedForward: 'swiglu',
	ropeTheta: 10_000,
	normEpsilon: 1e-6,
	tieHead: true,
	valueHead: false
};
const BATCH = 16;
const LEARNING_RATE = 0.015;

export interface TrainedModel {
	model: Model;
	/** Mean cross-entropy of each step's batch, in nats a token. */
	losses: number[];
}

/**
 * Trains a small decoder-only transformer to predict each next token of sentences drawn from the
 * language, <bos> and <eos> included: cross-entropy, AdamW with clipping at 1 and a rate that falls to 0.
 *
 *     L = −(1/N) Σ log π(y_t | y_<t)
 *
 * It can never fall below the language's own entropy, but for the luck of a batch. With 0 steps the
 * model is as it was initialised.
 *
 * Cost: some milliseconds a step in WebAssembly. Throws RangeError for steps that are no whole number ≥ 0.
 */
export function trainOnSentences(steps: number, stream: Stream): TrainedModel {
	if (!Number.isInteger(steps) || steps < 0) {
		throw new RangeError(`trainOnSentences: steps must be an integer ≥ 0, got ${steps}`);
	}
	const model = createModel(SENTENCE_MODEL, stream.split('weights'));
	const losses: number[] = [];
	if (steps === 0) return { model, losses };
	const workspace = createWorkspace(SENTENCE_MODEL, BATCH, LONGEST_SENTENCE);
	const adam = createAdamW(model.parameters.length);
	for (let step = 0; step < steps; step++) {
		const { tokens, targets, weight } = drawBatch(stream.split(`batch ${step}`));
		forward(model, workspace, tokens);
		const { logProbs } = tokenLogProbs(workspace, targets);
		losses.push(-weight * logProbs.reduce((sum, x) => sum + x, 0));
		const weights = Float32Array.from(targets, (target) => (target < 0 ? 0 : -weight));
		const gradient = backward(model, workspace, seedLogProbGradient(workspace, targets, weights));
		clipGradient(gradient, 1);
		const schedule = {
			learningRate: LEARNING_RATE,
			lrSchedulerType: 'linear',
			maxSteps: steps
		} as const;
		adamWStep(adam, model.parameters, gradient, learningRate(schedule, step));
	}
	return { model, losses };
}

/** Sentences as rows, padded on the right, and one over the count of their targets. */
function drawBatch(stream: Stream) {
	const { bosTokenId, eosTokenId, encode } = languageTokenizer;
	const shares = sentences.map(({ probability }) => probability);
	const tokens = new Int32Array(BATCH * LONGEST_SENTENCE);
	const targets = new Int32Array(BATCH * LONGEST_SENTENCE).fill(-1);
	let count = 0;
	for (let row = 0; row < BATCH; row++) {
		const ids = [...encode(sentences[categorical(stream, shares)].text), eosTokenId];
		tokens.set([bosTokenId, ...ids.slice(0, -1)], row * LONGEST_SENTENCE);
		targets.set(ids, row * LONGEST_SENTENCE);
		count += ids.length;
	}
	return { tokens, targets, weight: 1 / count };
}
