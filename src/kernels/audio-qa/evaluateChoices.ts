import type { ChoiceQuestion } from './choiceQuestions';
import { chooseAmong } from './trainChoices';

export interface ChoiceAccuracy {
	/** Mean probability of the right option: the accuracy of a sampled answer. */
	sampled: number;
	/** Share of questions whose most likely option is right. */
	greedy: number;
}

/**
 * How often a policy answers these questions rightly, with no sampling of answers.
 *
 * Cost: O(questions · options · features). Throws RangeError for no questions.
 */
export function evaluateChoices(
	weights: Float64Array,
	questions: readonly ChoiceQuestion[]
): ChoiceAccuracy {
	if (questions.length === 0) throw new RangeError('evaluateChoices: there must be a question');
	let sampled = 0;
	let greedy = 0;
	for (const question of questions) {
		const probabilities = chooseAmong(weights, question);
		sampled += probabilities[question.right];
		if (probabilities.indexOf(Math.max(...probabilities)) === question.right) greedy++;
	}
	return { sampled: sampled / questions.length, greedy: greedy / questions.length };
}
