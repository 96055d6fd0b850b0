import type { Phase, Result, Schema, Spec, Values } from '$widgets/contract';
import { applyValues, MAX_SEED, sameState, startState, type FigureState } from './figureState';
import { UNFRAMED } from './framing';
import type { Outcome, Report } from './job';
import { Runner, type Answer } from './runner';
import { settle } from './settle';

export type Side = 'a' | 'b';
export type Status = 'ready' | 'running' | 'paused' | 'cancelled' | 'failed';

/** How many seeds a band is made of. */
export const BAND_SEEDS = 20;
/** Undo goes back this far. */
const UNDO_DEPTH = 50;
/** A hand that moves comes first: what a run has so far is drawn when it has been still for so long, ms. */
const HAND_RESTS = 100;
/** A run of more than so many milliseconds is shown to be at work. */
const LASTING = 300;
/** Steps of a growing run that are kept for scrubbing; every second one goes when there are more. */
const FRAMES_KEPT = 240;

/** What one live figure is doing: its state, its runs and their results. */
export class Session {
	state: FigureState;
	outcomes: { a: Outcome | undefined; b?: Outcome } = $state.raw({ a: undefined });
	status: Status = $state('ready');
	fraction = $state(0);
	/** Seconds a running run will still take, once that can be told. */
	remaining: number | undefined = $state();
	failure = $state('');
	/** True from the first run that lasts so long that the reader may want to hold it. */
	lasting = $state(false);
	/** Which side of a comparison the controls set. */
	side: Side = $state('a');
	/** The steps of the growing run of A, and the one that is drawn (the last, unless scrubbed back). */
	frames: readonly Outcome[] = $state.raw([]);
	frame: number | undefined = $state();

	#past: FigureState[] = $state.raw([]);
	#inGesture = false;
	#moved = -Infinity;
	/** True until the reader's first change: a run that only makes the drawn figure again is not shown growing. */
	#quiet: boolean;
	#runner: Runner;
	#started = 0;
	#lasting = settle(LASTING, () => (this.lasting ||= this.busy));
	/** True while the hand has moved on from the state that is run. */
	#isBehind = false;
	#resting = settle(HAND_RESTS, () => this.run());

	constructor(
		readonly spec: Spec<Schema, Result>,
		readonly start: FigureState,
		first: FigureState = start,
		/** Parameters, or `seed`, that only a host page sets, by `goTo`. */
		private readonly locked: ReadonlySet<string> = UNFRAMED.locked,
		/** The state of the static drawing that the page came with. */
		drawn: FigureState = start
	) {
		this.state = $state.raw(first);
		this.#quiet = sameState(first, drawn);
		this.#runner = new Runner(spec);
	}

	get values(): Values<Schema> {
		return this.side === 'b' && this.state.other ? this.state.other : this.state.values;
	}

	/** The outcome that is drawn for A: the last one, or the step scrubbed back to. */
	get shown(): Outcome | undefined {
		return this.frame === undefined ? this.outcomes.a : this.frames[this.frame];
	}

	get canUndo(): boolean {
		return this.#past.length > 0;
	}

	get isAtStart(): boolean {
		return sameState(this.state, this.start);
	}

	get busy(): boolean {
		return this.status === 'running' || this.status === 'paused';
	}

	get seeds(): number[] {
		const { seed, band } = this.state;
		const count = band ? BAND_SEEDS : 1;
		return Array.from({ length: count }, (_, i) => (seed + i) % (MAX_SEED + 1));
	}

	/** Sets some values on the side that the controls hold; `input` while a slider still moves. */
	set(changed: Partial<Values<Schema>>, phase: Phase = 'change'): void {
		this.setSide(this.side, changed, phase);
	}

	setSide(side: Side, changed: Partial<Values<Schema>>, phase: Phase = 'change'): void {
		const { values, other } = this.state;
		if (side === 'a') this.change({ values: this.#apply(values, changed) }, phase);
		else if (other) this.change({ other: this.#apply(other, changed) }, phase);
	}

	change(changed: Partial<FigureState>, phase: Phase = 'change'): void {
		const next = { ...this.state, ...changed };
		if (!this.#inGesture && !sameState(next, this.state)) this.#remember();
		this.#inGesture = phase === 'input';
		if (this.#inGesture) this.#moved = performance.now();
		if (sameState(next, this.state)) {
			if (this.#isBehind && !this.#inGesture) this.run();
			return;
		}
		this.#quiet = false;
		this.state = next;
		if (this.#inGesture && this.status === 'running') this.#fallBehind();
		else this.run();
	}

	undo(): void {
		const previous = this.#past.at(-1);
		if (!previous) return;
		this.#past = this.#past.slice(0, -1);
		this.#show(previous);
	}

	reset(): void {
		if (this.isAtStart) return;
		this.#remember();
		this.#show(this.start);
	}

	/** Goes to a state from elsewhere, as one step that can be undone. */
	goTo(state: FigureState): void {
		if (sameState(state, this.state)) return;
		this.#remember();
		this.#show(state);
	}

	/** Sets the values and the seed of a preset, on the side that the controls hold. */
	applyPreset(name: string): void {
		const preset = startState(this.spec, name);
		const { values, band, other } = this.state;
		if (this.side === 'b' && other) this.change({ other: this.#apply(other, preset.values) });
		else {
			const seed = this.locked.has('seed') ? this.state.seed : preset.seed;
			this.goTo({ values: this.#apply(values, preset.values), seed, band, other });
		}
	}

	compare(on: boolean): void {
		this.side = on ? 'b' : 'a';
		this.change({ other: on ? this.state.values : undefined });
	}

	run(paused = false): void {
		this.#catchUp();
		this.frames = [];
		this.frame = undefined;
		this.fraction = 0;
		this.remaining = undefined;
		this.failure = '';
		this.#started = performance.now();
		this.status = paused ? 'paused' : 'running';
		this.#lasting.touch();
		this.#runSide('a', this.state.values, paused);
	}

	/** The same run once more, shown as it grows. */
	replay(): void {
		this.#quiet = false;
		this.run();
	}

	/** Draws an earlier step of the run; the last one follows the run again. */
	lookAt(frame: number): void {
		if (this.status === 'running') this.pause();
		this.frame = frame >= this.frames.length - 1 ? undefined : frame;
	}

	pause(): void {
		this.#runner.control('pause');
		this.status = 'paused';
	}

	resume(): void {
		this.#runner.control('resume');
		this.frame = undefined;
		this.status = 'running';
	}

	/** One step of a paused run, or a new run that waits after its first step. */
	step(): void {
		this.#quiet = false;
		if (!this.busy) this.run(true);
		this.frame = undefined;
		this.#runner.control('step');
		this.status = 'paused';
	}

	cancel(): void {
		this.#catchUp();
		this.#runner.control('cancel');
		this.status = 'cancelled';
	}

	answer(question: string): Promise<Answer> {
		return this.#runner.answer(question);
	}

	close(): void {
		this.#catchUp();
		this.#lasting.stop();
		this.#runner.close();
	}

	/**
	 * A run begun anew at each move of the hand would never end: this one goes on, and the newest state
	 * is run after it, or as soon as the hand rests.
	 */
	#fallBehind(): void {
		this.#isBehind = true;
		this.#resting.touch();
	}

	#catchUp(): void {
		this.#isBehind = false;
		this.#resting.stop();
	}

	#apply(values: Values<Schema>, changed: Partial<Values<Schema>>): Values<Schema> {
		const free = Object.entries(changed).filter(([name]) => !this.locked.has(name));
		return applyValues(this.spec.params, values, Object.fromEntries(free));
	}

	#show(state: FigureState): void {
		this.#quiet = false;
		this.#inGesture = false;
		this.state = state;
		if (!state.other) this.side = 'a';
		this.run();
	}

	#remember(): void {
		this.#past = [...this.#past, this.state].slice(-UNDO_DEPTH);
	}

	#runSide(side: Side, values: Values<Schema>, paused: boolean): void {
		const { other } = this.state;
		this.#runner.run({ values, seeds: this.seeds, paused }, (report) => {
			if (report.type === 'failed') {
				this.failure = report.message;
				this.status = 'failed';
				return;
			}
			this.#take(side, report);
			if (report.type !== 'done') return;
			if (side === 'a' && other) this.#runSide('b', other, false);
			else if (this.#isBehind) this.run();
			else this.status = 'ready';
		});
	}

	#take(side: Side, report: Exclude<Report, { type: 'failed' }>): void {
		const { other } = this.state;
		if (report.type === 'step') this.#note(side, report.fraction);
		const handMoves = this.#inGesture && performance.now() < this.#moved + HAND_RESTS;
		if (report.type === 'step' && (this.#quiet || handMoves)) return;
		const outcomes = { ...this.outcomes, [side]: report.outcome };
		this.outcomes = other ? outcomes : { a: outcomes.a };
		const grows = report.type === 'step' || this.frames.length > 0;
		if (side === 'a' && !this.state.band && grows) this.#keepFrame(report.outcome);
	}

	#note(side: Side, fraction: number): void {
		const parts = this.state.other ? 2 : 1;
		this.fraction = (fraction + (side === 'b' ? 1 : 0)) / parts;
		const elapsed = (performance.now() - this.#started) / 1000;
		this.remaining =
			this.fraction > 0.02 ? (elapsed * (1 - this.fraction)) / this.fraction : undefined;
	}

	#keepFrame(outcome: Outcome): void {
		const frames = [...this.frames, outcome];
		this.frames = frames.length > FRAMES_KEPT ? frames.filter((_, i) => i % 2 === 1) : frames;
	}
}
