import type { Component } from 'svelte';
import type { Figure, LayOut } from '$content/lessonContext';
import type { Paper } from '$content/paperSchema';
import type { Lesson } from '$content/readLessons';
import type { Source } from '$content/sourceSchema';
import { findWidget } from '$player/findWidget';

interface CompiledText {
	default: Component<{
		paper?: Paper;
		sources?: Readonly<Record<string, Source>>;
		part?: LayOut;
	}>;
	headings: readonly { id: string; text: string; depth: number }[];
	figures: readonly Omit<Figure, 'spec' | 'View'>[];
}

const texts = import.meta.glob<CompiledText>([
	'/content/[0-9]*/*.md',
	'/content/primers/[0-9]*/*.md'
]);

/** The text of a lesson, compiled. */
export async function lessonText(lesson: Lesson) {
	const { default: Text, headings } = await texts[`/${lesson.file}`]();
	return { Text, headings };
}

/** The figures of a lesson, each with its widget. */
export async function lessonFigures(lesson: Lesson): Promise<Figure[]> {
	const { figures } = await texts[`/${lesson.file}`]();
	return Promise.all(
		figures.map(async (figure) => ({ ...figure, ...(await findWidget(figure.name))! }))
	);
}

/** The teaching notes of a lesson. */
export async function teachingNotes(lesson: Lesson) {
	const file = lesson.file.replace(/lesson\.md$/, 'teach.md');
	const read = texts[`/${file}`];
	if (!read) throw new Error(`${file} is missing: write the teaching notes of this lesson.`);
	return (await read()).default;
}
