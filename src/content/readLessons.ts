import { ContentError } from './contentError.js';
import { parseFrontMatter, type FrontMatter } from './frontMatter';
import { isPrimer } from './isPrimer.js';
import type { Paper } from './paperSchema';
import { TRACK_NAMES, type Track } from './tracks';

export interface Lesson extends FrontMatter {
	/** In the address: the folder's name without its number. */
	slug: string;
	number: number;
	track: Track;
	/** From the root, for messages and for the import of the text. */
	file: string;
	/** The paper's record; a primer has none. */
	record?: Paper;
}

/**
 * Lessons and primers in reading order: by track, then by place in the track.
 * @param texts Markdown by path from the root, such as content/primers/03-policy-gradients/lesson.md
 * @throws {ContentError} with the file and what to do
 */
export function readLessons(
	texts: Readonly<Record<string, string>>,
	papers: readonly Paper[]
): readonly Lesson[] {
	const lessons = Object.entries(texts)
		.map(([file, markdown]) => readLesson(file, markdown, papers))
		.sort(
			(a, b) =>
				TRACK_NAMES.indexOf(a.track) - TRACK_NAMES.indexOf(b.track) || placeOf(a) - placeOf(b)
		);
	for (const lesson of lessons) checkLinks(lesson, texts[lesson.file], lessons, papers);
	return lessons;
}

function readLesson(file: string, markdown: string, papers: readonly Paper[]): Lesson {
	const folder = /^content\/(?:primers\/)?(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)\//.exec(file);
	if (!folder) {
		throw new ContentError(file, undefined, 'the folder’s name will not do.', 'Name it NN-slug.');
	}
	const matter = parseFrontMatter(file, markdown);
	const [, number, slug] = folder;
	const record = papers.find((paper) => paper.slug === slug);
	const place = { slug, number: Number(number), file };
	if (isPrimer(file)) {
		if (record) {
			throw new ContentError(
				file,
				undefined,
				`the slug “${slug}” is that of paper ${record.number}.`,
				'Give the primer’s folder another.'
			);
		}
		return { ...matter, ...place, track: 'foundations' };
	}
	if (!record || record.number !== place.number || matter.paper !== `${number}-${slug}`) {
		throw new ContentError(
			file,
			lineOf(markdown, 'paper'),
			`the paper “${matter.paper}” is not the folder’s.`,
			`Name the record seeds/${number}-${slug}.yaml.`
		);
	}
	return { ...matter, ...place, track: record.track, record };
}

/** Place in the track. */
function placeOf({ number, record }: Lesson): number {
	return record?.order ?? number;
}

/** What a lesson names must exist, and what is to be read before must stand before. */
function checkLinks(
	lesson: Lesson,
	markdown: string,
	lessons: readonly Lesson[],
	papers: readonly Paper[]
): void {
	for (const field of ['prerequisites', 'related'] as const) {
		for (const slug of lesson[field]) {
			const place = lessons.findIndex((other) => other.slug === slug);
			if (place < 0 && !papers.some((paper) => paper.slug === slug)) {
				throw new ContentError(
					lesson.file,
					lineOf(markdown, field, slug),
					`${field}: there is no lesson, primer or paper “${slug}”.`,
					'Use slugs of content/, content/primers/ or seeds/.'
				);
			}
			if (field === 'prerequisites' && place >= lessons.indexOf(lesson)) {
				throw new ContentError(
					lesson.file,
					lineOf(markdown, field, slug),
					`prerequisites: “${slug}” does not stand before this lesson in reading order.`,
					'List it under related.'
				);
			}
		}
	}
}

/** Line of a field, or of the first entry from there on that holds the words. */
function lineOf(markdown: string, field: string, words = ''): number {
	const lines = markdown.split('\n');
	const start = lines.findIndex((line) => line.startsWith(`${field}:`));
	return lines.findIndex((line, at) => at >= start && line.includes(words)) + 1;
}
