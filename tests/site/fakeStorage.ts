/** A browser's storage in memory; it may refuse everything, or have room for so many characters. */
export class FakeStorage implements Storage {
	[name: string]: unknown;
	#texts = new Map<string, string>();

	constructor(public room = Infinity) {}

	get length() {
		return this.#texts.size;
	}
	key(n: number) {
		return [...this.#texts.keys()][n] ?? null;
	}
	getItem(key: string) {
		return this.#texts.get(key) ?? null;
	}
	setItem(key: string, text: string) {
		const others = [...this.#texts].filter(([other]) => other !== key);
		const size = others.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
		if (size + key.length + text.length > this.room) {
			throw new DOMException('no room', 'QuotaExceededError');
		}
		this.#texts.set(key, text);
	}
	removeItem(key: string) {
		this.#texts.delete(key);
	}
	clear() {
		this.#texts.clear();
	}
	entries() {
		return Object.fromEntries(this.#texts);
	}
}
