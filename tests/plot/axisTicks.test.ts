import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AxisSpec } from '../../src/plot/axis';
import { axisTicks } from '../../src/plot/axisTicks';
import { createScale } from '../../src/plot/scale';

const ticksOf = (axis: AxisSpec, most = 6) => axisTicks(axis, createScale(axis, 60, 600), most);
const labels = (axis: AxisSpec, most?: number) =>
	ticksOf(axis, most).map((tick) => tick.label || String(tick.value).replace(/.*/, '·'));

describe('axisTicks', () => {
	it('takes round numbers on a linear axis', () => {
		expect(labels({ label: 'x', domain: [0, 1] })).toEqual([
			'0.0',
			'0.2',
			'0.4',
			'0.6',
			'0.8',
			'1.0'
		]);
		expect(labels({ label: 'x', domain: [0, 60] })).toEqual(['0', '20', '40', '60']);
	});

	it('takes powers of ten on a log axis, with 2 and 5 unlabelled between few', () => {
		expect(labels({ label: 'x', domain: [1e-5, 1e-3], scale: 'log' })).toEqual([
			'10⁻⁵',
			'10⁻⁴',
			'10⁻³',
			'·',
			'·',
			'·',
			'·'
		]);
		expect(labels({ label: 'x', domain: [1e-12, 1], scale: 'log' })).toEqual([
			'10⁻¹²',
			'10⁻⁹',
			'10⁻⁶',
			'10⁻³',
			'10⁰'
		]);
	});

	it('labels 2 and 5, or even steps, where no two powers of ten fit', () => {
		expect(labels({ label: 'x', domain: [1, 6], scale: 'log' })).toEqual(['1', '2', '5']);
		expect(labels({ label: 'x', domain: [2.1, 2.9], scale: 'log' }).length).toBeGreaterThan(2);
	});

	it('names categories and thins whole numbers', () => {
		expect(labels({ label: 'x', scale: 'band', categories: ['a', 'b'] })).toEqual(['a', 'b']);
		expect(labels({ label: 'x', scale: 'band', domain: [1, 12] }, 6)).toEqual([
			'1',
			'3',
			'5',
			'7',
			'9',
			'11'
		]);
	});

	it('uses the axis’s own way of writing', () => {
		const axis: AxisSpec = { label: 'x', domain: [0, 1], ticks: 2, format: (x) => `${100 * x}%` };
		expect(labels(axis, 2)).toEqual(['0%', '100%']);
	});

	it('never labels more than asked, and places all ticks within the domain', () => {
		fc.assert(
			fc.property(
				fc.double(),
				fc.double(),
				fc.constantFrom('linear' as const, 'log' as const, 'band' as const),
				fc.integer({ min: 1, max: 8 }),
				(low, high, scale, most) => {
					const ticks = ticksOf({ label: 'x', domain: [low, high], scale }, most);
					expect(ticks.filter((tick) => tick.label).length).toBeLessThanOrEqual(most);
					// Half a thousandth of a user unit for rounding at either end.
					expect(ticks.every(({ place }) => place >= 60 - 5e-4 && place <= 600 + 5e-4)).toBe(true);
				}
			),
			{ seed: 1, numRuns: 1000 }
		);
	});
});
