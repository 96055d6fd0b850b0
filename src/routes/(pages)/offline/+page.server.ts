import { lessons } from '$content/lessons.server';

export const load = () => ({ lessons: lessons.map(({ slug, title }) => ({ slug, title })) });
