import { lessons } from '$content/lessons.server';
import type { Lesson } from '$content/readLessons';
import type { Catalogue, CatalogueFigure } from '$make/catalogue';
import { findWidget, widgetNames } from '$player/findWidget';
import { lessonFigures } from './lessonText';

/** The figures of a lesson, as its text places them. */
export async function figuresOf(lesson: Lesson): Promise<CatalogueFigure[]> {
	const figures = await lessonFigures(lesson);
	return figures.map(({ name, id, number, preset, spec: { title } }) => ({
		name,
		title,
		id,
		number,
		preset
	}));
}

/** Every lesson with its figures, and the figures of none. */
export async function readCatalogue(): Promise<Catalogue> {
	const all = await Promise.all(
		lessons.map(async (lesson) => ({
			slug: lesson.slug,
			title: lesson.title,
			figures: await figuresOf(lesson)
		}))
	);
	const inLessons = new Set(all.flatMap(({ figures }) => figures.map(({ name }) => name)));
	const alone = widgetNames().filter((name) => !inLessons.has(name));
	const others = await Promise.all(
		alone.map(async (name) => ({ name, title: (await findWidget(name))!.spec.title }))
	);
	return { lessons: all, others };
}
