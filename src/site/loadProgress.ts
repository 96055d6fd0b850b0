import { ANSWERS_KEY } from './kept/answersKey';

let loading: Promise<typeof import('./progress')> | undefined;

/** What the reader has answered; from the first call on the page shows it, and what is added to it. */
export function loadProgress(): Promise<typeof import('./progress')> {
	loading ??= import('./progress').then((progress) => {
		progress.followProgress();
		return progress;
	});
	return loading;
}

function hasAnswers(): boolean {
	try {
		return localStorage.getItem(ANSWERS_KEY) !== null;
	} catch {
		return false;
	}
}

/** Shows the progress where there is any: a first visit loads nothing for it. */
export function watchProgress(): void {
	if (hasAnswers()) void loadProgress();
	addEventListener('storage', ({ key }) => {
		if (key === ANSWERS_KEY) void loadProgress();
	});
}
