import type { DistanceRule } from './tsplibDistance';

/**
 * Where cities stand on a map, as [x, y]. With GEO the coordinates are latitude and longitude, so they change
 * places.
 *
 * Worked value: (52.3, 13.24) by GEO: [13.24, 52.3].
 */
export function mapPlaces(points: ArrayLike<number>, rule: DistanceRule): [number, number][] {
	return Array.from({ length: points.length / 2 }, (_, i) => {
		const [a, b] = [points[2 * i], points[2 * i + 1]];
		return rule === 'GEO' ? [b, a] : [a, b];
	});
}
