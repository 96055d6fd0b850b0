/**
 * The tour that a table of action values describes: from `start`, always on to the city of highest value not
 * yet visited; of equals the one of lowest number. `q` is n × n, row by row: q[c·n + m] values going from c to m.
 *
 * Cost: O(n²). Throws RangeError for a table that is not square or a start that is no city.
 */
export function greedyRoute(q: ArrayLike<number>, start: number): number[] {
	const n = Math.sqrt(q.length);
	if (!Number.isInteger(n) || n < 1) {
		throw new RangeError(`greedyRoute: q must be n × n, got ${q.length} values`);
	}
	if (!Number.isInteger(start) || start < 0 || start >= n) {
		throw new RangeError(`greedyRoute: start must be a city in 0 … ${n - 1}, got ${start}`);
	}
	const tour = [start];
	const left = Array.from({ length: n }, (_, city) => city).filter((city) => city !== start);
	while (left.length > 0) {
		const place = highest(q, tour[tour.length - 1] * n, left);
		tour.push(...left.splice(place, 1));
	}
	return tour;
}

/** The place in `cities` of the one with the highest value in a row of the table; of equals the first. */
export function highest(q: ArrayLike<number>, row: number, cities: readonly number[]): number {
	let best = 0;
	for (let i = 1; i < cities.length; i++) {
		if (q[row + cities[i]] > q[row + cities[best]]) best = i;
	}
	return best;
}
