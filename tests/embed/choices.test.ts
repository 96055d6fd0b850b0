import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinChoices, splitChoices } from '$embed/choices';

test('choices in one attribute come back as they were', () => {
	expect(splitChoices('Up|Down')).toEqual(['Up', 'Down']);
	const choice = fc.string({ unit: fc.constantFrom('a', '|', '\\', '\n', '😀', ' ') });
	fc.assert(
		fc.property(fc.array(choice, { minLength: 1 }), (choices) => {
			expect(splitChoices(joinChoices(choices))).toEqual(choices);
		}),
		{ seed: 6, numRuns: 500 }
	);
});
