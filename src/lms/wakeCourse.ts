import { mount, untrack } from 'svelte';
import { decodeState, encodeState, sameState, startState } from '$player/figureState';
import type { AnswerMemory } from '$player/playerProps';
import { settle } from '$player/settle';
import type { Place } from '$player/wakeFigure';
import type { Result, Schema, Spec } from '$widgets/contract';
import CourseBar from './CourseBar.svelte';
import CourseQuestions from './CourseQuestions.svelte';
import { openPlatform, STANDARDS } from './openPlatform';
import { outlineOfFigure, outlineOfLesson, placeOfQuestion, settingsIn } from './outline';
import { Visit } from './visit.svelte';

/** What takes the place of the browser's storage and the address on a page that counts in a course. */
export interface Course {
	memory: AnswerMemory;
	/** The options and settings that the instructor has chosen, in the form of an address. */
	settings: string;
	placeOf(spec: Spec<Schema, Result>, figure: string): Place;
}

/** Below this many pixels from the top a heading has not been reached yet. */
const TOP = 160;
const STILL = 500;

/**
 * Opens the page as part of a course, on the learning platform that its marks in <html> name:
 * data-course (the standard), data-course-id, data-mastery, data-start. It comes back when the
 * work of earlier visits is there.
 */
export async function wakeCourse(): Promise<Course> {
	const { course, courseId = '', mastery, start = '' } = document.documentElement.dataset;
	const standard = STANDARDS.find((name) => name === course)!;
	const alone = document.querySelector<HTMLElement>('.island[data-alone]');
	const [{ outline, below }, opened] = await Promise.all([
		alone
			? outlineOfFigure(alone.dataset.widget!, start)
			: { outline: outlineOfLesson(start), below: [] },
		openPlatform(standard, mastery === undefined ? undefined : Number(mastery))
	]);
	const absence = typeof opened === 'string' ? opened : undefined;
	const platform = typeof opened === 'string' ? undefined : opened;
	const visit = new Visit(outline, platform, courseId);

	if (alone && below.length > 0) {
		const props = { widget: alone.dataset.widget!, questions: below };
		mount(CourseQuestions, { target: alone.parentElement!, anchor: alone.nextSibling!, props });
	}
	showEarlierAnswers(visit);
	if (!alone) followReading(visit);
	const { leaveTo } = platform ?? {};
	mount(CourseBar, {
		target: document.body,
		props: {
			visit,
			ongo,
			absence,
			...(leaveTo !== undefined && {
				async onleave() {
					await visit.save();
					visit.leave();
					location.assign(leaveTo);
				}
			})
		}
	});
	addEventListener('online', () => void visit.save());
	addEventListener('pagehide', () => visit.leave());
	document.addEventListener('visibilitychange', () => {
		if (document.visibilityState === 'hidden') void visit.save();
	});

	return {
		settings: start,
		memory: {
			// A figure stays covered until its reader has read the verdict.
			read: (question) => untrack(() => visit.work.answers.get(question)?.given),
			write: (question, given, right) => visit.answer(question, given, right)
		},
		placeOf(spec, figure) {
			const island = document.querySelector<HTMLElement>(`[data-figure="${CSS.escape(figure)}"]`);
			const { predict, preset } = island?.dataset ?? {};
			const chosen = settingsIn(start, alone ? undefined : figure);
			const drawn = chosen ? decodeState(spec, chosen).state : startState(spec, preset);
			// A figure in a state of the reader's own would not ask its question any more.
			const asksFirst = predict !== undefined && !chosen;
			const isOpen = !asksFirst || visit.work.answers.has(`${spec.name}/${predict}`);
			return {
				settings: (isOpen && visit.work.figures.get(figure)) || (!alone && chosen) || {},
				keep(state) {
					const isDrawn = sameState(state, drawn);
					visit.keepFigure(figure, isDrawn ? undefined : encodeState(spec, state));
				}
			};
		}
	};
}

/** The place itself takes the focus, as what is in it may still have to wake. */
function ongo(question: string): void {
	const place = placeOfQuestion(question);
	if (!place) return;
	(place.querySelector('.cover') ?? place).scrollIntoView();
	place.tabIndex = -1;
	place.focus({ preventScroll: true });
}

function showEarlierAnswers({ work }: Visit): void {
	for (const place of document.querySelectorAll<HTMLElement>('.question')) {
		const { widget, question } = place.dataset;
		const answer = work.answers.get(`${widget}/${question}`);
		if (!answer) continue;
		const note = document.createElement('p');
		note.className = 'earlier';
		note.textContent = `Your answer on an earlier visit: ${answer.given} (${answer.right ? 'right' : 'not right'}).`;
		place.append(note);
	}
}

/** Goes on where the last visit stopped, and keeps note of what is read. */
function followReading(visit: Visit): void {
	const headings = [...document.querySelectorAll<HTMLElement>('.prose :is(h2, h3)[id]')];
	const { at } = visit.work;
	if (at !== undefined && !location.hash) document.getElementById(at)?.scrollIntoView();
	const looking = settle(STILL, () => {
		const reached = headings.filter((heading) => heading.getBoundingClientRect().top < TOP).at(-1);
		if (reached) visit.readAt(reached.id);
	});
	addEventListener('scroll', () => looking.touch(), { passive: true });
	const seeing = new IntersectionObserver((entries) => {
		for (const { isIntersecting, target } of entries) if (isIntersecting) visit.see(target.id);
	});
	for (const heading of headings) if (heading.tagName === 'H2') seeing.observe(heading);
}
