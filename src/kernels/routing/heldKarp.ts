import type { DistanceMatrix } from './distanceMatrix';

const MOST_CITIES = 17;

/**
 * A shortest tour by the dynamic program of Held and Karp (1962): for each set S of cities and each last one
 * j in it, the shortest path from city 0 through all of S that ends at j.
 *
 *     C(S, j) = min over k in S∖{j} of C(S∖{j}, k) + d(k, j)
 *
 * Cost: O(2ⁿ n²) time, O(2ⁿ n) memory; for 17 cities 17 million steps.
 * Throws RangeError for no cities or more than 17.
 * Worked value: TSPLIB's burma14: 3323.
 */
export function heldKarp({ size, values }: DistanceMatrix): { tour: number[]; length: number } {
	if (size < 1 || size > MOST_CITIES) {
		throw new RangeError(`heldKarp: size must be in 1 … ${MOST_CITIES}, got ${size}`);
	}
	if (size === 1) return { tour: [0], length: 0 };
	const others = size - 1;
	const shortest = new Float64Array(others << others).fill(Infinity);
	const before = new Int8Array(others << others).fill(-1);
	for (let j = 0; j < others; j++) shortest[(1 << j) * others + j] = values[j + 1];
	const full = (1 << others) - 1;
	for (let set = 1; set < full; set++) {
		for (let k = 0; k < others; k++) {
			if (!(set & (1 << k))) continue;
			const length = shortest[set * others + k];
			for (let j = 0; j < others; j++) {
				if (set & (1 << j)) continue;
				const cell = (set | (1 << j)) * others + j;
				const through = length + values[(k + 1) * size + j + 1];
				if (through < shortest[cell]) {
					shortest[cell] = through;
					before[cell] = k;
				}
			}
		}
	}
	let last = 0;
	const closed = (j: number) => shortest[full * others + j] + values[j + 1];
	for (let j = 1; j < others; j++) if (closed(j) < closed(last)) last = j;
	const length = closed(last);
	const tour: number[] = [];
	for (let set = full, at = last; at >= 0;) {
		tour.push(at + 1);
		const previous = before[set * others + at];
		set &= ~(1 << at);
		at = previous;
	}
	return { tour: [0, ...tour.reverse()], length };
}
