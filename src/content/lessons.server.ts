import { ContentError } from './contentError.js';
import { parseFrontMatter, type FrontMatter } from './frontMatter';
import { paperBySlug, papers } from './papers.server';
import type { Paper } from './paperSchema';

export interface Lesson extends FrontMatter {
	/** In the address: the folder's name without its number. */
	slug: string;
	number: number;
	/** From the root, for messages and for the import of the text. */
	file: string;
	record: Paper;
}

const sources = import.meta.glob<string>('/content/[0-9]*/lesson.md', {
	query: '?raw',
	import: 'default',
	eager: true
});

const TRACKS = ['reasoning', 'preferences', 'search', 'agents'] as const;

function readLesson(path: string, markdown: string): Lesson {
	const file = path.slice(1);
	const folder = /content\/(\d\d)-([a-z0-9-]+)\//.exec(file);
	if (!folder) {
		throw new ContentError(file, undefined, 'the folder’s name will not do.', 'Name it NN-slug.');
	}
	const matter = parseFrontMatter(file, markdown);
	const record = paperBySlug(matter.paper);
	const [, number, slug] = folder;
	if (!record || record.number !== Number(number) || record.slug !== slug) {
		throw new ContentError(
			file,
			undefined,
			`the paper “${matter.paper}” is not the folder’s.`,
			`Name the record seeds/${number}-${slug}.yaml.`
		);
	}
	return { ...matter, slug, number: Number(number), file, record };
}

/** All lessons in reading order: by track, then by place in the track. */
export const lessons: readonly Lesson[] = Object.entries(sources)
	.map(([path, markdown]) => readLesson(path, markdown))
	.sort(
		(a, b) =>
			TRACKS.indexOf(a.record.track) - TRACKS.indexOf(b.record.track) ||
			a.record.order - b.record.order
	);

for (const lesson of lessons) {
	for (const slug of [...lesson.prerequisites, ...lesson.related]) {
		if (!papers.some((paper) => paper.slug === slug)) {
			throw new ContentError(
				lesson.file,
				undefined,
				`there is no lesson or paper “${slug}”.`,
				'Use slugs of content/ or seeds/.'
			);
		}
	}
}

export function lessonBySlug(slug: string): Lesson | undefined {
	return lessons.find((lesson) => lesson.slug === slug);
}
