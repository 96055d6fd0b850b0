import type { Search } from './search';

/** The largest distance between two cities, by n(n−1)/2 look-ups; 1 where all lie on one spot. */
export function largestDistance(search: Search): number {
	let largest = 0;
	for (let a = 0; a < search.size; a++) {
		for (let b = a + 1; b < search.size; b++) largest = Math.max(largest, search.distance(a, b));
	}
	return largest || 1;
}
