import type { Question, Result, Schema } from '$widgets/contract';
import type { Figure } from './lessonContext';

/** A question that covers a figure, under the code by which handout and answer key call it. */
export interface Prediction {
	code: string;
	figure: Figure;
	id: string;
	question: Question<Schema, Result>;
}

/** The predictions of a lesson, in the order of its figures: P1, P2, … */
export function predictions(figures: readonly Figure[]): Prediction[] {
	return figures
		.filter(({ predict }) => predict !== undefined)
		.map((figure, i) => {
			const id = figure.predict!;
			return { code: `P${i + 1}`, figure, id, question: figure.spec.questions[id] };
		});
}
