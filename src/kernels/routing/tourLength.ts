import type { DistanceMatrix } from './distanceMatrix';

/**
 * The length of a closed tour: Σ d(t_i, t_{i+1}) + d(t_{n−1}, t_0). One city has length 0, two twice
 * their distance.
 *
 * Cost: O(n). Throws RangeError unless the tour visits each city once.
 * Worked value: the unit square in the order (0,0), (1,1), (1,0), (0,1) by REAL: 2 + 2√2.
 */
export function tourLength({ size, values }: DistanceMatrix, tour: ArrayLike<number>): number {
	const seen = new Uint8Array(size);
	for (let i = 0; i < tour.length; i++) {
		if (!(tour[i] in seen) || seen[tour[i]]) {
			throw new RangeError(`tourLength: tour[${i}] must be a city not yet visited, got ${tour[i]}`);
		}
		seen[tour[i]] = 1;
	}
	if (tour.length !== size) {
		throw new RangeError(
			`tourLength: a tour of ${size} cities must have as many stops, got ${tour.length}`
		);
	}
	let length = 0;
	for (let i = 0; i < size; i++) {
		length += values[tour[i] * size + tour[i + 1 === size ? 0 : i + 1]];
	}
	return length;
}
