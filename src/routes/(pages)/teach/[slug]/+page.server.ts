import { error } from '@sveltejs/kit';
import { lessonBySlug, lessons } from '$content/lessons.server';
import type { EntryGenerator, PageServerLoad } from './$types';

export const entries: EntryGenerator = () => lessons.map(({ slug }) => ({ slug }));

export const load: PageServerLoad = ({ params }) => {
	const lesson = lessonBySlug(params.slug);
	if (!lesson) error(404, `There is no lesson “${params.slug}”.`);
	return { lesson };
};
