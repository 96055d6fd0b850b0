import { expect, test } from 'vitest';
import { isolines } from '../../src/plot/isolines';

test('worked value', () => {
	const segments = isolines(
		[
			[0, 1],
			[0, 1]
		],
		[0, 1],
		[0, 1],
		0.5
	);
	expect(segments).toEqual([[0.5, 0, 0.5, 1]]);
});

test('a cone’s lines lie on circles and close', () => {
	const places = Array.from({ length: 41 }, (_, i) => (i - 20) / 10);
	const values = places.map((y) => places.map((x) => Math.hypot(x, y)));
	const segments = isolines(values, places, places, 1.05);
	const ends = new Map<string, number>();
	for (const [x0, y0, x1, y1] of segments) {
		for (const [x, y] of [
			[x0, y0],
			[x1, y1]
		]) {
			// linear interpolation of a cone: within the square of the grid's step
			expect(Math.abs(Math.hypot(x, y) - 1.05)).toBeLessThan(0.01);
			const key = `${x.toFixed(9)},${y.toFixed(9)}`;
			ends.set(key, (ends.get(key) ?? 0) + 1);
		}
	}
	expect(new Set(ends.values())).toEqual(new Set([2]));
});

test('a saddle’s lines do not cross', () => {
	const x = [0, 1];
	const high = isolines(
		[
			[1, 0],
			[0, 1]
		],
		x,
		x,
		0.4
	);
	// the centre, ½, lies above: the two low corners are cut off
	expect(high).toEqual([
		[0.6, 0, 1, 0.4],
		[0.4, 1, 0, 0.6]
	]);
	const low = isolines(
		[
			[1, 0],
			[0, 1]
		],
		x,
		x,
		0.6
	);
	expect(low.flat().map((end) => Number(end.toFixed(9)))).toEqual([0, 0.4, 0.4, 0, 1, 0.6, 0.6, 1]);
});

test('a square with a missing corner is left out, and a level nowhere reached has no line', () => {
	const values = [
		[NaN, 1],
		[0, 1]
	];
	expect(isolines(values, [0, 1], [0, 1], 0.5)).toEqual([]);
	expect(
		isolines(
			[
				[0, 1],
				[0, 1]
			],
			[0, 1],
			[0, 1],
			2
		)
	).toEqual([]);
});
