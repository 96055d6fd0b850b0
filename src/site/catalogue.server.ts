import { lessons } from '$content/lessons.server';
import type { Catalogue, CatalogueFigure } from '$make/catalogue';
import { findWidget, widgetNames } from '$player/findWidget';

type Placed = Omit<CatalogueFigure, 'title'>;

const placed = import.meta.glob<readonly Placed[]>(
	['/content/[0-9]*/lesson.md', '/content/primers/[0-9]*/lesson.md'],
	{ import: 'figures' }
);

const titleOf = async (name: string) => (await findWidget(name))!.spec.title;

/** Every lesson with its figures, and the figures of none. */
export async function readCatalogue(): Promise<Catalogue> {
	const all = await Promise.all(
		lessons.map(async ({ slug, title, file }) => {
			const figures = await placed[`/${file}`]();
			return {
				slug,
				title,
				figures: await Promise.all(
					figures.map(async ({ name, id, number, preset }) => ({
						name,
						title: await titleOf(name),
						id,
						number,
						preset
					}))
				)
			};
		})
	);
	const inLessons = new Set(all.flatMap(({ figures }) => figures.map(({ name }) => name)));
	const alone = widgetNames().filter((name) => !inLessons.has(name));
	const others = await Promise.all(
		alone.map(async (name) => ({ name, title: await titleOf(name) }))
	);
	return { lessons: all, others };
}
