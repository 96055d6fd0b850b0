import type { Search } from './search';

/**
 * For each city the `count` nearest others, nearest first: the candidate lists of Lin and Kernighan's
 * successors, which most rewrites of the paper propose.
 *
 * Cost: n(n−1)/2 look-ups, O(n² log n) time. Throws RangeError for a count below 1.
 */
export function neighbourLists(search: Search, count: number): Uint16Array[] {
	if (!Number.isInteger(count) || count < 1) {
		throw new RangeError(`neighbourLists: count must be a positive integer, got ${count}`);
	}
	const { size } = search;
	const rows = Array.from({ length: size }, () => new Float64Array(size));
	for (let a = 0; a < size; a++) {
		for (let b = a + 1; b < size; b++) rows[a][b] = rows[b][a] = search.distance(a, b);
	}
	return rows.map((row, city) => {
		const others = Uint16Array.from(row.keys()).filter((other) => other !== city);
		return others.sort((a, b) => row[a] - row[b] || a - b).slice(0, count);
	});
}
