import { lessonFigures, teachingNotes } from '$site/lessonText';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data: { lesson, used } }) => {
	const figures = await lessonFigures(lesson);
	const drawn = figures.filter(({ name }) => used.includes(name));
	return {
		lesson,
		figures,
		drawn: drawn.length > 0 ? drawn : figures,
		Text: await teachingNotes(lesson)
	};
};
