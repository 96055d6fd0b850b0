import { lessons } from '$content/lessons.server';
import { TRACK_NAMES, TRACKS } from '$content/tracks';

export const load = () => ({
	tracks: TRACK_NAMES.map((track) => ({
		title: TRACKS[track].title,
		lessons: lessons
			.filter((lesson) => lesson.track === track)
			.map(({ slug, title, summary, minutes }) => ({ slug, title, summary, minutes }))
	})).filter((track) => track.lessons.length > 0)
});
