import { adamStep, createAdam, type AdamState } from '../core/adam';
import { logSoftmax, softmax } from '../core/softmax';
import type { Stream } from '../core/stream';
import { exactKl } from '../rl/exactKl';
import { groupAdvantages } from '../rl/groupAdvantages';
import { gatherBatch, sampleAnswers, type TabularBatch } from './tabularBatch';
import {
	checkTabularGrpo,
	TABULAR_GRPO_DEFAULTS,
	type TabularGrpoConfig
} from './tabularGrpoConfig';
import { readPolicy, tabularPolicy, type TabularPolicy } from './tabularPolicy';
import { tabularSurrogate } from './tabularSurrogate';

/** A training run as far as it has come: entry 0 before training, one entry after each iteration. */
export interface TabularGrpoHistory {
	iteration: number[];
	/** Means over the prompts, exact: from the policies, not from samples. */
	successRate: number[];
	klToReference: number[];
	entropy: number[];
	/** Entropy of the policy given a right answer. The theory holds it constant. */
	rightEntropy: number[];
	/** Share of the iteration's groups whose advantages were all 0. NaN in entry 0. */
	zeroSignalFraction: number[];
	/** Share of samples on the clip's flat branch, mean over the inner steps. NaN in entry 0. */
	clipFraction: number[];
	/** Success rate of each prompt: promptSuccessRates[prompt][entry]. */
	promptSuccessRates: number[][];
}

interface Prompt {
	policy: TabularPolicy;
	reference: Float64Array;
	refLogProbs: Float64Array;
	draws: Stream;
	adam: AdamState;
}

/**
 * GRPO as trainers run it, on tables small enough to know the true success rate. Every iteration
 * samples `groups` groups of `numGenerations` answers for each prompt, turns rewards 0 and 1 into group
 * advantages, and takes `innerSteps` gradient steps on the clipped surrogate with k3 penalties
 * (tabularSurrogate). Nothing is replaced by its expectation.
 *
 * The switches are the variants of the theory: advantages.scaleRewards 'none' (mean-only), beta = 0 and
 * alpha > 0 (mirror), both above 0 (two-kl), epsilon finite (clip). With useBiasCorrectionKl, no clip,
 * many groups and steps enough to maximise, an iteration is successStep's 'finite group'.
 *
 * Prompts share nothing but the batch (scaleRewards 'batch' mixes them). Each table's loss is the mean
 * over its own samples, so that more prompts do not slow each other. Prompt i draws from
 * stream.split('prompt i'), in the same order whatever the settings.
 *
 * Cost: O(iterations · prompts · (groups · G + innerSteps) · outputs). Yields after each iteration, each
 * time a new object. Throws RangeError for settings out of range, as its parts do, and where the
 * learning rate makes the gradient overflow (plain k3 grows like e^gap; with maxGradNorm 1 it takes SGD
 * rates above 50 or Adam rates above 10).
 */
export function* tabularGrpo(
	overrides: Partial<TabularGrpoConfig>,
	stream: Stream
): Generator<TabularGrpoHistory, void> {
	const config = { ...TABULAR_GRPO_DEFAULTS, ...overrides };
	checkTabularGrpo(config);
	const prompts = config.pRef.map((pRef, i): Prompt => {
		const policy = tabularPolicy(config.outputs, config.right, pRef);
		return {
			policy,
			reference: softmax(policy.logits),
			refLogProbs: logSoftmax(policy.logits),
			draws: stream.split(`prompt ${i}`),
			adam: createAdam(config.outputs)
		};
	});
	let history = extend(undefined, prompts, NaN, NaN);
	yield history;
	const perPrompt = config.groups * config.numGenerations;
	for (let n = 0; n < config.iterations; n++) {
		const samples = prompts.map(({ policy, draws }) =>
			sampleAnswers(draws, softmax(policy.logits), policy.right, perPrompt)
		);
		const { advantages } = groupAdvantages(
			samples.flatMap(({ rewards }) => rewards),
			{ ...config.advantages, numGenerations: config.numGenerations }
		);
		let clipped = 0;
		prompts.forEach((prompt, i) => {
			const own = advantages.slice(i * perPrompt, (i + 1) * perPrompt);
			const oldLogProbs = logSoftmax(prompt.policy.logits);
			const batch = gatherBatch(samples[i].outputs, own, oldLogProbs, prompt.refLogProbs);
			clipped += improve(prompt, batch, config);
		});
		const silent = zeroSignalFraction(advantages, config.numGenerations);
		history = extend(history, prompts, silent, clipped / prompts.length);
		yield history;
	}
}

/** Takes the inner steps, in place, and returns their mean clip fraction. */
function improve({ policy, adam }: Prompt, batch: TabularBatch, config: TabularGrpoConfig): number {
	const { logits } = policy;
	let clipped = 0;
	for (let step = 0; step < config.innerSteps; step++) {
		const { gradient, clipFraction } = tabularSurrogate(logits, batch, config);
		clipped += clipFraction / config.innerSteps;
		let squares = 0;
		for (let o = 0; o < gradient.length; o++) squares += gradient[o] * gradient[o];
		if (!Number.isFinite(squares)) {
			throw new RangeError(
				`tabularGrpo: learningRate must be small enough not to overflow, got ${config.learningRate}`
			);
		}
		const shortened = Math.min(1, config.maxGradNorm / Math.sqrt(squares));
		// adamStep descends.
		for (let o = 0; o < gradient.length; o++) gradient[o] *= -shortened;
		if (config.optimizer === 'adam') adamStep(adam, logits, gradient, config.learningRate);
		else for (let o = 0; o < logits.length; o++) logits[o] -= config.learningRate * gradient[o];
	}
	return clipped;
}

function zeroSignalFraction(advantages: readonly number[], numGenerations: number): number {
	let silent = 0;
	for (let start = 0; start < advantages.length; start += numGenerations) {
		const group = advantages.slice(start, start + numGenerations);
		if (group.every((advantage) => advantage === 0)) silent++;
	}
	return (silent * numGenerations) / advantages.length;
}

function extend(
	history: TabularGrpoHistory | undefined,
	prompts: readonly Prompt[],
	zeroSignal: number,
	clipFraction: number
): TabularGrpoHistory {
	const readings = prompts.map(({ policy }) => readPolicy(policy));
	const mean = (values: number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
	const kl = prompts.map(({ policy, reference }) => exactKl(softmax(policy.logits), reference));
	const before = history?.iteration.length ?? 0;
	return {
		iteration: [...(history?.iteration ?? []), before],
		successRate: [...(history?.successRate ?? []), mean(readings.map((r) => r.successRate))],
		klToReference: [...(history?.klToReference ?? []), mean(kl)],
		entropy: [...(history?.entropy ?? []), mean(readings.map((r) => r.entropy))],
		rightEntropy: [...(history?.rightEntropy ?? []), mean(readings.map((r) => r.rightEntropy))],
		zeroSignalFraction: [...(history?.zeroSignalFraction ?? []), zeroSignal],
		clipFraction: [...(history?.clipFraction ?? []), clipFraction],
		promptSuccessRates: readings.map((reading, i) => [
			...(history?.promptSuccessRates[i] ?? []),
			reading.successRate
		])
	};
}
