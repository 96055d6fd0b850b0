import { getContext } from 'svelte';

/** What stands between thousands, and before a fraction. */
export interface Marks {
	group: string;
	decimal: string;
}

export const ENGLISH: Marks = { group: ',', decimal: '.' };

/** The marks of a language, by its tag. */
export function marksOf(language: string): Marks {
	const parts = new Intl.NumberFormat(language, { useGrouping: 'always' } as never).formatToParts(
		1234567.8
	);
	const of = (type: string) => parts.find((part) => part.type === type)?.value;
	return { group: of('group') ?? '', decimal: of('decimal') ?? '.' };
}

const KEY = Symbol('marks');

/** The context of a component whose number boxes write as a language does. */
export function contextOf(language: string | undefined): Map<unknown, unknown> {
	return new Map(language === undefined ? [] : [[KEY, marksOf(language)]]);
}

export function getMarks(): Marks {
	return getContext<Marks | undefined>(KEY) ?? ENGLISH;
}
