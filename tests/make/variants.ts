import fc from 'fast-check';
import type { Entries } from '$make/variant';

/** Any entries that an address may hold: names of options and parameters among others. */
export const anyEntries = (names: readonly string[]): fc.Arbitrary<Entries> =>
	fc.array(
		fc.tuple(
			fc.oneof(fc.constantFrom(...names), fc.string()),
			fc.oneof(fc.string(), fc.string({ unit: 'binary' }))
		),
		{ maxLength: 12 }
	);
