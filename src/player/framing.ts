/** Parts of a figure that can be hidden beside its controls, which go by their parameters' names. */
export const PARTS = {
	title: 'the question above the figure',
	readout: 'the numbers under the drawing',
	controls: 'all controls',
	presets: 'the presets',
	seed: 'the seed and its buttons',
	compare: 'the comparison of A and B',
	tools: 'table, files, link and code',
	evidence: 'kinds of quantities, tests and stand-ins',
	source: 'the line that says where the figure comes from'
} as const;

export type Part = keyof typeof PARTS;

/** Parts that a reader sets something with, and that can therefore be locked. */
export const LOCKABLE: readonly Part[] = ['controls', 'presets', 'seed', 'compare'];

/** What an instructor asks about a figure in words of their own. */
export interface OwnQuestion {
	ask: string;
	/** Options to choose from; with none the reader writes a sentence. */
	choices: readonly string[];
	/** Position in `choices` of the right one; without it no verdict is given. */
	right?: number;
	/** What is said after the answer. */
	because?: string;
}

/** What an instructor has settled about a figure: what is seen, what can be set, what is asked. */
export interface Framing {
	/** Parts and parameters that are not shown. */
	hidden: ReadonlySet<string>;
	/** Parts and parameters that the reader sees but cannot set. */
	locked: ReadonlySet<string>;
	/** Words above the figure. */
	note?: string;
	question?: OwnQuestion;
	/** A language tag: how number boxes write their numbers. */
	language?: string;
}

export const UNFRAMED: Framing = { hidden: new Set(), locked: new Set() };
