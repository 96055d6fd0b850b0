import type { FromLab, ToLab } from './protocol';

type Told = Exclude<FromLab, { type: 'inspection' | 'state' }>;
type Reply<T extends ToLab['type']> = T extends 'inspect'
	? Extract<FromLab, { type: 'inspection' }>['reply']
	: Extract<FromLab, { type: 'state' }>['state'];

/** The worker of one run, started with the first message: tells, and answers questions. */
export class LabLink {
	#worker: Worker | undefined;
	#asked = 0;
	#answers = new Map<number, (value: unknown) => void>();

	constructor(private readonly listen: (message: Told) => void) {}

	post(message: ToLab): void {
		this.#worker ??= this.#open();
		this.#worker.postMessage(message);
	}

	ask<T extends 'inspect' | 'state'>(
		question: Omit<Extract<ToLab, { type: T }>, 'id'>
	): Promise<Reply<T>> {
		const id = ++this.#asked;
		return new Promise((resolve) => {
			this.#answers.set(id, resolve as (value: unknown) => void);
			this.post({ ...question, id } as unknown as ToLab);
		});
	}

	close(): void {
		this.#worker?.terminate();
		this.#worker = undefined;
	}

	#open(): Worker {
		const worker = new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module' });
		worker.onmessage = ({ data }: MessageEvent<FromLab>) => {
			if (data.type === 'inspection') this.#settle(data.id, data.reply);
			else if (data.type === 'state') this.#settle(data.id, data.state);
			else this.listen(data);
		};
		worker.onerror = ({ message }) =>
			this.listen({
				type: 'failed',
				message: message || 'the browser refused to start the worker'
			});
		return worker;
	}

	#settle(id: number, value: unknown): void {
		this.#answers.get(id)?.(value);
		this.#answers.delete(id);
	}
}
