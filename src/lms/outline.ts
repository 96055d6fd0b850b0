import { readOptions, splitOptions } from '$embed/options';
import { readSettings } from '$player/address';
import { findWidget } from '$player/findWidget';
import type { Asked, Outline } from './course';

const wordsOf = (element: Element | null) => element?.textContent?.trim() ?? '';

/** The place on the page where a question is asked. */
export function placeOfQuestion(id: string): HTMLElement | undefined {
	const [, widget, question] = /^([^/]+)\/(.+)$/s.exec(id) ?? [];
	const name = CSS.escape(question ?? '');
	const islands = `[data-widget="${CSS.escape(widget ?? '')}"]`;
	return (
		document.querySelector<HTMLElement>(`${islands}[data-question="${name}"]`) ??
		document.querySelector<HTMLElement>(`${islands}[data-predict="${name}"]`) ??
		document.querySelector<HTMLElement>(islands) ??
		undefined
	);
}

/**
 * What an instructor has chosen for a figure: on a lesson's page its settings carry its id. Undefined
 * where that is nothing.
 */
export function settingsIn(
	start: string,
	figure: string | undefined
): Record<string, string> | undefined {
	const { settings } =
		figure === undefined
			? splitOptions(new URLSearchParams(start))
			: { settings: readSettings(start, `${figure}.`) };
	return Object.keys(settings).length > 0 ? settings : undefined;
}

/**
 * A lesson's questions and sections, as they stand on its page. One that is asked twice counts once,
 * and a figure that starts in a state of the instructor's choice does not ask first.
 */
export function outlineOfLesson(start: string): Outline {
	const places = document.querySelectorAll<HTMLElement>('.island[data-predict], .question');
	const questions = new Map<string, Asked>();
	for (const place of places) {
		const { widget, figure, predict, question } = place.dataset;
		if (figure !== undefined && settingsIn(start, figure)) continue;
		const id = `${widget}/${question ?? predict}`;
		const legend = place.querySelector(question ? 'legend' : '.cover legend');
		questions.set(id, { id, ask: wordsOf(legend), judged: true });
	}
	const headings = document.querySelectorAll('.prose h2[id]');
	return { questions: [...questions.values()], sections: [...headings].map(({ id }) => id) };
}

/**
 * The questions of a figure that is packed alone: those that the instructor has chosen or written in
 * its settings, or else all it has. `below` are those that the figure itself does not ask.
 */
export async function outlineOfFigure(
	widget: string,
	settings: string
): Promise<{ outline: Outline; below: Asked[] }> {
	const { spec } = (await findWidget(widget))!;
	const { question, own } = readOptions(spec, new URLSearchParams(settings)).options;
	const asked = (name: string): Asked => ({
		id: `${widget}/${name}`,
		ask: spec.questions[name].ask,
		judged: true
	});
	const chosen = question === undefined ? [] : [asked(question)];
	if (own) {
		chosen.push({ id: `${widget}/${own.ask}`, ask: own.ask, judged: own.right !== undefined });
	}
	const below = chosen.length > 0 ? [] : Object.keys(spec.questions).map(asked);
	return { outline: { questions: [...chosen, ...below], sections: [] }, below };
}
