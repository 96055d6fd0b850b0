import type { Trouble } from './answerStore';

const told = new Set<Trouble>();

/** Tells the reader of each trouble once; the words are loaded when they are needed. */
export function tell(trouble: Trouble): void {
	if (told.has(trouble)) return;
	told.add(trouble);
	void import('./tellReader').then(({ tellReader }) => tellReader(trouble));
}
