import type { Answer, Work } from './course';

export function withAnswer(work: Work, id: string, answer: Answer): Work {
	return { ...work, answers: new Map(work.answers).set(id, answer) };
}

/** The figure moves to the end, as the one changed last; without settings nothing is kept of it. */
export function withFigure(
	work: Work,
	id: string,
	settings: Readonly<Record<string, string>> | undefined
): Work {
	const figures = new Map(work.figures);
	figures.delete(id);
	if (settings) figures.set(id, settings);
	return { ...work, figures };
}

export function withSeen(work: Work, heading: string): Work {
	return { ...work, seen: new Set(work.seen).add(heading) };
}
