import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber, formatTick } from '../../src/plot/formatTick';

describe('formatTick', () => {
	it.each([
		[0.1 + 0.2, undefined, 'linear', '0.3'],
		[0.1, undefined, 'linear', '0.1'],
		[0.5, [0, 0.25, 0.5], 'linear', '0.50'],
		[0, [-1, 0, 1], 'linear', '0'],
		[-1, [-1, 0, 1], 'linear', '−1'],
		[-0.5, [-0.5, 0, 0.5], 'linear', '−0.5'],
		[20000, [0, 10000, 20000], 'linear', '20,000'],
		[2.5e7, [0, 2.5e7], 'linear', '2.5×10⁷'],
		[-4e-5, [-4e-5, 0, 4e-5], 'linear', '−4×10⁻⁵'],
		[1e-5, [1e-5, 1e-4, 1e-3], 'log', '10⁻⁵'],
		[1e-3, [1e-5, 1e-4, 1e-3], 'log', '10⁻³'],
		[1, [1e-6, 1, 1e6], 'log', '10⁰'],
		[2e-5, [1e-5, 2e-5, 5e-5], 'log', '2×10⁻⁵'],
		[0.01, [0.01, 0.1, 1, 10], 'log', '0.01'],
		[10, [0.01, 0.1, 1, 10], 'log', '10']
	] as const)('%d among %j on a %s axis is %s', (value, ticks, scale, expected) => {
		expect(formatTick(value, ticks, scale)).toBe(expected);
	});

	it('tells evenly spaced ticks apart', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: -20, max: 20 }),
				fc.integer({ min: 1, max: 9 }),
				fc.integer({ min: -9, max: 9 }),
				(first, step, exponent) => {
					const ticks = [0, 1, 2, 3].map((i) => Number(`${first + i * step}e${exponent}`));
					const texts = ticks.map((tick) => formatTick(tick, ticks));
					expect(new Set(texts).size).toBe(4);
				}
			),
			{ seed: 1, numRuns: 300 }
		);
	});

	it('writes any number without NaN, e-notation or a hyphen for minus', () => {
		fc.assert(
			fc.property(
				fc.double(),
				fc.constantFrom('linear' as const, 'log' as const),
				(value, scale) => {
					expect(formatTick(value, [value], scale)).not.toMatch(/NaN|e|-|^$/i);
				}
			),
			{ seed: 1, numRuns: 500 }
		);
	});
});

describe('formatNumber', () => {
	it.each([
		[1234.5, 2, '1,234.50'],
		[-0.001, 2, '0.00'],
		[-0.126, 2, '−0.13'],
		[999999.9, 0, '1,000,000'],
		[NaN, 1, '–'],
		[-Infinity, 1, '−∞'],
		[1.5e23, 1, '1.5×10²³']
	])('%d with %d digits is %s', (value, digits, expected) => {
		expect(formatNumber(value, digits)).toBe(expected);
	});
});
