/**
 * What a widget is. A folder src/widgets/<name>/ holds spec.ts, which exports `spec` made by
 * `defineWidget`, and View.svelte, which draws one result. Everything else a reader meets (controls,
 * URL state, worker, seeds, comparison, table, export, questions) the player makes from the spec.
 */
import type { Stream } from '$kernels/core/stream';

/** How a quantity came about; the figure says it beside the quantity's name. */
export type Kind = 'exact' | 'sampled' | 'trained here' | 'schematic';

/** What a quantity means. Each meaning has one colour and one dash in all lessons (ui/tokens.css). */
export type Role =
	| 'policy'
	| 'reference'
	| 'old'
	| 'success'
	| 'failure'
	| 'kl'
	| 'theory'
	| 'a'
	| 'b'
	| 'c'
	| 'd'
	| 'neutral';

interface ParamBase {
	/** Plain name, shown on the control: "Group size". */
	label: string;
	/** The paper's symbol in plain characters: "β", "p_ref" (an underscore starts a subscript). */
	symbol?: string;
	/** The option's name in the field's libraries, shown in the control's help. */
	library?: { trl?: string; verl?: string };
	/** One sentence on what the control does. */
	help?: string;
	/** True puts the control behind "More settings". */
	more?: boolean;
	/**
	 * True where the drawing itself is the control: the panel shows none, and the View reaches every
	 * change by keyboard, through elements of its own that call `set`.
	 */
	inDrawing?: boolean;
}

interface NumericParam extends ParamBase {
	min: number;
	max: number;
	step: number;
	default: number;
	unit?: string;
}

export interface RangeParam extends NumericParam {
	type: 'range';
	/** A log slider moves by equal factors; min must be above 0. `step` then only rounds the box. */
	scale?: 'linear' | 'log';
	/** True where only whole numbers make sense. Others may also be typed between two steps. */
	whole?: boolean;
}

/** A whole number with buttons to lower and raise it. */
export interface StepperParam extends NumericParam {
	type: 'stepper';
}

export interface ChoiceParam<Option extends string = string> extends ParamBase {
	type: 'choice';
	/** From the value, spelled as the library spells it, to what the reader sees. */
	options: Readonly<Record<Option, string>>;
	default: NoInfer<Option>;
}

export interface SwitchParam extends ParamBase {
	type: 'switch';
	default: boolean;
}

/** A list of numbers that the reader edits item by item, such as the rewards of a group. */
export interface VectorParam extends ParamBase {
	type: 'vector';
	default: readonly number[];
	min: number;
	max: number;
	step: number;
	minLength: number;
	maxLength: number;
	/** What one item is: "reward" gives "reward 1", "reward 2", … */
	item: string;
	/** The numeric parameter that holds this list's length; the two follow each other. */
	length?: string;
}

/** Words that the reader types. They reach the page as text only. */
export interface TextParam extends ParamBase {
	type: 'text';
	default: string;
	maxLength: number;
	/** Lines in view; with 1, the default, line breaks are not taken. */
	lines?: number;
}

/** An order of the items, best first: a permutation of their positions in `items`. */
export interface RankingParam extends ParamBase {
	type: 'ranking';
	items: readonly string[];
	default: readonly number[];
}

/** What was read from text that the reader pasted or opened, or where it went wrong. */
export type Reading = { points: readonly number[] } | { line: number; wrong: string };

/** Points of the plane: x and y in turn, so twice as many numbers as points. */
export interface PointsParam extends ParamBase {
	type: 'points';
	default: readonly number[];
	/** Of both coordinates. */
	min: number;
	max: number;
	step: number;
	/** How many points there may be. */
	minLength: number;
	maxLength: number;
	/** What one point is: "city" gives "city 1", "city 2", … */
	item: string;
	/** Reads a file format of the field; lines of "x y" are read without it. */
	read?(text: string): Reading;
}

export type Param =
	| RangeParam
	| StepperParam
	| ChoiceParam
	| SwitchParam
	| VectorParam
	| TextParam
	| RankingParam
	| PointsParam;
export type Schema = Readonly<Record<string, Param>>;
export type Value = number | string | boolean | readonly number[];

type ValueOf<P> = P extends { type: 'range' | 'stepper' }
	? number
	: P extends { type: 'choice'; options: infer Options }
		? keyof Options & string
		: P extends { type: 'switch' }
			? boolean
			: P extends { type: 'text' }
				? string
				: P extends { type: 'vector' | 'ranking' | 'points' }
					? readonly number[]
					: never;

export type Values<S extends Schema> = { readonly [K in keyof S]: ValueOf<S[K]> };

/** Points of one line. Where a run is random, the player folds the runs of many seeds into `band`. */
export interface Series {
	x: readonly number[];
	y: readonly number[];
	/** 10 % and 90 % quantiles over `runs` seeds; `y` is then the median. */
	band?: { low: readonly number[]; high: readonly number[]; runs: number };
}

/**
 * What `run` returns: plain data (it crosses to and from a worker). Lines that the player may fold
 * over many seeds stand in `series`, under the key of their quantity; their x must not depend on the seed.
 */
export type Result = object & { series?: Readonly<Record<string, Series>> };

export interface Evidence {
	/** The test that holds the quantity, from the root: "tests/kernels/rl/groupAdvantages.test.ts". */
	test: string;
	/** What it is held against: "TRL and verl, 60 cases", "closed form". */
	against: string;
	/** With its unit or kind: "1e-9 relative". */
	tolerance: string;
}

/** A quantity that the figure plots or the prose prints. */
export interface Quantity {
	label: string;
	kind: Kind;
	role?: Role;
	/** What the drawing shows it as, for the key. Default a line. */
	mark?: 'line' | 'bar' | 'point';
	unit?: string;
	/** Digits after the point where it is printed. Default 3. */
	digits?: number;
	evidence: Evidence;
}

export interface Preset<S extends Schema> {
	label: string;
	/** One line: what to look for. */
	reason: string;
	values: Partial<Values<S>>;
	seed?: number;
	/** True where the preset shows the method failing or reaching its limit. Every widget has one. */
	limit?: boolean;
}

export interface Column {
	label: string;
	unit?: string;
	digits?: number;
}

export interface Table {
	columns: readonly Column[];
	rows: readonly (readonly (number | string)[])[];
}

/** Runs the widget at its defaults with some values changed, as the player would. */
export type RunAt<S extends Schema, R extends Result> = (
	changed?: Partial<Values<S>>,
	seed?: number
) => R;

interface QuestionBase<S extends Schema, R extends Result> {
	/** The question, complete in itself: it names the settings it asks about. */
	ask: string;
	/** One or two sentences that give the right answer and its reason, with the run's numbers. */
	explain(at: RunAt<S, R>): string;
}

export interface ChoiceQuestion<S extends Schema, R extends Result> extends QuestionBase<S, R> {
	type: 'choice';
	/** `feedback` is what a reader who picked this option should hear if it is wrong. */
	options: readonly { text: string; feedback: string }[];
	/** Position in `options` of the right answer, computed. */
	answer(at: RunAt<S, R>): number;
}

export interface NumberQuestion<S extends Schema, R extends Result> extends QuestionBase<S, R> {
	type: 'number';
	min: number;
	max: number;
	step: number;
	unit?: string;
	/** A guess this near counts as right. */
	near: number;
	/** What a reader whose guess is too low or too high should hear. */
	tooLow: string;
	tooHigh: string;
	answer(at: RunAt<S, R>): number;
}

export type Question<S extends Schema, R extends Result> =
	ChoiceQuestion<S, R> | NumberQuestion<S, R>;

export interface RunContext {
	/** How far the run has come, from 0 to 1. */
	onProgress?(fraction: number): void;
	/** Aborted where the reader cancels; a generator is also stopped between two yields. */
	signal?: AbortSignal;
}

/** A result that unfolds in time, moment by moment: the player plays it, steps through it and scrubs. */
export interface Playback<R extends Result> {
	/** How many moments the result holds, at least 1. */
	length(result: R): number;
	/** Moments a second at normal speed. */
	rate: number;
	/** What a moment shows, for the reader who does not see it: "4.2 s: car 3 changes lane". */
	says(result: R, moment: number): string;
	/** The moment of the static drawing, and that which a new result starts from. Default the last. */
	still?(result: R): number;
}

export interface Spec<S extends Schema = Schema, R extends Result = Result> {
	/** The folder's name. */
	name: string;
	/** Raised when a parameter changes its name or meaning; then `migrate` is due. */
	version: number;
	/** A question that the figure answers. */
	title: string;
	/** The record in seeds/ it comes from, or a primer's slug. */
	paper: string;
	params: S;
	presets: Readonly<Record<string, Preset<S>>>;
	/** Every key of `result.series` and of `numbers` is declared here. */
	quantities: Readonly<Record<string, Quantity>>;
	/** True where `run` draws from its stream: the player then shows seed, re-roll and many seeds. */
	random?: boolean;
	/** True where a run may take over 16 ms: it then always runs in a worker. */
	long?: boolean;
	/**
	 * The paper's algorithm at these values. As a generator, each yield is the result as far as it
	 * has come and the last yield is the result; the player then offers pause, step and scrub.
	 */
	run(values: Values<S>, stream: Stream, context: RunContext): R | Generator<R, void>;
	/** One to three sentences on what is now seen, built from the data. The first stands under the drawing. */
	describe(result: R, values: Values<S>): string[];
	table(result: R, values: Values<S>): Table;
	/** Named numbers for the prose, the A/B comparison and host pages, by quantity. */
	numbers(result: R, values: Values<S>): Readonly<Record<string, number>>;
	questions: Readonly<Record<string, Question<S, R>>>;
	playback?: Playback<R>;
	/** What takes the place of something that cannot run in a browser, one sentence each. */
	standIns: readonly string[];
	/** The kernels that compute the figure, from src/: "kernels/rl/groupAdvantages.ts". */
	source: readonly string[];
	/** Turns the raw settings of an older version's URL into this version's. */
	migrate?(settings: Record<string, string>, version: number): Record<string, string>;
}

/** `input` while the hand still moves, `change` once it rests. */
export type Phase = 'input' | 'change';

/** What the player hands to a View. */
export interface ViewProps<S extends Schema, R extends Result> {
	result: R;
	values: Values<S>;
	quantities: Spec<S, R>['quantities'];
	/**
	 * Proposes new values, as a control would: they pass the schema, the URL and undo. All that is
	 * proposed in the phase `input`, while a hand moves, is one step of undo.
	 */
	set(changed: Partial<Values<S>>, phase?: Phase): void;
	/** The other run of a comparison, so that both drawings can share their axes. */
	peer?: R;
	/** The moment to draw, from 0, for a spec with `playback`; otherwise 0. */
	moment: number;
}

/** Gives a spec its types: values, presets and questions follow from `params`, views from `run`. */
export function defineWidget<const S extends Schema, R extends Result>(
	spec: Spec<S, R>
): Spec<S, R> {
	return spec;
}

/** The View props that belong to a spec: `let { result }: PropsOf<typeof spec> = $props()`. */
export type PropsOf<T> = T extends Spec<infer S, infer R> ? ViewProps<S, R> : never;
