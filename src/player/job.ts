import type { Result, Schema, Spec, Values } from '$widgets/contract';
import { foldSeeds, steps } from './execute';

export interface Order {
	values: Values<Schema>;
	/** One seed, or the many that are folded into a band. */
	seeds: readonly number[];
	/** True to wait before the first step, for a reader who steps by hand. */
	paused?: boolean;
}

export interface Outcome {
	result: Result;
	/** The values that the run was made at: the controls may be further. */
	values: Values<Schema>;
	/** The named numbers of each seed's run. */
	numbers: readonly Readonly<Record<string, number>>[];
}

export type Report =
	| { type: 'step'; outcome: Outcome; fraction: number }
	| { type: 'done'; outcome: Outcome }
	| { type: 'failed'; message: string };

/** How long a run may hold its thread before it looks for messages, in milliseconds. */
const SLICE = 12;
/** At most one drawing a frame or so is worth sending. */
const SEND_EVERY = 40;

/** One run that can be paused, stepped and cancelled; the same in a worker and on the page. */
export class Job {
	#cancelled = new AbortController();
	#paused: boolean;
	#stepsWanted = 0;
	#wake: (() => void) | undefined;

	constructor(
		private readonly spec: Spec<Schema, Result>,
		private readonly order: Order,
		private readonly report: (report: Report) => void,
		private readonly breathe: () => Promise<void>
	) {
		this.#paused = order.paused ?? false;
	}

	pause(): void {
		this.#paused = true;
	}

	resume(): void {
		this.#paused = false;
		this.#wake?.();
	}

	step(): void {
		this.#paused = true;
		this.#stepsWanted++;
		this.#wake?.();
	}

	cancel(): void {
		this.#cancelled.abort();
		this.#wake?.();
	}

	async run(): Promise<void> {
		try {
			const outcome = await this.#runSeeds();
			if (outcome) this.report({ type: 'done', outcome });
		} catch (error) {
			this.report({
				type: 'failed',
				message: error instanceof Error ? error.message : String(error)
			});
		}
	}

	async #runSeeds(): Promise<Outcome | undefined> {
		const { values, seeds } = this.order;
		const { signal } = this.#cancelled;
		const results: Result[] = [];
		let breathed = performance.now();
		let sent = -Infinity;
		for (const [i, seed] of seeds.entries()) {
			let fraction = 0;
			let last: Result | undefined;
			const onProgress = (part: number) => (fraction = part);
			for (const result of steps(this.spec, values, seed, { signal, onProgress })) {
				last = result;
				const single = seeds.length === 1;
				const stepping = this.#paused;
				if (performance.now() - breathed > SLICE || stepping) {
					if (single && (stepping || performance.now() - sent > SEND_EVERY)) {
						this.report({ type: 'step', outcome: this.#outcome([result]), fraction });
						sent = performance.now();
					}
					await this.breathe();
					await this.#permission();
					breathed = performance.now();
				}
				if (signal.aborted) return undefined;
			}
			if (last === undefined) throw new Error('the run ended without a result');
			results.push(last);
			if (seeds.length > 1) {
				this.report({
					type: 'step',
					outcome: this.#outcome(results),
					fraction: (i + 1) / seeds.length
				});
				await this.breathe();
				if (signal.aborted) return undefined;
			}
		}
		return this.#outcome(results);
	}

	#outcome(results: readonly Result[]): Outcome {
		const { values } = this.order;
		return {
			values,
			result: results.length > 1 ? foldSeeds(results) : results[0],
			numbers: results.map((result) => this.spec.numbers(result, values))
		};
	}

	async #permission(): Promise<void> {
		while (this.#paused && this.#stepsWanted === 0 && !this.#cancelled.signal.aborted) {
			await new Promise<void>((resolve) => (this.#wake = resolve));
		}
		if (this.#stepsWanted > 0) this.#stepsWanted--;
	}
}
