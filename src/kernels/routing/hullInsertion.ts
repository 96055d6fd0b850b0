import { convexHull } from './convexHull';
import type { Search } from './search';

/** Keeps the ratio finite where two cities lie on one spot, as in the original. */
const NO_DIVISION_BY_ZERO = 1e-17;

/**
 * The convex hull tour (Eilon, Watson-Gandy and Christofides 1971), as pyCombinatorial has it: start with the
 * corners of the hull; for each city not in the tour find the edge (m, n) where it costs least,
 * d(m,c) + d(c,n) − d(m,n); of these cities put in the one of least (d(m,c) + d(c,n)) / d(m,n); go on.
 *
 * Cost: 3 look-ups for each city outside and each edge, each round: about n³/2.
 * Worked value: the corners of a square in the plane: the square.
 */
export function* hullInsertion(
	search: Search,
	points: ArrayLike<number>
): Generator<void, number[]> {
	const tour = convexHull(points);
	const out = Array.from({ length: search.size }, (_, city) => city).filter(
		(city) => !tour.includes(city)
	);
	while (out.length > 0) {
		let ratio = Infinity;
		let chosen: [outside: number, place: number] = [0, 0];
		for (const [i, city] of out.entries()) {
			let least = Infinity;
			let place = 0;
			let placeRatio = 0;
			for (const [k, m] of tour.entries()) {
				const n = tour[(k + 1) % tour.length];
				const way = search.distance(m, city) + search.distance(city, n);
				const edge = search.distance(m, n);
				if (way - edge < least) {
					least = way - edge;
					place = k;
					placeRatio = way / (edge + NO_DIVISION_BY_ZERO);
				}
			}
			if (placeRatio < ratio) {
				ratio = placeRatio;
				chosen = [i, place];
			}
		}
		const [city] = out.splice(chosen[0], 1);
		tour.splice(chosen[1] + 1, 0, city);
		yield;
	}
	return tour;
}
