import type { Outcome } from './recordStore';
import type { Statement } from './statements';

/** Statements on their way, in order: none overtakes another, and none is lost while there is no network. */
export class Outbox {
	#waiting: Statement[] = [];
	#sending: Promise<boolean> | undefined;

	constructor(private readonly send: (statements: readonly Statement[]) => Promise<Outcome>) {}

	add(statement: Statement): void {
		this.#waiting.push(statement);
	}

	/** True where all have been taken. One that is refused is given up, so that it holds up no other. */
	flush(): Promise<boolean> {
		this.#sending ??= this.#sendAll().finally(() => (this.#sending = undefined));
		return this.#sending;
	}

	/** Those that have not been taken yet, one perhaps on its way; its number tells it from a second. */
	empty(): Statement[] {
		return this.#waiting.splice(0);
	}

	async #sendAll(): Promise<boolean> {
		let isTaken = true;
		while (this.#waiting.length > 0) {
			const [first] = this.#waiting;
			const outcome = await this.send([first]);
			if (outcome === 'later') return false;
			if (outcome === 'refused') isTaken = false;
			if (this.#waiting[0] === first) this.#waiting.shift();
		}
		return isTaken;
	}
}
