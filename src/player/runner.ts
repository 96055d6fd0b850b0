import type { Result, Schema, Spec } from '$widgets/contract';
import { execute, runAt } from './execute';
import { Job, type Order, type Report } from './job';

export interface Answer {
	answer: number;
	explanation: string;
}

export type Control = 'pause' | 'resume' | 'step' | 'cancel';

export type ToWorker =
	| { type: 'run'; id: number; widget: string; order: Order }
	| { type: 'answer'; id: number; widget: string; question: string }
	| { type: Control };

export type FromWorker = { id: number } & (Report | ({ type: 'answered' } & Answer));

/** A run this long would hold up the page; the next one goes to the worker. */
const LONG = 16;

const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));

/**
 * Makes the runs of one figure: short ones at once, long ones and many seeds in a worker. Where no
 * worker can be had, long runs are made on the page in slices.
 */
export class Runner {
	#worker: Worker | undefined;
	#workerRefused = false;
	#job: Job | undefined;
	#order: Order | undefined;
	#runs = 0;
	#slow: boolean;
	#listen: (report: Report) => void = () => {};
	#questions = 0;
	#answers = new Map<number, (answer: Answer) => void>();

	constructor(private readonly spec: Spec<Schema, Result>) {
		this.#slow = spec.long === true;
	}

	/** True where `run` would report before it returns. */
	isInstant(order: Order): boolean {
		return !this.#slow && order.seeds.length === 1;
	}

	/** Starts a run and ends the one before; reports come until `done` or `failed`. */
	run(order: Order, listen: (report: Report) => void): void {
		this.#stop();
		this.#listen = listen;
		if (this.isInstant(order)) this.#runHere(order);
		else this.#runAway(order);
	}

	control(action: Control): void {
		if (this.#worker) this.#post({ type: action });
		this.#job?.[action]();
		if (action === 'cancel') this.#listen = () => {};
	}

	/** The right answer of a question, computed by the widget's own runs. */
	answer(question: string): Promise<Answer> {
		const worker = this.spec.long ? this.#reach() : undefined;
		if (!worker) {
			const at = runAt(this.spec);
			const { answer, explain } = this.spec.questions[question];
			return Promise.resolve({ answer: answer(at), explanation: explain(at) });
		}
		const id = ++this.#questions;
		return new Promise((resolve) => {
			this.#answers.set(id, resolve);
			this.#post({ type: 'answer', id, widget: this.spec.name, question });
		});
	}

	close(): void {
		this.#stop();
		this.#worker?.terminate();
		this.#worker = undefined;
	}

	#stop(): void {
		if (this.#worker || this.#job) this.control('cancel');
		this.#job = undefined;
	}

	#runHere({ values, seeds }: Order): void {
		const start = performance.now();
		try {
			const result = execute(this.spec, values, seeds[0]);
			const outcome = { result, values, numbers: [this.spec.numbers(result, values)] };
			this.#slow ||= performance.now() - start > LONG;
			this.#listen({ type: 'done', outcome });
		} catch (error) {
			this.#listen({
				type: 'failed',
				message: error instanceof Error ? error.message : String(error)
			});
		}
	}

	#runAway(order: Order): void {
		this.#order = order;
		if (this.#reach()) {
			this.#post({ type: 'run', id: ++this.#runs, widget: this.spec.name, order });
			return;
		}
		this.#job = new Job(this.spec, order, (report) => this.#listen(report), breathe);
		void this.#job.run();
	}

	#post(message: ToWorker): void {
		this.#worker?.postMessage(message);
	}

	#reach(): Worker | undefined {
		if (this.#worker || this.#workerRefused) return this.#worker;
		try {
			this.#worker = new Worker(new URL('./run.worker.ts', import.meta.url), { type: 'module' });
			this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#receive(data);
			this.#worker.onerror = () => this.#giveUpWorker();
		} catch {
			this.#workerRefused = true;
		}
		return this.#worker;
	}

	#receive(message: FromWorker): void {
		if (message.type === 'answered') {
			this.#answers.get(message.id)?.(message);
			this.#answers.delete(message.id);
		} else if (message.id === this.#runs) {
			this.#listen(message);
		}
	}

	#giveUpWorker(): void {
		this.#worker?.terminate();
		this.#worker = undefined;
		this.#workerRefused = true;
		if (this.#order) this.#runAway(this.#order);
	}
}
