import { settle } from '$player/settle';
import { searchOf } from './takeAway';
import type { Entries } from './variant';

/** A form is typed into; its address and its preview follow once it has been quiet this long, in milliseconds. */
const QUIET = 350;
const MOST_STEPS = 100;

const parse = (search: string): Entries => [...new URLSearchParams(search)];

/** Keeps what a form says in the address of its page, with the steps back. */
export class AddressHistory {
	#kept = $state('');
	#past = $state<string[]>([]);
	#keeping = settle(QUIET, () => this.keep());

	/** @param read what the form says */
	constructor(private readonly read: () => Entries) {}

	/** Called once the form is filled for the first time. */
	start(): void {
		this.#show(searchOf(this.read()));
	}

	/** What the address says now. */
	get entries(): Entries {
		return parse(this.#kept);
	}

	get canUndo(): boolean {
		return this.#past.length > 0;
	}

	/** Called with each change of the form. */
	touch(): void {
		this.#keeping.touch();
	}

	keep(): void {
		this.#keeping.stop();
		const now = searchOf(this.read());
		if (now === this.#kept) return;
		this.#past = [...this.#past, this.#kept].slice(-MOST_STEPS);
		this.#show(now);
	}

	/** Takes the last step back; the form is to say what is returned. */
	undo(): Entries | undefined {
		this.keep();
		const before = this.#past.at(-1);
		if (before === undefined) return undefined;
		this.#past = this.#past.slice(0, -1);
		this.#show(before);
		return parse(before);
	}

	#show(search: string): void {
		this.#kept = search;
		try {
			history.replaceState(history.state, '', `?${search}${location.hash}`);
		} catch {
			// A page from a disk may not change its address: the form then lasts as long as the page.
		}
	}
}
