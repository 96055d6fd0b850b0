import { lessonBySlug, lessons } from '$content/lessons.server';
import type { Paper } from '$content/paperSchema';
import { papers } from '$content/papers.server';
import type { Lesson } from '$content/readLessons';
import { shortAuthors } from '$content/shortAuthors';
import { TRACK_NAMES, TRACKS, type Track } from '$content/tracks';

/** One line of the map: a primer, or a paper with or without its lesson. */
export interface MapEntry {
	number: number;
	slug: string;
	/** What it is about: the paper's one idea, or the primer in a sentence. */
	about: string;
	paper?: { title: string; cited: string; arxiv: string };
	lesson?: { title: string; minutes: number };
}

export const load = () => ({
	tracks: TRACK_NAMES.map((track) => ({ name: track, ...TRACKS[track], entries: entriesOf(track) }))
});

function entriesOf(track: Track): MapEntry[] {
	if (track === 'foundations') return lessons.filter((lesson) => !lesson.record).map(primerEntry);
	return papers
		.filter((paper) => paper.track === track)
		.sort((a, b) => a.order - b.order)
		.map(paperEntry);
}

function primerEntry({ number, slug, summary, title, minutes }: Lesson): MapEntry {
	return { number, slug, about: summary, lesson: { title, minutes } };
}

function paperEntry({ number, slug, title, authors, year, idea, arxiv }: Paper): MapEntry {
	const lesson = lessonBySlug(slug);
	return {
		number,
		slug,
		about: idea,
		paper: { title, cited: `${shortAuthors(authors)}, ${year}`, arxiv },
		lesson: lesson && { title: lesson.title, minutes: lesson.minutes }
	};
}
