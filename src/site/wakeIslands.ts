import type { Course } from '$lms/wakeCourse';
import type { LiveFigure } from '$player/wakeFigure';
import { findWidget } from '$player/findWidget';
import type { AnswerMemory } from '$player/playerProps';
import { loadProgress } from './loadProgress';
import { sayCutOff } from './sayCutOff';

/** A figure wakes when it is this near the part of the page in view. */
const NEAR = '400px';

const figures = new Map<string, Promise<LiveFigure | undefined>>();

/** Set where the page counts in a course, which then keeps what the reader does. */
let course: Course | undefined;

/** Brings to life each figure and question as the reader comes near it. */
export function wakeIslands(inCourse?: Course): void {
	course = inCourse;
	const nearing = new IntersectionObserver(
		(entries) => {
			for (const { isIntersecting, target } of entries) {
				if (!isIntersecting) continue;
				nearing.unobserve(target);
				void wake(target as HTMLElement);
			}
		},
		{ rootMargin: NEAR }
	);
	for (const island of document.querySelectorAll<HTMLElement>('.island, .question')) {
		// A figure that is all of its page wakes at once: the page around it may wait to talk to it.
		if (island.dataset.alone === undefined) nearing.observe(island);
		else void wake(island);
	}

	document.addEventListener('click', async (event) => {
		const phrase = event.target instanceof Element ? event.target.closest('button.preset') : null;
		if (!(phrase instanceof HTMLElement)) return;
		const { of, presetName } = phrase.dataset;
		const target = document.querySelector<HTMLElement>(`.island[data-figure="${CSS.escape(of!)}"]`);
		if (!target) return;
		const figure = await wake(target);
		figure?.session.applyPreset(presetName!);
		target.scrollIntoView({ block: 'nearest' });
	});
}

/** Undefined for a question, and for a figure whose script does not come. */
function wake(target: HTMLElement): Promise<LiveFigure | undefined> {
	const still = (error: unknown) => {
		sayCutOff(target, error);
		return undefined;
	};
	if (target.classList.contains('question')) return wakeCheck(target).then(() => undefined, still);
	const id = target.dataset.figure!;
	let figure = figures.get(id);
	if (!figure) {
		figure = wakeOne(target).catch(still);
		figures.set(id, figure);
	}
	return figure;
}

async function memoryFor(target: HTMLElement): Promise<AnswerMemory> {
	if (course) return course.memory;
	const { memoryOf } = await loadProgress();
	if (target.dataset.alone !== undefined) return memoryOf('embed');
	return memoryOf(target.closest<HTMLElement>('[data-lesson]')?.dataset.lesson ?? 'home');
}

async function wakeOne(target: HTMLElement): Promise<LiveFigure> {
	const { widget, figure, number, preset, predict, alone, embed, code } = target.dataset;
	const id = figure!;
	const links = { embed, code: code! };
	if (alone !== undefined) {
		const [{ wakeEmbed }, found, memory] = await Promise.all([
			import('$embed/wakeEmbed'),
			findWidget(widget!),
			memoryFor(target)
		]);
		return wakeEmbed(
			target,
			{ ...found!, id, links, memory },
			course && { address: course.settings, place: course.placeOf(found!.spec, id) }
		);
	}
	const [{ wakeFigure }, { inAddress }, { followValues }, found, memory] = await Promise.all([
		import('$player/wakeFigure'),
		import('$player/inAddress'),
		import('./followValues'),
		findWidget(widget!),
		memoryFor(target)
	]);
	return wakeFigure(target, {
		...found!,
		id,
		number: number === undefined ? undefined : Number(number),
		preset,
		predict,
		place: course?.placeOf(found!.spec, id) ?? inAddress(found!.spec, id, `${id}.`, preset),
		links,
		memory,
		onoutcome: (outcome) => followValues(id, outcome)
	});
}

async function wakeCheck(target: HTMLElement): Promise<void> {
	const { widget, question } = target.dataset;
	const [{ wakeQuestion }, found, memory] = await Promise.all([
		import('$player/wakeQuestion'),
		findWidget(widget!),
		memoryFor(target)
	]);
	wakeQuestion(target.querySelector<HTMLElement>('.form')!, {
		spec: found!.spec,
		question: question!,
		memory
	});
}
