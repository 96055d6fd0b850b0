import { readWork, writeWork } from './writeWork';
import type { Work } from './course';

const ROOM = 200_000;

/** Work that a platform has not taken, kept in the browser until it does. */
export class LocalCopy {
	constructor(private readonly key: string) {}

	read(): Work | undefined {
		try {
			const text = localStorage.getItem(this.key);
			return text === null ? undefined : readWork(text).work;
		} catch {
			return undefined;
		}
	}

	/** False where storage is refused or full: the work lasts as long as the page. */
	write(work: Work): boolean {
		try {
			localStorage.setItem(this.key, writeWork(work, ROOM));
			return true;
		} catch {
			return false;
		}
	}

	clear(): void {
		try {
			localStorage.removeItem(this.key);
		} catch {
			// Storage is refused: nothing was kept either.
		}
	}
}
