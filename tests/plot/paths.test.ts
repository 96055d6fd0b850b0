import { area, curveStepAfter, line } from 'd3-shape';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaPath } from '../../src/plot/areaPath';
import { linePath } from '../../src/plot/linePath';
import { symbolPath } from '../../src/plot/symbolPath';
import { corners, type Pair } from './corners';

/** Whole places, so that d3's and our own rounding cannot differ. */
const place = fc.oneof(
	{ weight: 5, arbitrary: fc.integer({ min: 0, max: 640 }) },
	fc.constant(NaN)
);
const pairs = fc.array(fc.tuple(place, place), { maxLength: 12 });
const defined = ([x, y]: Pair) => !Number.isNaN(x) && !Number.isNaN(y);

describe('linePath', () => {
	it('goes through the corners that d3-shape goes through', () => {
		fc.assert(
			fc.property(pairs, (points) => {
				const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
				expect(corners(linePath(xs, ys))).toEqual(
					corners(line<Pair>().defined(defined)(points) ?? '')
				);
				expect(corners(linePath(xs, ys, 'step'))).toEqual(
					corners(line<Pair>().defined(defined).curve(curveStepAfter)(points) ?? '')
				);
			}),
			{ seed: 1, numRuns: 300 }
		);
	});

	it('breaks at a missing point and shows a lone one as a dot', () => {
		expect(linePath([0, 1, 2, 3, 4], [5, 6, NaN, 7, NaN])).toBe('M0,5l1,1M3,7h0');
	});

	it('draws nothing from nothing', () => {
		expect(linePath([], [])).toBe('');
	});
});

describe('areaPath', () => {
	it('encloses what d3-shape encloses', () => {
		fc.assert(
			fc.property(pairs, fc.integer({ min: 0, max: 300 }), (points, height) => {
				const xs = points.map(([x]) => x);
				const lows = points.map(([, y]) => y);
				const highs = lows.map((y) => y - height);
				const d3 = area<Pair>()
					.defined(defined)
					.x(([x]) => x)
					.y0(([, y]) => y)
					.y1(([, y]) => y - height);
				expect(corners(areaPath(xs, lows, highs))).toEqual(corners(d3(points) ?? ''));
			}),
			{ seed: 1, numRuns: 300 }
		);
	});

	it('holds each value until the next x when stepped', () => {
		expect(corners(areaPath([0, 1, 2], [9, 9, 9], [1, 2, 3], 'step'))).toEqual(
			corners('M0,1L1,1L1,2L2,2L2,3L2,9L2,9L1,9L1,9L0,9Z')
		);
	});
});

describe('symbolPath', () => {
	it('gives each marker a shape of its own, closed, around its centre', () => {
		const markers = ['circle', 'square', 'diamond', 'triangle', 'triangleDown'] as const;
		const paths = markers.map((marker) => symbolPath(marker, 100, 50, 4));
		expect(new Set(paths).size).toBe(markers.length);
		for (const path of paths) expect(path).toMatch(/^M9\d.*Z$|^M100,.*Z$/);
	});
});
