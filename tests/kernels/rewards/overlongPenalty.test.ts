import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlongPenalty } from '../../../src/kernels/rewards/overlongPenalty';
import type { OverlongLibrary } from '../../../src/kernels/rewards/overlongPresets';
import reference from '../../reference/ruleRewards.json';
import { expectNear, section } from '../rl/outside';

interface Inputs {
	length: number;
	max: number;
	cache?: number;
	buffer?: number;
	factor?: number;
}
const sections: [string, OverlongLibrary][] = [
	['overlong_trl', 'trl'],
	['overlong_trl_more', 'trl'],
	['overlong_openrlhf', 'openrlhf'],
	['overlong_verl_dapo', 'verl']
];
for (const [name, library] of sections) {
	describe(name, () => {
		const { cases, tolerance } = section<Inputs, number>(reference, name);
		test.each(cases)('$name', ({ inputs, outputs }) => {
			const got = overlongPenalty(inputs.length, {
				library,
				maxCompletionLen: inputs.max,
				softPunishCache: inputs.cache ?? inputs.buffer!,
				penaltyFactor: inputs.factor
			});
			expectNear(got, outputs, tolerance);
		});
	});
}

test('it never rises with length, is 0 before the zone, −factor at the limit', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 200 }),
			fc.integer({ min: 0, max: 200 }),
			fc.double({ min: 0, max: 3, noNaN: true }),
			fc.constantFrom('trl', 'verl', 'openrlhf'),
			(cache, before, penaltyFactor, library) => {
				const options = {
					maxCompletionLen: before + cache,
					softPunishCache: cache,
					penaltyFactor,
					library
				} as const;
				const at = (length: number) => overlongPenalty(length, options);
				expect(at(before)).toBe(0);
				expect(at(before + cache)).toBeCloseTo(-penaltyFactor, 14);
				for (let length = 0; length < before + 2 * cache; length++) {
					expect(at(length + 1)).toBeLessThanOrEqual(at(length));
				}
			}
		),
		{ seed: 1, numRuns: 50 }
	);
});

test('at twice the limit TRL and OpenRLHF are at −1, verl at −6', () => {
	const options = { maxCompletionLen: 100, softPunishCache: 20 };
	expect(overlongPenalty(200, options)).toBe(-1);
	expect(overlongPenalty(200, { ...options, library: 'openrlhf' })).toBe(-1);
	expect(overlongPenalty(200, { ...options, library: 'verl' })).toBe(-6);
});

test.each([
	[-1, 100, 20, 1, 'length must be a whole number ≥ 0, got -1'],
	[1.5, 100, 20, 1, 'length must be a whole number ≥ 0, got 1.5'],
	[1, NaN, 20, 1, 'maxCompletionLen must be a whole number ≥ 0, got NaN'],
	[1, 10, 20, 1, 'softPunishCache must be at most maxCompletionLen = 10, got 20'],
	[1, 100, 20, -1, 'penaltyFactor must be finite and ≥ 0, got -1']
])(
	'bad input is refused by name (%s)',
	(length, maxCompletionLen, softPunishCache, penaltyFactor, message) => {
		const call = () =>
			overlongPenalty(length, { maxCompletionLen, softPunishCache, penaltyFactor });
		expect(call).toThrow(RangeError);
		expect(call).toThrow(message);
	}
);

test('verl divides by the cache: 0 is refused', () => {
	const options = { maxCompletionLen: 100, softPunishCache: 0, library: 'verl' } as const;
	expect(() => overlongPenalty(101, options)).toThrow('softPunishCache must be positive in verl');
});
