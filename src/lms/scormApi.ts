type Call = 'Initialize' | 'Finish' | 'GetValue' | 'SetValue' | 'Commit' | 'GetLastError';

const NAMES_2004 = { Finish: 'Terminate' } as Partial<Record<Call, string>>;

/**
 * The script of a SCORM platform, which may throw, answer true or "true", or answer nothing: none of
 * it reaches the course.
 */
export class ScormApi {
	#sent = new Map<string, string>();
	/** Where the platform was seen to cut a text. */
	#room: number | undefined;

	constructor(
		private readonly api: Record<string, unknown>,
		private readonly version: '1.2' | '2004'
	) {}

	/** Some platforms have opened the course by themselves and refuse to do it twice. */
	open(statusElement: string): boolean {
		return this.#agrees('Initialize', '') || this.get(statusElement) !== '';
	}

	get(element: string): string {
		const text = this.#call('GetValue', element);
		return text === 'undefined' || text === 'null' ? '' : text;
	}

	/** A whole number from 0; 0 where there is none. */
	count(element: string): number {
		const count = Number(this.get(element));
		return Number.isSafeInteger(count) && count > 0 ? count : 0;
	}

	/** What stands there already is not sent again. */
	set(element: string, value: string): boolean {
		if (this.#sent.get(element) === value) return true;
		const taken = this.#agrees('SetValue', element, value);
		if (taken) this.#sent.set(element, value);
		return taken;
	}

	/**
	 * Sets a text as long as the platform keeps it: `write` makes one of at most so many characters.
	 * Some refuse a long one, some cut it short and say nothing.
	 */
	setLongest(element: string, rooms: readonly number[], write: (room: number) => string): boolean {
		const left = this.#room === undefined ? [...rooms] : [this.#room];
		for (let room = left.shift(); room !== undefined; room = left.shift()) {
			const text = write(room);
			if (!this.set(element, text)) continue;
			const kept = this.get(element);
			const isCut = kept !== '' && kept.length < text.length && text.startsWith(kept);
			if (!isCut) return text.length <= room;
			if (kept.length >= room) return false;
			this.#room = kept.length;
			left.splice(0, left.length, kept.length);
		}
		return false;
	}

	commit(): boolean {
		return this.#agrees('Commit', '');
	}

	close(): void {
		this.#call('Finish', '');
	}

	#agrees(call: Call, ...values: string[]): boolean {
		return ['true', '1'].includes(this.#call(call, ...values).toLowerCase());
	}

	/** The answer as text: empty where there is none, or none that has a text. */
	#call(call: Call, ...values: string[]): string {
		const name = this.version === '1.2' ? `LMS${call}` : (NAMES_2004[call] ?? call);
		try {
			return String(
				(this.api as Record<string, (...values: string[]) => unknown>)[name](...values) ?? ''
			);
		} catch {
			return '';
		}
	}
}
