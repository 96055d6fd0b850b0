import type { Entries } from './variant';

/** One step of a class list: a figure, and what its own page's address says. */
export interface Step {
	figure: string;
	entries: Entries;
}

/** Several variants in the order of a class, under the instructor's words. */
export interface ClassList {
	title: string;
	words: string;
	steps: readonly Step[];
}

export const EMPTY_CLASS: ClassList = { title: '', words: '', steps: [] };

export const MOST_STEPS = 30;
export const LONGEST_TITLE = 120;
export const LONGEST_WORDS = 1200;

/** Characters that are seen nowhere and would break a line of text. */
const UNSEEN = /[^\P{Cc}\t\n]/gu;

/** Which page may talk to a figure; in a class it is the page of the class. */
const OF_THE_PAGE = 'host';

const text = (given: string, longest: number) =>
	given.replace(UNSEEN, '').slice(0, longest).toWellFormed();

/**
 * Reads the entries of a class link: its title and words, then from each `figure` on what that
 * figure's address says. What the entries of a step mean is for the figure's own page to check.
 */
export function readClass(
	entries: Iterable<readonly [string, string]>,
	isFigure: (name: string) => boolean
): { list: ClassList; notices: string[] } {
	const notices: string[] = [];
	const steps: { figure: string; entries: [string, string][] }[] = [];
	const unknown: string[] = [];
	let title = '';
	let words = '';
	for (const [name, value] of entries) {
		const step = steps.at(-1);
		if (name === 'figure') steps.push({ figure: value, entries: [] });
		else if (step) step.entries.push([name, value]);
		else if (name === 'title') title = text(value, LONGEST_TITLE);
		else if (name === 'words') words = text(value, LONGEST_WORDS);
		else unknown.push(name);
	}
	for (const step of steps) step.entries = step.entries.filter(([name]) => name !== OF_THE_PAGE);
	const known = steps.filter(({ figure }) => isFigure(figure));
	if (known.length < steps.length) {
		const missing = steps.length - known.length;
		notices.push(
			missing === 1
				? 'One figure of this link does not exist here and was left out.'
				: `${missing} figures of this link do not exist here and were left out.`
		);
	}
	if (known.length > MOST_STEPS) {
		notices.push(`A class has at most ${MOST_STEPS} figures; the first ${MOST_STEPS} are shown.`);
	}
	if (unknown.length > 0)
		notices.push('Some settings of this link are not known and were ignored.');
	return { list: { title, words, steps: known.slice(0, MOST_STEPS) }, notices };
}

/** The inverse of `readClass`. */
export function writeClass({ title, words, steps }: ClassList): Entries {
	return [
		...(title ? [['title', title] as const] : []),
		...(words ? [['words', words] as const] : []),
		...steps.flatMap(({ figure, entries }) => [['figure', figure] as const, ...entries])
	];
}
