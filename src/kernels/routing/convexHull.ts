/**
 * The corners of the convex hull of points (x and y in turn), as their numbers, against the clock where y
 * points up. Points on an edge are no corners; of points on one spot the first counts. One point gives itself,
 * points on a line its two ends.
 *
 * Cost: O(n log n), the monotone chain of Andrew (1979).
 * Worked value: the corners of a square and its middle: the four corners.
 */
export function convexHull(points: ArrayLike<number>): number[] {
	const order = Array.from({ length: points.length / 2 }, (_, i) => i).sort(
		(a, b) => points[2 * a] - points[2 * b] || points[2 * a + 1] - points[2 * b + 1] || a - b
	);
	const turn = (a: number, b: number, c: number) =>
		(points[2 * b] - points[2 * a]) * (points[2 * c + 1] - points[2 * a + 1]) -
		(points[2 * b + 1] - points[2 * a + 1]) * (points[2 * c] - points[2 * a]);
	const chain = (numbers: readonly number[]) => {
		const hull: number[] = [];
		for (const point of numbers) {
			while (hull.length > 1 && turn(hull[hull.length - 2], hull[hull.length - 1], point) <= 0) {
				hull.pop();
			}
			hull.push(point);
		}
		return hull.slice(0, -1);
	};
	if (order.length === 1) return order;
	const first = order[0];
	const apart = order.filter(
		(i) => points[2 * i] !== points[2 * first] || points[2 * i + 1] !== points[2 * first + 1]
	);
	if (apart.length === 0) return [first];
	return [...chain([first, ...apart]), ...chain([first, ...apart].reverse())];
}
