/** What the last answer to a question was, and how many there were. */
export interface Answer {
	given: string;
	/** Undefined where nobody has said which answer is right. */
	right: boolean | undefined;
	tries: number;
}

/** What is kept of a reader's work from one visit to the next. */
export interface Work {
	/** By question, "widget/question". */
	answers: ReadonlyMap<string, Answer>;
	/** The settings of each figure that was changed, by its id, the one changed last at the end. */
	figures: ReadonlyMap<string, Readonly<Record<string, string>>>;
	/** Sections that were seen, by the ids of their headings. */
	seen: ReadonlySet<string>;
	/** The heading that was last read under. */
	at?: string;
}

export const NO_WORK: Work = { answers: new Map(), figures: new Map(), seen: new Set() };

/** A question of the course. */
export interface Asked {
	id: string;
	/** Its words. */
	ask: string;
	/** False where no answer is right or wrong. */
	judged: boolean;
}

/** What counts in a course: its questions, and its sections where it asks none. */
export interface Outline {
	questions: readonly Asked[];
	/** Ids of the headings. */
	sections: readonly string[];
}

/** What a learning platform is told when something was done. */
export interface Report {
	work: Work;
	standing: Standing;
}

export interface Standing {
	answered: number;
	right: number;
	/** Questions with a right answer. */
	judged: number;
	/** From 0 to 1: questions answered, or sections seen where there are no questions. */
	progress: number;
	done: boolean;
	/** From 0 to 1: the share of questions whose last answer is right; undefined where none is judged. */
	score: number | undefined;
}

/** Where the reader stands: done once every question is answered, whether rightly or not. */
export function standingOf({ questions, sections }: Outline, { answers, seen }: Work): Standing {
	const judged = questions.filter((question) => question.judged);
	const right = judged.filter(({ id }) => answers.get(id)?.right).length;
	const answered = questions.filter(({ id }) => answers.has(id)).length;
	const [count, of] =
		questions.length > 0
			? [answered, questions.length]
			: [sections.filter((id) => seen.has(id)).length, sections.length];
	return {
		answered,
		right,
		judged: judged.length,
		progress: of === 0 ? 1 : count / of,
		done: count === of,
		score: judged.length === 0 ? undefined : right / judged.length
	};
}

/** Parts of a report: how far the reader has come and with what score; and the work itself. */
export type Part = 'result' | 'work';

export function missingParts(taken: Readonly<Record<Part, boolean>>): Part[] {
	return (['result', 'work'] as const).filter((part) => !taken[part]);
}

/** A learning platform that has opened the course. It may fail at any call, and throws nothing. */
export interface Platform {
	/** What the last visit left here, from `writeWork`; empty at the first. */
	readonly kept: string;
	/** False where the course is only looked through or reviewed: then nothing is reported. */
	readonly records: boolean;
	/** Tells one learner from another on a shared computer. */
	readonly learner: string;
	/** Where the reader goes when the course is left. */
	readonly leaveTo?: string;
	/** Takes note of one answer; it goes out with the next report. */
	answered(question: Asked, answer: Answer): void;
	/** What the platform did not take of it. */
	report(report: Report): Promise<readonly Part[]>;
	/** The same for a page that is going away: it cannot wait, and nothing follows. */
	leave(report: Report): void;
}
