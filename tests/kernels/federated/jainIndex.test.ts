import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jainIndex } from '../../../src/kernels/federated/jainIndex';
import reference from '../../reference/federated.json';

const section = reference.sections.find(({ name }) => name === 'jain_fairness_index')!;
const { rtol, atol } = section.tolerance;

describe('textbook formula', () => {
	for (const { name, inputs, outputs } of section.cases) {
		const values = (inputs as unknown as { x: number[] }).x;
		const want = Number(outputs);
		test(name, () => {
			if (name === 'huge') {
				// The reference overflows to NaN; two equal parties are perfectly fair at any scale.
				expect(jainIndex(values)).toBe(1);
			} else if (Number.isNaN(want)) {
				expect(() => jainIndex(values)).toThrow('must not all be 0');
			} else {
				expect(Math.abs(jainIndex(values) - want)).toBeLessThanOrEqual(atol + rtol * want);
			}
		});
	}
});

const values = fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), {
	minLength: 1,
	maxLength: 8
});

test('lies in [1/n, 1] and does not change with scale', () => {
	fc.assert(
		fc.property(values, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (list, scale) => {
			const index = jainIndex(list);
			expect(index).toBeGreaterThanOrEqual(1 / list.length - 1e-12);
			expect(index).toBeLessThanOrEqual(1 + 1e-12);
			// Rounding of the scaled values only.
			expect(Math.abs(jainIndex(list.map((value) => scale * value)) - index)).toBeLessThan(1e-12);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('m of n parties that share alike: m/n', () => {
	expect(jainIndex([5, 5, 5, 0, 0])).toBeCloseTo(0.6, 14);
	expect(jainIndex([0, 0, 0, 2])).toBe(0.25);
});

test('refuses what has no index', () => {
	expect(() => jainIndex([])).toThrow('must not be empty');
	expect(() => jainIndex([1, -1])).toThrow('values[1]');
	expect(() => jainIndex([NaN])).toThrow('values[0]');
});
