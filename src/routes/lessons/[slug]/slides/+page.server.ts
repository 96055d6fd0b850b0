import { lessonAt, lessonEntries } from '$site/lessonPage.server';
import type { PageServerLoad } from './$types';

export const entries = lessonEntries;

export const load: PageServerLoad = ({ params }) => ({ lesson: lessonAt(params.slug) });
