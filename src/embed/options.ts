import { LOCKABLE, PARTS, type Framing, type OwnQuestion } from '$player/framing';
import type { Result, Schema, Spec } from '$widgets/contract';

export const THEMES = ['auto', 'light', 'dark'] as const;
export const BACKGROUNDS = ['paper', 'transparent'] as const;

/** Characters of an instructor's text; an address much longer than a few of them is refused somewhere. */
export const LONGEST_TEXT = 600;
export const MOST_CHOICES = 6;

/** What a host settles about a figure beside its state. */
export interface EmbedOptions {
	theme: (typeof THEMES)[number];
	background: (typeof BACKGROUNDS)[number];
	/** Little room: no presets, tools or evidence, and no frame. */
	compact: boolean;
	/** Parts (player/framing.ts) and parameters that are not shown. */
	hide: readonly string[];
	/** Parts and parameters that are shown but cannot be set. */
	lock: readonly string[];
	/** A language tag, "de": how numbers are written. */
	language?: string;
	/** One of the figure's own questions, which covers it until the reader has answered. */
	question?: string;
	/** Words of the instructor above the figure. */
	note?: string;
	/** A question of the instructor below it. */
	own?: OwnQuestion;
	/** The origin of the only page that may talk to the figure: "https://course.example". */
	host?: string;
}

export const DEFAULT_OPTIONS: EmbedOptions = {
	theme: 'auto',
	background: 'paper',
	compact: false,
	hide: [],
	lock: []
};

/** What `compact` hides. */
export const ROOMY: readonly string[] = ['presets', 'tools', 'evidence'];

/** The options as they stand in an address or as attributes, each with what it does. No parameter bears such a name. */
export const OPTION_HELP = {
	theme: 'auto, light or dark',
	background: 'paper or transparent',
	compact: 'true: no presets, tools or evidence, and no frame',
	hide: 'parts and parameters that are not shown, with commas between',
	lock: 'parts and parameters that are shown but cannot be set, with commas between',
	language: 'how numbers are written: a language tag such as de or fr-CA',
	question: 'a question of the figure that is asked before the figure is seen',
	note: 'your words above the figure',
	ask: 'your question below the figure',
	choice: 'an answer to choose; give it once for each',
	correct: 'which choice is right, counted from 1; without it no verdict is given',
	because: 'what is said after the answer',
	host: 'the origin of the only page that may send messages'
} as const;

type OptionName = keyof typeof OPTION_HELP;

const isOption = (name: string): name is OptionName => Object.hasOwn(OPTION_HELP, name);

const UNSEEN = /[^\P{Cc}\t\n]/u;

/** Tells the settings of a figure's state from the options; both stand in one list of names and texts. */
export function splitOptions(entries: Iterable<readonly [string, string]>) {
	const settings: Record<string, string> = {};
	const options: [OptionName, string][] = [];
	for (const [name, text] of entries) {
		if (isOption(name)) options.push([name, text]);
		else settings[name] = text;
	}
	return { settings, options };
}

/**
 * Reads options from an address or from attributes. What does not fit is left at its default, and a
 * notice in plain text says what was expected.
 */
export function readOptions(
	spec: Pick<Spec<Schema, Result>, 'params' | 'questions'>,
	entries: Iterable<readonly [string, string]>
): { options: EmbedOptions; notices: string[] } {
	const notices: string[] = [];
	const given = splitOptions(entries).options;
	const one = (name: OptionName) => given.find(([key]) => key === name)?.[1];

	function oneOf<T extends string>(name: OptionName, allowed: readonly T[], usual: T): T {
		const text = one(name);
		if (text === undefined || (allowed as readonly string[]).includes(text)) {
			return (text as T | undefined) ?? usual;
		}
		notices.push(`“${name}” must be one of ${allowed.join(', ')}.`);
		return usual;
	}

	function names(name: 'hide' | 'lock', parts: readonly string[]): string[] {
		const asked = (one(name) ?? '').split(',').filter((part) => part !== '');
		const allowed = [...parts, ...Object.keys(spec.params)];
		const wrong = asked.filter((part) => !allowed.includes(part));
		if (wrong.length > 0) {
			notices.push(`“${name}” takes ${allowed.join(', ')}.`);
		}
		return [...new Set(asked)].filter((part) => allowed.includes(part));
	}

	function words(name: OptionName, text = one(name)): string | undefined {
		if (text === undefined || text.trim() === '') return undefined;
		if (text.length <= LONGEST_TEXT && !UNSEEN.test(text)) return text.trim();
		notices.push(`“${name}” must be text of at most ${LONGEST_TEXT} characters.`);
		return undefined;
	}

	function own(): OwnQuestion | undefined {
		const ask = words('ask');
		if (ask === undefined) return undefined;
		const all = given.filter(([name]) => name === 'choice').map(([, text]) => text);
		if (all.length > MOST_CHOICES) notices.push(`There may be ${MOST_CHOICES} choices at most.`);
		const choices = all.slice(0, MOST_CHOICES).flatMap((text) => words('choice', text) ?? []);
		const place = one('correct');
		const right = place === undefined || place === '' ? undefined : Number(place) - 1;
		const isPlace = right === undefined || choices[right] !== undefined;
		if (!isPlace) notices.push('“correct” must be the number of a choice, counted from 1.');
		const because = words('because');
		return {
			ask,
			choices,
			...(isPlace && right !== undefined && { right }),
			...(because !== undefined && { because })
		};
	}

	const options: EmbedOptions = {
		theme: oneOf('theme', THEMES, DEFAULT_OPTIONS.theme),
		background: oneOf('background', BACKGROUNDS, DEFAULT_OPTIONS.background),
		compact: oneOf('compact', ['true', 'false'], 'false') === 'true',
		hide: names('hide', Object.keys(PARTS)),
		lock: names('lock', LOCKABLE)
	};
	const language = one('language');
	if (language !== undefined) {
		if (isLanguage(language)) options.language = language;
		else notices.push('“language” must be a language tag such as de or fr-CA.');
	}
	const question = one('question');
	if (question !== undefined) {
		if (Object.hasOwn(spec.questions, question)) options.question = question;
		else notices.push(`“question” must be one of ${Object.keys(spec.questions).join(', ')}.`);
	}
	const note = words('note');
	if (note !== undefined) options.note = note;
	const asked = own();
	if (asked) options.own = asked;
	const host = one('host');
	if (host !== undefined) {
		const origin = originOf(host);
		if (origin) options.host = origin;
		else notices.push('“host” must be an origin such as https://course.example.');
	}
	return { options, notices };
}

function isLanguage(tag: string): boolean {
	try {
		return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
	} catch {
		return false;
	}
}

function originOf(text: string): string | undefined {
	const url = URL.parse(text);
	return url && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}

/** Options as names and texts, for an address or for attributes; what is at its default has none. */
export function writeOptions(options: EmbedOptions): [OptionName, string][] {
	const { theme, background, compact, hide, lock, language, question, note, own, host } = options;
	const entries: [OptionName, string | undefined][] = [
		['theme', theme === DEFAULT_OPTIONS.theme ? undefined : theme],
		['background', background === DEFAULT_OPTIONS.background ? undefined : background],
		['compact', compact ? 'true' : undefined],
		['hide', hide.join(',') || undefined],
		['lock', lock.join(',') || undefined],
		['language', language],
		['question', question],
		['note', note],
		['ask', own?.ask],
		...(own?.choices ?? []).map((choice): [OptionName, string] => ['choice', choice]),
		['correct', own?.right === undefined ? undefined : String(own.right + 1)],
		['because', own?.because],
		['host', host]
	];
	return entries.filter((entry): entry is [OptionName, string] => entry[1] !== undefined);
}

/** What the player needs to know of the options. */
export function framingOf(
	spec: Pick<Spec<Schema, Result>, 'params'>,
	{ compact, hide, lock, note, own, language }: EmbedOptions
): Framing {
	const all = (names: readonly string[]) =>
		new Set(names.flatMap((name) => (name === 'controls' ? Object.keys(spec.params) : name)));
	return {
		hidden: all(compact ? [...hide, ...ROOMY] : hide),
		locked: all(lock),
		...(note !== undefined && { note }),
		...(own && { question: own }),
		...(language !== undefined && { language })
	};
}
