import type { Search } from './search';

const LONGEST = 3;
/** A gain smaller than this, relative to the tour, is rounding. */
const ROUNDING = 1e-10;

/**
 * Or-opt (Or 1976): takes one, two or three neighbouring cities out of the tour and puts them back
 * between two others, either way round, while that makes it shorter. Changes `tour` and returns its length.
 *
 *     gain = d(p,a) + d(z,s) − d(p,s) − [d(u,a) + d(z,v) − d(u,v)]
 *
 * for the stretch a … z between p and s, put between u and v (turned round: u next to z, a next to v).
 *
 * Cost of a pass: about 3n · 5n look-ups; each move is made as soon as it is found.
 */
export function* orOpt(search: Search, tour: number[], length: number): Generator<void, number> {
	const n = tour.length;
	const least = ROUNDING * length;
	for (let improved = true; improved;) {
		improved = false;
		for (let size = 1; size <= Math.min(LONGEST, n - 3); size++) {
			for (let i = 0; i < n; i++) {
				const gain = shift(search, tour, i, size, least);
				if (gain > 0) {
					length -= gain;
					search.offer(tour, length);
					improved = true;
				}
				yield;
			}
		}
	}
	return length;
}

/** Moves the stretch of `size` cities from place i to the first place where that gains; returns the gain. */
function shift(search: Search, tour: number[], i: number, size: number, least: number): number {
	const n = tour.length;
	const around = [...tour.slice(i), ...tour.slice(0, i)];
	const stretch = around.slice(0, size);
	const rest = around.slice(size);
	const [a, z] = [stretch[0], stretch[size - 1]];
	const [s, p] = [rest[0], rest[rest.length - 1]];
	const freed = search.distance(p, a) + search.distance(z, s) - search.distance(p, s);
	if (freed <= least) return 0;
	for (let k = 0; k < n - size - 1; k++) {
		const [u, v] = [rest[k], rest[k + 1]];
		const opened = search.distance(u, v);
		for (const turned of size > 1 ? [false, true] : [false]) {
			const [near, far] = turned ? [z, a] : [a, z];
			const gain = freed - (search.distance(u, near) + search.distance(far, v) - opened);
			if (gain > least) {
				rest.splice(k + 1, 0, ...(turned ? stretch.reverse() : stretch));
				tour.splice(0, n, ...rest);
				return gain;
			}
		}
	}
	return 0;
}
