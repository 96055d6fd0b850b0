export interface Answered {
	given: string;
	/** Absent where nobody has said which answer is right. */
	right?: boolean;
}

/** By question: "lesson/widget/question"; an instructor's own question is named by its words. */
export type Answers = Readonly<Record<string, Answered>>;

/** Of the form in storage and in the progress file. */
export const VERSION = 1;

/** Characters. All answers of the site are a tenth of it, so a longer text is something else. */
export const LONGEST = 500_000;

const QUESTION = /^[\w-]+\/[\w-]+\/[^]{1,1000}$/;
const LONGEST_ANSWER = 2000;

export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAnswer([question, entry]: [string, unknown]): boolean {
	return (
		QUESTION.test(question) &&
		isRecord(entry) &&
		typeof entry.given === 'string' &&
		entry.given.length <= LONGEST_ANSWER &&
		['boolean', 'undefined'].includes(typeof entry.right)
	);
}

/** The entries that are answers; `left` are those that are not. */
export function pickAnswers(entries: Record<string, unknown>): {
	answers: Answers;
	left: readonly string[];
} {
	const all = Object.entries(entries);
	const good = all.filter(isAnswer) as [string, Answered][];
	return {
		answers: Object.fromEntries(good.map(([name, { given, right }]) => [name, { given, right }])),
		left: all.filter((entry) => !isAnswer(entry)).map(([name]) => name)
	};
}

/**
 * Answers from storage: {"version":1,"answers":{…}}, or the answers alone as the first version of
 * the site wrote them. Not `whole` where something in the text is not of this form.
 */
export function parseAnswers(text: string): { answers: Answers; whole: boolean } {
	try {
		const stored: unknown = text.length > LONGEST ? undefined : JSON.parse(text);
		if (isRecord(stored)) {
			const { version, answers: entries } =
				'version' in stored ? stored : { version: VERSION, answers: stored };
			if (version === VERSION && isRecord(entries)) {
				const { answers, left } = pickAnswers(entries);
				return { answers, whole: left.length === 0 };
			}
		}
	} catch {
		// Not JSON: not ours.
	}
	return { answers: {}, whole: false };
}

export function printAnswers(answers: Answers): string {
	return JSON.stringify({ version: VERSION, answers });
}
