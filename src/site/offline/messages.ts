import type { CopyState } from './copy';
import type { Reason } from './keepFiles';

/** What a page asks of the worker. */
export type Message =
	| { ask: 'state' }
	/** Keep a page, with all that its figures need. */
	| { ask: 'keep page'; page: string }
	/** Keep these files. */
	| { ask: 'keep'; files: string[] }
	/** Delete every copy. */
	| { ask: 'forget' }
	/** Take the place of the older version; there is no answer. */
	| { ask: 'take over' };

/** The worker’s answer: how the copy stands now, and why not all could be kept. */
export interface Reply {
	state?: CopyState;
	reason?: Reason;
}

/** Asks the worker and waits for its answer. */
export function ask(worker: ServiceWorker, message: Message): Promise<Reply> {
	return new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel();
		port1.onmessage = ({ data }: MessageEvent<Reply>) => {
			port1.close();
			resolve(data);
		};
		worker.postMessage(message, [port2]);
	});
}
