import type { DistanceRule } from './tsplibDistance';

/**
 * Where cities stand on a map, as [x, y]. With GEO the coordinates are latitude and longitude, so they change
 * places.
 */
export function mapPlaces(points: ArrayLike<number>, rule: DistanceRule): [number, number][] {
	return Array.from({ length: points.length / 2 }, (_, i) => {
		const [a, b] = [points[2 * i], points[2 * i + 1]];
		return rule === 'GEO' ? [b, a] : [a, b];
	});
}

/**
 * The closed line of a tour through these places, for a drawing; no tour gives no line.
 *
 * Worked value: (0, 0), (1, 0), (1, 1) in the order 0, 2, 1: x = 0, 1, 1, 0 and y = 0, 1, 0, 0.
 */
export function tourLine(
	places: readonly (readonly [number, number])[],
	tour: readonly number[]
): { x: number[]; y: number[] } {
	const closed = tour.length > 0 ? [...tour, tour[0]] : [];
	return { x: closed.map((city) => places[city][0]), y: closed.map((city) => places[city][1]) };
}

/** The extent of the places along x (0) or y (1). */
export function spanOf(
	places: readonly (readonly [number, number])[],
	axis: 0 | 1
): [number, number] {
	const values = places.map((place) => place[axis]);
	return [Math.min(...values), Math.max(...values)];
}
