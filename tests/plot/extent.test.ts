import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extent } from '../../src/plot/extent';

const line = (y: number[], band?: { low: number[]; high: number[] }) => ({
	x: y.map((_, i) => i),
	y,
	band: band && { ...band, runs: 20 }
});

describe('extent', () => {
	it('spans all series and their bands, with room', () => {
		const series = [line([1, 2]), line([0, 5], { low: [-5, 0], high: [3, 15] })];
		expect(extent(series, { padding: 0 })).toEqual([-5, 15]);
		expect(extent(series)).toEqual([-6, 16]);
	});

	it('takes x exactly', () => {
		expect(extent([line([5, 6, 7])], { of: 'x' })).toEqual([0, 2]);
	});

	it('reaches 0 where asked, without room beyond it', () => {
		expect(extent([line([2, 10])], { zero: true, padding: 0.1 })).toEqual([0, 11]);
		expect(extent([line([-10, -2])], { zero: true, padding: 0.1 })).toEqual([-11, 0]);
		expect(extent([line([0, 0])], { zero: true })).toEqual([0, 0.5]);
	});

	it('holds further values', () => {
		expect(extent([line([1, 2])], { padding: 0, include: [7] })).toEqual([1, 7]);
	});

	it('counts only what is above 0 on a log axis', () => {
		expect(extent([line([0, -1, 1, 100])], { log: true, padding: 0 })).toEqual([1, 100]);
		expect(extent([line([-1])], { log: true })).toEqual([1, 10]);
	});

	it('opens around a constant and falls back where nothing is finite', () => {
		expect(extent([line([3, 3])])).toEqual([2.7, 3.3]);
		expect(extent([line([0])])).toEqual([-0.5, 0.5]);
		expect(extent([])).toEqual([0, 1]);
		expect(extent([line([NaN, Infinity])])).toEqual([0, 1]);
	});

	it('holds every finite value', () => {
		fc.assert(
			fc.property(fc.array(fc.double()), fc.boolean(), (y, zero) => {
				const [low, high] = extent([line(y)], { zero });
				expect(low).toBeLessThan(high);
				expect(y.every((value) => !Number.isFinite(value) || (low <= value && value <= high))).toBe(
					true
				);
			}),
			{ seed: 1, numRuns: 500 }
		);
	});
});
