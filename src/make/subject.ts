import {
	decodeState,
	encodeState,
	sameState,
	startState,
	type FigureState
} from '$player/figureState';
import { findWidget } from '$player/findWidget';
import type { Result, Schema, Spec } from '$widgets/contract';
import type { Catalogue, CatalogueFigure, CatalogueLesson } from './catalogue';
import { readVariant, writeVariant, type Entries, type Variant } from './variant';

type AnySpec = Spec<Schema, Result>;

export interface FigureSubject {
	kind: 'figure';
	spec: AnySpec;
	variant: Variant;
}

/** A figure in a lesson, and the state that it is to start in there. */
export interface PlacedFigure extends CatalogueFigure {
	spec: AnySpec;
	state: FigureState;
}

export interface LessonSubject {
	kind: 'lesson';
	lesson: CatalogueLesson;
	figures: readonly PlacedFigure[];
}

/** What a variant is made of: one figure, or a lesson with its figures. */
export type Subject = FigureSubject | LessonSubject;

interface Read {
	subject: Subject;
	notices: readonly string[];
}

const NONE = 'There is nothing of this name. Choose from the list.';

/**
 * Reads what an address asks for: `figure` or `lesson` names it, the rest is as in the address of the
 * page that will show it. Without a name it is the first figure of all.
 */
export async function readSubject(catalogue: Catalogue, entries: Entries): Promise<Read> {
	const named = entries.find(([key]) => key === 'figure' || key === 'lesson');
	const rest = entries.filter((entry) => entry !== named);
	if (named?.[0] === 'lesson') {
		const lesson = catalogue.lessons.find(({ slug }) => slug === named[1]);
		if (lesson) return readLesson(lesson, rest);
	}
	const found = named?.[0] === 'figure' ? await findWidget(named[1]) : undefined;
	const { spec } = found ?? (await findWidget(catalogue.lessons[0].figures[0].name))!;
	const { variant, notices } = readVariant(spec, named && !found ? [] : rest);
	return {
		subject: { kind: 'figure', spec, variant },
		notices: named && !found ? [NONE] : notices
	};
}

async function readLesson(lesson: CatalogueLesson, entries: Entries): Promise<Read> {
	const notices: string[] = [];
	const isKnown = ([key]: Entries[number]) =>
		lesson.figures.some(({ id }) => key.startsWith(`${id}.`));
	if (!entries.every(isKnown)) {
		notices.push(
			'Some settings of this link are not for a figure of this lesson and were ignored.'
		);
	}
	const figures = await Promise.all(
		lesson.figures.map(async (figure) => {
			const { spec } = (await findWidget(figure.name))!;
			const prefix = `${figure.id}.`;
			const own = entries.filter(([key]) => key.startsWith(prefix));
			if (own.length === 0) return { ...figure, spec, state: startState(spec, figure.preset) };
			const settings = own.map(([key, text]) => [key.slice(prefix.length), text]);
			const { state, notices: more } = decodeState(spec, Object.fromEntries(settings));
			notices.push(...more);
			return { ...figure, spec, state };
		})
	);
	return { subject: { kind: 'lesson', lesson, figures }, notices };
}

/** What the address of the page says that shows the subject. */
export function entriesOf(subject: Subject): Entries {
	if (subject.kind === 'figure') return writeVariant(subject.spec, subject.variant);
	return subject.figures.flatMap(({ id, spec, state, preset }) =>
		sameState(state, startState(spec, preset))
			? []
			: Object.entries(encodeState(spec, state)).map(
					([name, text]) => [`${id}.${name}`, text] as const
				)
	);
}

/** The inverse of `readSubject`. */
export function writeSubject(subject: Subject): Entries {
	const named =
		subject.kind === 'figure'
			? (['figure', subject.spec.name] as const)
			: (['lesson', subject.lesson.slug] as const);
	return [named, ...entriesOf(subject)];
}
