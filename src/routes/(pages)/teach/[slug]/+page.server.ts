import { figuresOf } from '$site/catalogue.server';
import { lessonAt, lessonEntries } from '$site/lessonPage.server';
import type { PageServerLoad } from './$types';

export const entries = lessonEntries;

export const load: PageServerLoad = async ({ params }) => {
	const lesson = lessonAt(params.slug);
	return { lesson, figures: await figuresOf(lesson) };
};
