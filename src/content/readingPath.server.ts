import { lessonBySlug, lessons } from './lessons.server';
import { papers } from './papers.server';
import type { Lesson } from './readLessons';

/** A lesson, or a paper that has none yet. */
export interface Stop {
	title: string;
	/** Of the lesson. */
	slug?: string;
	/** Of the paper without a lesson. */
	arxiv?: string;
}

/** Where a lesson stands among the others, from their front matter. */
export function readingPath(lesson: Lesson) {
	const at = lessons.indexOf(lesson);
	/** The lessons that ask for this one. */
	const after = lessons.filter(({ prerequisites }) => prerequisites.includes(lesson.slug));
	const named = [...lesson.prerequisites, ...after.map(({ slug }) => slug)];
	return {
		previous: at > 0 ? lessons[at - 1] : undefined,
		next: at + 1 < lessons.length ? lessons[at + 1] : undefined,
		before: lesson.prerequisites.map(stopAt),
		after: after.map(({ title, slug }): Stop => ({ title, slug })),
		related: lesson.related.filter((slug) => !named.includes(slug)).map(stopAt)
	};
}

export type ReadingPath = ReturnType<typeof readingPath>;

function stopAt(slug: string): Stop {
	const lesson = lessonBySlug(slug);
	if (lesson) return { title: lesson.title, slug };
	const { title, arxiv } = papers.find((paper) => paper.slug === slug)!;
	return { title, arxiv };
}
