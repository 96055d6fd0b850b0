import { papers } from './papers.server';
import { readLessons, type Lesson } from './readLessons';

const sources = import.meta.glob<string>(
	['/content/[0-9]*/lesson.md', '/content/primers/[0-9]*/lesson.md'],
	{ query: '?raw', import: 'default', eager: true }
);

/** All lessons in reading order, the primers first. */
export const lessons: readonly Lesson[] = readLessons(
	Object.fromEntries(Object.entries(sources).map(([path, text]) => [path.slice(1), text])),
	papers
);

export function lessonBySlug(slug: string): Lesson | undefined {
	return lessons.find((lesson) => lesson.slug === slug);
}
