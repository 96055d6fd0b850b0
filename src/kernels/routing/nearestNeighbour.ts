import type { Search } from './search';

/**
 * The nearest-neighbour tour: from `start`, always on to the nearest city not yet visited; of equals
 * the one of lowest number. The usual first tour, and in most rewrites of the paper the first change.
 *
 * Cost: (n−1) + (n−2) + … + 1 = n(n−1)/2 look-ups. Throws RangeError for a start that is no city.
 * Worked value: TSPLIB's burma14 from city 0: length 4048, optimum 3323.
 */
export function nearestNeighbour(search: Search, start: number): number[] {
	const { size } = search;
	if (!Number.isInteger(start) || start < 0 || start >= size) {
		throw new RangeError(`nearestNeighbour: start must be a city in 0 … ${size - 1}, got ${start}`);
	}
	const left = Array.from({ length: size }, (_, city) => city).filter((city) => city !== start);
	const tour = [start];
	while (left.length > 0) {
		let nearest = 0;
		let shortest = Infinity;
		for (let i = 0; i < left.length; i++) {
			const distance = search.distance(tour[tour.length - 1], left[i]);
			if (distance < shortest) {
				shortest = distance;
				nearest = i;
			}
		}
		tour.push(...left.splice(nearest, 1));
	}
	return tour;
}
