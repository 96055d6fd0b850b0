/**
 * What a figure's page and the page around it say to each other, version 1. Each message is a plain
 * object `{ rollout: 1, type, … }`. A type may gain fields, never lose or change them.
 */
export const PROTOCOL = 1;

/** A figure's state: its settings as in its address. */
export type Settings = Readonly<Record<string, string>>;

/** From the figure to its host. */
export interface FromFigure {
	/** The figure can be talked to. `greeted` tells the answer to a `hello` from the first call. */
	ready: { widget: string; title: string; state: Settings; greeted: boolean };
	/** CSS pixels that the figure needs, whole. */
	resize: { height: number };
	/** The reader, or the host, has brought it into a new state. */
	change: { state: Settings };
	/** What it computed in this state, by the names of its quantities. */
	result: { state: Settings; numbers: Readonly<Record<string, number>> };
	/** A question was answered; `right` is absent where nobody has said which answer is. */
	answer: { question: string; given: string; right?: boolean };
	/** A run stopped, or a message could not be followed. */
	error: { reason: string };
	/** The answer to the request of this number. `ignored` counts messages that made no sense. */
	reply: { id: number; state: Settings; ignored: number };
}

/**
 * From the host to the figure. `id` is the sender's number for the request; a `reply` repeats it, and
 * `ready` answers a `hello`.
 */
export interface ToFigure {
	/** Says which page the host is, so that the figure can answer to it alone. */
	hello: object;
	'get-state': { id: number };
	/** Settings that are not named go back to their defaults. */
	'set-state': { id: number; state: Settings };
	reset: { id: number };
	'set-theme': { id: number; theme: string };
}

export type Message<Types> = { [T in keyof Types]: { type: T } & Types[T] }[keyof Types];

type Field = 'text' | 'number' | 'flag' | 'texts' | 'numbers';
type Shape = Readonly<Record<string, Field | `${Field}?`>>;

export const FROM_FIGURE: Readonly<Record<keyof FromFigure, Shape>> = {
	ready: { widget: 'text', title: 'text', state: 'texts', greeted: 'flag' },
	resize: { height: 'number' },
	change: { state: 'texts' },
	result: { state: 'texts', numbers: 'numbers' },
	answer: { question: 'text', given: 'text', right: 'flag?' },
	error: { reason: 'text' },
	reply: { id: 'number', state: 'texts', ignored: 'number' }
};

export const TO_FIGURE: Readonly<Record<keyof ToFigure, Shape>> = {
	hello: {},
	'get-state': { id: 'number' },
	'set-state': { id: 'number', state: 'texts' },
	reset: { id: 'number' },
	'set-theme': { id: 'number', theme: 'text' }
};

/** No text of a message is longer, and no record has more entries: a figure's address is far shorter. */
const LONGEST = 20_000;
const MOST_ENTRIES = 200;

const record = (value: unknown, of: 'string' | 'number') =>
	typeof value === 'object' &&
	value !== null &&
	!Array.isArray(value) &&
	Object.entries(value).length <= MOST_ENTRIES &&
	Object.values(value).every((item) => typeof item === of && String(item).length <= LONGEST);

const FITS: Readonly<Record<Field, (value: unknown) => boolean>> = {
	text: (value) => typeof value === 'string' && value.length <= LONGEST,
	number: (value) => typeof value === 'number' && Number.isFinite(value),
	flag: (value) => typeof value === 'boolean',
	texts: (value) => record(value, 'string'),
	numbers: (value) => record(value, 'number')
};

/** A message of this protocol out of whatever came, with its own fields only; undefined for all else. */
export function readMessage<Types>(
	data: unknown,
	shapes: Readonly<Record<keyof Types, Shape>>
): Message<Types> | undefined {
	try {
		const { rollout, type, ...fields } = data as Record<string, unknown>;
		if (rollout !== PROTOCOL || typeof type !== 'string' || !Object.hasOwn(shapes, type)) return;
		const message: Record<string, unknown> = { type };
		for (const [name, field] of Object.entries(shapes[type as keyof Types])) {
			const value = fields[name];
			if (value === undefined && field.endsWith('?')) continue;
			if (!FITS[field.replace('?', '') as Field](value)) return;
			message[name] = value;
		}
		return message as Message<Types>;
	} catch {
		return undefined;
	}
}

/** A message as it is sent. */
export const writeMessage = <Types>(message: Message<Types>) => ({ rollout: PROTOCOL, ...message });
