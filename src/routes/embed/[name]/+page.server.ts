import { lessons } from '$content/lessons.server';
import { findWidget } from '$player/findWidget';
import type { PageServerLoad } from './$types';

/** The lesson that a figure belongs to: a paper's has a number before its slug. */
export const load: PageServerLoad = async ({ params: { name } }) => {
	const paper = (await findWidget(name))?.spec.paper.replace(/^\d+-/, '');
	const lesson = lessons.find(({ slug }) => slug === paper);
	return { lesson: lesson && { slug: lesson.slug, title: lesson.title } };
};
