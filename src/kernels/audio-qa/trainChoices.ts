import { categorical } from '../core/categorical';
import { dot } from '../core/dot';
import { shuffle } from '../core/shuffle';
import { softmax } from '../core/softmax';
import type { Stream } from '../core/stream';
import { softmaxGradient } from '../policy-gradient/softmaxGradient';
import { groupAdvantages } from '../rl/groupAdvantages';
import type { ChoiceQuestion } from './choiceQuestions';

export type Trainer = 'sft' | 'grpo';

export interface ChoiceTraining {
	trainer: Trainer;
	/** Weights of the features at the start. */
	start: ArrayLike<number>;
	/** At the first update; it falls to 0 in equal steps. */
	learningRate: number;
	updates: number;
	/** Questions an update. */
	batch: number;
	/** Answers sampled to a question, for GRPO. */
	numGenerations: number;
}

/** Probabilities of the options: softmax of w · φ(option). */
export function chooseAmong(weights: Float64Array, { features }: ChoiceQuestion): Float64Array {
	return softmax(features.map((row) => dot(row, weights)));
}

/** Adds scale · Φᵀ slopes: what the slopes in the logits are in the weights. */
function addSlopes(
	target: Float64Array,
	{ features }: ChoiceQuestion,
	slopes: ArrayLike<number>,
	scale: number
): void {
	features.forEach((row, option) => {
		for (let j = 0; j < row.length; j++) target[j] += scale * slopes[option] * row[j];
	});
}

/**
 * What to add to each option's log-probability for one question.
 *
 *     SFT     1 at the key
 *     GRPO    (1/G) Σ_i A_i at the options drawn, with reward 1 for the key and A_i of GRPO
 */
export function choiceCoefficients(
	probabilities: Float64Array,
	key: number,
	{ trainer, numGenerations }: Pick<ChoiceTraining, 'trainer' | 'numGenerations'>,
	stream: Stream
): Float64Array {
	const coefficients = new Float64Array(probabilities.length);
	if (trainer === 'sft') {
		coefficients[key] = 1;
		return coefficients;
	}
	const answers = Array.from({ length: numGenerations }, () => categorical(stream, probabilities));
	const { advantages } = groupAdvantages(answers.map((answer) => Number(answer === key)));
	answers.forEach((answer, i) => (coefficients[answer] += advantages[i] / numGenerations));
	return coefficients;
}

/**
 * Trains a log-linear policy over multiple-choice questions, by fine-tuning on the key or by GRPO with
 * the key as rule. Yields the weights before each update and after the last. The questions are shuffled
 * before each pass, in an order that hangs on the stream's seed alone: with the same stream both trainers
 * see the same questions, and GRPO draws G answers to each on top.
 *
 * Cost: O(updates · batch · options · features), GRPO + G. Throws RangeError for no questions.
 */
export function* trainChoices(
	questions: readonly ChoiceQuestion[],
	options: ChoiceTraining,
	stream: Stream
): Generator<Float64Array, void> {
	if (questions.length === 0) throw new RangeError('trainChoices: there must be a question');
	const { learningRate, updates, batch } = options;
	const weights = Float64Array.from(options.start);
	const order = stream.split('order');
	const answers = stream.split('answers');
	let left: ChoiceQuestion[] = [];
	for (let update = 0; update < updates; update++) {
		yield weights.slice();
		const step = new Float64Array(weights.length);
		for (let i = 0; i < batch; i++) {
			if (left.length === 0) left = shuffle(order, questions);
			const question = left.pop()!;
			const probabilities = chooseAmong(weights, question);
			const coefficients = choiceCoefficients(probabilities, question.key, options, answers);
			addSlopes(step, question, softmaxGradient(probabilities, coefficients), 1 / batch);
		}
		const rate = learningRate * (1 - update / updates);
		for (let j = 0; j < weights.length; j++) weights[j] += rate * step[j];
	}
	yield weights.slice();
}
