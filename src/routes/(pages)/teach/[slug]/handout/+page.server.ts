import { worksheetWidgets } from '$content/worksheet.server';
import { lessonAt, lessonEntries } from '$site/lessonPage.server';
import type { PageServerLoad } from './$types';

export const entries = lessonEntries;

export const load: PageServerLoad = ({ params }) => {
	const lesson = lessonAt(params.slug);
	return { lesson, used: worksheetWidgets(lesson) };
};
