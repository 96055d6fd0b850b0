import { AnswerStore } from './kept/answerStore';
import { ANSWERS_KEY } from './kept/answersKey';
import { tell } from './kept/tell';

export const answerStore = new AnswerStore(() => localStorage, tell);

/** What the reader answered, kept in this browser, for the figures of a lesson. */
export function memoryOf(lesson: string) {
	return {
		read: (question: string) => answerStore.read()[`${lesson}/${question}`]?.given,
		write(question: string, given: string, right: boolean | undefined) {
			answerStore.change((answers) => ({
				...answers,
				[`${lesson}/${question}`]: { given, right }
			}));
			showProgress();
		}
	};
}

/** Says beside each lesson how many of its questions have been answered. */
export function showProgress(): void {
	const all = Object.entries(answerStore.read());
	for (const place of document.querySelectorAll<HTMLElement>('[data-progress]')) {
		const own = all.filter(([question]) => question.startsWith(`${place.dataset.progress}/`));
		const right = own.filter(([, { right }]) => right).length;
		place.hidden = own.length === 0;
		place.textContent =
			own.length === 1
				? `You have answered 1 question here, ${right ? 'rightly' : 'not yet rightly'}.`
				: `You have answered ${own.length} questions here, ${right} of them right.`;
	}
}

/** Shows the progress, also when another page adds to it or this one is come back to. */
export function followProgress(): void {
	showProgress();
	addEventListener('storage', ({ key }) => {
		if (key === ANSWERS_KEY || key === null) showProgress();
	});
	addEventListener('pageshow', ({ persisted }) => {
		if (persisted) showProgress();
	});
}
