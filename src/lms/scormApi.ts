type Call = 'Initialize' | 'Finish' | 'GetValue' | 'SetValue' | 'Commit' | 'GetLastError';

const NAMES_2004 = { Finish: 'Terminate' } as Partial<Record<Call, string>>;

/**
 * The script of a SCORM platform, which may throw, answer true or "true", or answer nothing: none of
 * it reaches the course.
 */
export class ScormApi {
	#sent = new Map<string, string>();

	constructor(
		private readonly api: Record<string, unknown>,
		private readonly version: '1.2' | '2004'
	) {}

	/** Some platforms have opened the course by themselves and refuse to do it twice. */
	open(statusElement: string): boolean {
		return this.#agrees('Initialize', '') || this.get(statusElement) !== '';
	}

	get(element: string): string {
		const value = this.#call('GetValue', element);
		return value === undefined || value === null ? '' : String(value);
	}

	/** What stands there already is not sent again. */
	set(element: string, value: string): boolean {
		if (this.#sent.get(element) === value) return true;
		const taken = this.#agrees('SetValue', element, value);
		if (taken) this.#sent.set(element, value);
		return taken;
	}

	commit(): boolean {
		return this.#agrees('Commit', '');
	}

	close(): void {
		this.#call('Finish', '');
	}

	#agrees(call: Call, ...values: string[]): boolean {
		return ['true', '1'].includes(String(this.#call(call, ...values)).toLowerCase());
	}

	#call(call: Call, ...values: string[]): unknown {
		const name = this.version === '1.2' ? `LMS${call}` : (NAMES_2004[call] ?? call);
		try {
			return (this.api as Record<string, (...values: string[]) => unknown>)[name](...values);
		} catch {
			return undefined;
		}
	}
}
