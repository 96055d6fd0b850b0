const KEY = 'rollout.answers';

export interface Answered {
	given: string;
	right: boolean;
}

export type Answers = Readonly<Record<string, Answered>>;

/** Answers from storage; what is not of the form written here is left out. */
export function parseAnswers(text: string | null): Answers {
	let stored: unknown;
	try {
		stored = JSON.parse(text ?? '{}');
	} catch {
		return {};
	}
	if (typeof stored !== 'object' || stored === null) return {};
	return Object.fromEntries(Object.entries(stored).filter(([, entry]) => isAnswered(entry)));
}

function isAnswered(entry: unknown): entry is Answered {
	return (
		typeof entry === 'object' &&
		entry !== null &&
		'given' in entry &&
		typeof entry.given === 'string' &&
		'right' in entry &&
		typeof entry.right === 'boolean'
	);
}

let answers: Answers | undefined;

function read(): Answers {
	if (!answers) {
		try {
			answers = parseAnswers(localStorage.getItem(KEY));
		} catch {
			answers = {};
		}
	}
	return answers;
}

function write(question: string, answered: Answered): void {
	answers = { ...read(), [question]: answered };
	try {
		localStorage.setItem(KEY, JSON.stringify(answers));
	} catch {
		// Storage is refused: the answers last as long as the page.
	}
	showProgress();
}

/** What the reader answered, kept in this browser, for the figures of a lesson. */
export function memoryOf(lesson: string) {
	return {
		read: (question: string) => read()[`${lesson}/${question}`]?.given,
		write: (question: string, given: string, right: boolean) =>
			write(`${lesson}/${question}`, { given, right })
	};
}

/** Says beside each lesson how many of its questions have been answered. */
export function showProgress(): void {
	const all = Object.entries(read());
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
