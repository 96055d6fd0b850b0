import fc from 'fast-check';
import type { Entries } from '$make/variant';

const odd = fc.string({ unit: fc.constantFrom('\0', '\ud800', '\u202e', '<', '&', '=', '%', 'é') });

/** Any entries that an address may hold: names of options and parameters among others. */
export const anyEntries = (names: readonly string[]): fc.Arbitrary<Entries> =>
	fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string()), fc.oneof(fc.string(), odd)), {
		maxLength: 12
	});
