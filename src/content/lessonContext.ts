import { getContext, setContext, type Component, type Snippet } from 'svelte';
import type { Result, Schema, Spec } from '$widgets/contract';
import { ContentError } from './contentError.js';
import type { Paper } from './paperSchema';
import type { Source } from './sourceSchema';

/** A figure of a lesson, as its <Widget> tag placed it. */
export interface Figure {
	id: string;
	name: string;
	number: number;
	/** The preset it starts from, and the question that covers it at first. */
	preset?: string;
	predict?: string;
	line: number;
	spec: Spec<Schema, Result>;
	View: Component<never>;
}

/** Where a part of a text stands in it. */
export interface Place {
	/** Id and words of the heading that it stands under; both are empty before the first. */
	heading: string;
	title: string;
	/** True for the part that holds the heading itself. */
	first: boolean;
	/** True for a part that is a figure alone. */
	figure: boolean;
}

/** How a page lays out the parts of a text, where they do not simply follow one another. */
export type LayOut = Snippet<[place: Place, content: Snippet]>;

interface OpenLesson {
	file: string;
	part?: LayOut;
	/** A primer has none. */
	paper?: Paper;
	/** Further works, by the name that a citation calls them. */
	sources: Readonly<Record<string, Source>>;
	figures: readonly Figure[];
	symbols: readonly { target: string; line: number }[];
}

const KEY = Symbol('lesson');

/** Called by the script of each compiled lesson; checks what only the specs can tell. */
export function openLesson(lesson: OpenLesson): void {
	for (const { id, name, preset, predict, line, spec } of lesson.figures) {
		refuseUnknown(lesson.file, line, 'preset', preset, spec.presets, name);
		refuseUnknown(lesson.file, line, 'question', predict, spec.questions, name);
		if (spec.name !== name) {
			throw new ContentError(
				lesson.file,
				line,
				`figure “${id}”: its spec calls itself “${spec.name}”.`,
				`Name it “${name}”, as its folder.`
			);
		}
	}
	for (const { target, line } of lesson.symbols) {
		const [id, param] = target.split('.');
		const figure = lesson.figures.find((candidate) => candidate.id === id);
		if (!figure || !Object.hasOwn(figure.spec.params, param)) {
			throw new ContentError(
				lesson.file,
				line,
				`\\param{${target}} names no control.`,
				'Write \\param{figure.parameter}{symbol}.'
			);
		}
	}
	setContext(KEY, lesson);
}

export function layOutOfParts(): LayOut | undefined {
	return getContext<OpenLesson>(KEY).part;
}

/** The lesson around a tag, with ways to look things up that fail with the tag's place. */
export function lessonAt(line: number) {
	const { file, paper, sources, figures } = getContext<OpenLesson>(KEY);
	const fail = (wrong: string, cure: string): never => {
		throw new ContentError(file, line, wrong, cure);
	};
	return {
		paper,
		sources,
		fail,
		figure: (id: string): Figure =>
			figures.find((figure) => figure.id === id) ??
			fail(
				`there is no figure “${id}” in this lesson.`,
				`It has ${figures.map((figure) => figure.id).join(', ')}.`
			),
		known: (figure: Figure, what: 'preset' | 'question', name: string | undefined) =>
			refuseUnknown(
				file,
				line,
				what,
				name,
				what === 'preset' ? figure.spec.presets : figure.spec.questions,
				figure.name
			)
	};
}

function refuseUnknown(
	file: string,
	line: number,
	what: string,
	name: string | undefined,
	known: object,
	widget: string
): void {
	if (name !== undefined && !Object.hasOwn(known, name)) {
		throw new ContentError(
			file,
			line,
			`the widget “${widget}” has no ${what} “${name}”.`,
			`It has ${Object.keys(known).join(', ') || 'none'}.`
		);
	}
}
