import { error } from '@sveltejs/kit';
import { lessonBySlug, lessons } from '$content/lessons.server';
import type { Lesson } from '$content/readLessons';

/** One page a lesson: its text, its teaching notes. */
export const lessonEntries = () => lessons.map(({ slug }) => ({ slug }));

/** The lesson of an address; ends the request with 404 where there is none. */
export function lessonAt(slug: string): Lesson {
	const lesson = lessonBySlug(slug);
	if (!lesson) error(404, `There is no lesson “${slug}”.`);
	return lesson;
}
