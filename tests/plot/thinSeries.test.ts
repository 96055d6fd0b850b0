import fc from 'fast-check';
import { expect, test } from 'vitest';
import { thinSeries } from '../../src/plot/thinSeries';

const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

test('a short series stays as it is', () => {
	const series = { x: upTo(8), y: upTo(8) };
	expect(thinSeries(series, 2)).toEqual(series);
});

test('of a long one a few points a column stay, in order, with ends and extremes', () => {
	fc.assert(
		fc.property(
			fc.array(fc.double({ noNaN: true }), { minLength: 41, maxLength: 400 }),
			fc.integer({ min: 1, max: 10 }),
			(y, columns) => {
				const thin = thinSeries({ x: upTo(y.length), y }, columns);
				expect(thin.x.length).toBeLessThanOrEqual(4 * columns);
				expect(thin.x).toEqual([...thin.x].sort((a, b) => a - b));
				expect(thin.y).toEqual(thin.x.map((i) => y[i]));
				expect([thin.x[0], thin.x.at(-1)]).toEqual([0, y.length - 1]);
				expect(Math.min(...thin.y)).toBe(Math.min(...y));
				expect(Math.max(...thin.y)).toBe(Math.max(...y));
			}
		)
	);
});

test('a band is cut at the same places', () => {
	const y = upTo(100);
	const band = { low: y.map((v) => v - 1), high: y.map((v) => v + 1), runs: 5 };
	const thin = thinSeries({ x: y, y, band }, 3);
	expect(thin.band).toEqual({
		low: thin.y.map((v) => v - 1),
		high: thin.y.map((v) => v + 1),
		runs: 5
	});
});
