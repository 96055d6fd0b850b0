import { lessonText } from '$site/lessonText';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ data }) => ({ ...data, ...(await lessonText(data.lesson)) });
