import { teachingNotes } from '$site/lessonText';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data }) => ({
	...data,
	Text: await teachingNotes(data.lesson)
});
