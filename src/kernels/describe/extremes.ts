import { finitePoints, type Point } from './finitePoints';

/**
 * The lowest and the highest point of a line; of equals, the first. Points that are not finite are
 * left out.
 *
 * Throws RangeError if the lists differ in length or hold no finite point. Cost O(n).
 * Worked value: xs [0, 1, 2], ys [3, 1, 2] has its low at x = 1 (y = 1), its high at x = 0 (y = 3).
 */
export function extremes(
	xs: readonly number[],
	ys: readonly number[]
): { low: Point; high: Point } {
	const points = finitePoints('extremes', xs, ys);
	let low = points[0];
	let high = points[0];
	for (const point of points) {
		if (point.y < low.y) low = point;
		if (point.y > high.y) high = point;
	}
	return { low, high };
}
