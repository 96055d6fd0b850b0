import { lessons } from '$content/lessons.server';

export const load = () => ({
	titles: {
		...Object.fromEntries(lessons.map(({ slug, title }) => [slug, title])),
		home: 'Figures outside a lesson'
	}
});
