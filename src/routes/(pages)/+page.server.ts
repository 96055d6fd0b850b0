import { lessonBySlug } from '$content/lessons.server';
import { papers } from '$content/papers.server';
import { shortAuthors } from '$content/shortAuthors';
import { TRACKS } from '$site/tracks';

type Track = keyof typeof TRACKS;

export const load = () => ({
	tracks: (Object.keys(TRACKS) as Track[]).map((track) => ({
		...TRACKS[track],
		papers: papers
			.filter((paper) => paper.track === track)
			.sort((a, b) => a.order - b.order)
			.map(({ number, slug, title, authors, year, idea, arxiv }) => {
				const lesson = lessonBySlug(slug);
				return {
					number,
					slug,
					title,
					cited: `${shortAuthors(authors)}, ${year}`,
					idea,
					arxiv,
					lesson: lesson && { title: lesson.title, minutes: lesson.minutes }
				};
			})
	}))
});
