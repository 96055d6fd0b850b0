import { isRecord } from './isRecord';

/**
 * Results that may be told once in a registration, each with the number of its statement. It is kept
 * before the statement goes out, so that one which is sent again is known as the same.
 */
export type Told = Partial<Record<'completed' | 'passed', { id: string; hasArrived: boolean }>>;

/** From our own document in the record store. */
export function readTold(entries: unknown): Told {
	const told: Told = {};
	for (const verb of ['completed', 'passed'] as const) {
		const entry = isRecord(entries) ? entries[verb] : undefined;
		if (isRecord(entry) && typeof entry.id === 'string') {
			told[verb] = { id: entry.id, hasArrived: entry.hasArrived === true };
		}
	}
	return told;
}
