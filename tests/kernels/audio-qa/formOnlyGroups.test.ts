import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formOnlyGroups } from '../../../src/kernels/audio-qa/formOnlyGroups';
import { silentGroups } from '../../../src/kernels/audio-qa/silentGroups';

/** Sums over every group of G answers, each right or wrong and in form or not. */
function enumerate(p: number, q: number, G: number): { silent: number; formOnly: number } {
	let silent = 0;
	let formOnly = 0;
	for (let code = 0; code < 4 ** G; code++) {
		const answers = Array.from({ length: G }, (_, i) => Math.floor(code / 4 ** i) % 4);
		const right = answers.map((a) => a % 2);
		const rewards = answers.map((a) => (a % 2) + Math.floor(a / 2));
		const probability = answers.reduce(
			(product, a) => product * (a % 2 ? p : 1 - p) * (a > 1 ? q : 1 - q),
			1
		);
		if (new Set(rewards).size === 1) silent += probability;
		else if (new Set(right).size === 1) formOnly += probability;
	}
	return { silent, formOnly };
}

describe('formOnlyGroups', () => {
	test('is what a sum over every group gives, and so is silentGroups', () => {
		const share = fc.double({ min: 0, max: 1, noNaN: true });
		fc.assert(
			fc.property(share, share, fc.integer({ min: 1, max: 5 }), (p, q, G) => {
				const { silent, formOnly } = enumerate(p, q, G);
				expect(formOnlyGroups(p, q, G)).toBeCloseTo(formOnly, 12);
				expect(silentGroups(p, q, G)).toBeCloseTo(silent, 12);
			}),
			{ seed: 5, numRuns: 40 }
		);
	});

	test('worked value, and none where all answers share a form', () => {
		// (0.02^8 + 0.98^8) · (1 − 2/256) by hand.
		expect(formOnlyGroups(0.02, 0.5, 8)).toBeCloseTo(0.8507630226 * (127 / 128), 9);
		expect(formOnlyGroups(0.3, 1, 8)).toBe(0);
	});

	test('refuses what is no probability', () => {
		expect(() => formOnlyGroups(0.5, 2, 8)).toThrow('q must be in [0, 1], got 2');
	});
});
