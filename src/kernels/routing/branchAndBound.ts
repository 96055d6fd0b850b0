import type { DistanceMatrix } from './distanceMatrix';

export interface BranchAndBoundOptions {
	/**
	 * The least that a path begun can still come to. `two-edges`: half of each city's two shortest edges, as
	 * pyCombinatorial takes them off on the way, which can be too much. `two-edges-safe`: the same for unvisited
	 * cities, but for the path's two ends half of the shortest edge only. `tree`: a minimum spanning tree of the
	 * unvisited cities and the shortest edge to it from either end.
	 */
	bound: 'two-edges' | 'two-edges-safe' | 'tree';
	/** Rounds the first bound up to a whole number, right only where distances are whole numbers. */
	ceil: boolean;
	/** Starts from the nearest-neighbour tour, so that branches can be cut at once. */
	nearestStart: boolean;
	/** Tries the nearest city first, else the one of lowest number. */
	nearestFirst: boolean;
}

/** The codes of the paper that are looked at here, and one that is exact. */
export const branchAndBoundCodes = {
	original: { bound: 'two-edges', ceil: true, nearestStart: false, nearestFirst: false },
	r1: { bound: 'two-edges', ceil: false, nearestStart: true, nearestFirst: true },
	o1: { bound: 'tree', ceil: false, nearestStart: true, nearestFirst: false },
	safe: { bound: 'two-edges-safe', ceil: false, nearestStart: true, nearestFirst: true }
} as const satisfies Record<string, BranchAndBoundOptions>;

export interface BranchAndBoundResult {
	tour: number[];
	/** Infinity where no tour was found: the code takes an edge of length 0 for none. */
	length: number;
	/** Paths that were gone into, and branches that the bound cut off. */
	nodes: number;
	cut: number;
	/** The bound before any city is chosen; an exact method needs it at or below the shortest tour. */
	rootBound: number;
}

const MOST_CITIES = 16;

/**
 * Branch and bound over paths from city 0: extend the path city by city, and leave a branch as soon as its
 * bound is no better than the best tour so far. It is exact if the bound is never above the shortest tour of
 * its branch.
 *
 * pyCombinatorial's bound is ½Σ(m₁ + m₂), m₁ and m₂ a city's two shortest edges, rounded up, from which each step
 * takes ½(m₂ of the city left + m₁ of the city entered). That leaves ½m₂ for the end of the path, although the
 * end may still have its shortest edge before it; so the bound can be too high, and with real distances the
 * rounding adds to that. DeepSeek-R1 keeps the bound, without the rounding; GPT-O1's is a spanning tree and exact.
 * `safe` is this project's mend.
 *
 * Held against the codes themselves, run in Python. A code that starts from the nearest-neighbour tour crashes
 * there if that tour is the shortest; here it is returned.
 * Cost: exponential. Throws RangeError for fewer than 3 cities or more than 16.
 * Worked value: the paper's instance 9 (14 cities): r1 ends 1.1 % above the shortest tour.
 */
export function branchAndBound(
	{ size, values }: DistanceMatrix,
	{ bound, ceil, nearestStart, nearestFirst }: BranchAndBoundOptions
): BranchAndBoundResult {
	if (size < 3 || size > MOST_CITIES) {
		throw new RangeError(`branchAndBound: size must be in 3 … ${MOST_CITIES}, got ${size}`);
	}
	const distance = (a: number, b: number) => values[a * size + b];
	const shortestTwo = Array.from({ length: size }, (_, city) => {
		const row = [...values.subarray(city * size, (city + 1) * size)];
		row.splice(city, 1);
		return row.sort((a, b) => a - b).slice(0, 2);
	});
	const first = shortestTwo.map(([m1]) => m1);
	const second = shortestTwo.map(([, m2]) => m2);
	const halfSum = first.reduce((sum, m1, city) => sum + m1 + second[city], 0) / 2;
	const visited = new Uint8Array(size);
	const path = [0];
	visited[0] = 1;
	const result: BranchAndBoundResult = {
		tour: [],
		length: Infinity,
		nodes: 0,
		cut: 0,
		rootBound: 0
	};
	if (nearestStart) {
		Object.assign(result, nearestTour(size, distance));
	}
	result.rootBound = bound === 'tree' ? treeBound(0) : ceil ? Math.ceil(halfSum) : halfSum;
	explore(0, result.rootBound);
	return result;

	/** `rest` is the bound on what is still to come, as far as it is carried along. */
	function explore(length: number, rest: number): void {
		result.nodes++;
		const at = path[path.length - 1];
		if (path.length === size) {
			const home = distance(at, 0);
			if (home !== 0 && length + home < result.length) {
				result.length = length + home;
				result.tour = [...path];
			}
			return;
		}
		const left = [...visited.keys()].filter((city) => !visited[city] && distance(at, city) !== 0);
		if (nearestFirst) left.sort((a, b) => distance(at, a) - distance(at, b) || a - b);
		for (const city of left) {
			const longer = length + distance(at, city);
			path.push(city);
			visited[city] = 1;
			const after = restAfter(at, city, rest);
			if (longer + after < result.length) explore(longer, after);
			else result.cut++;
			visited[city] = 0;
			path.pop();
		}
	}

	function restAfter(from: number, to: number, rest: number): number {
		if (bound === 'tree') return treeBound(to);
		if (bound === 'two-edges') {
			return rest - ((path.length === 2 ? first[from] : second[from]) + first[to]) / 2;
		}
		let sum = first[0] + first[to];
		for (let city = 0; city < size; city++) if (!visited[city]) sum += first[city] + second[city];
		return sum / 2;
	}

	/** Prim's tree over the unvisited cities, and the shortest edges to it from `end` and from city 0. */
	function treeBound(end: number): number {
		const out = [...visited.keys()].filter((city) => !visited[city]);
		if (out.length === 0) return distance(end, 0);
		const nearest = (city: number) => Math.min(...out.map((other) => distance(city, other)));
		let total = nearest(end) + nearest(0);
		const near = out.map((city) => distance(out[0], city));
		const inTree = out.map((_, i) => i === 0);
		for (let step = 1; step < out.length; step++) {
			let next = -1;
			near.forEach((length, i) => {
				if (!inTree[i] && (next < 0 || length < near[next])) next = i;
			});
			total += near[next];
			inTree[next] = true;
			near.forEach((length, i) => (near[i] = Math.min(length, distance(out[next], out[i]))));
		}
		return total;
	}
}

function nearestTour(
	size: number,
	distance: (a: number, b: number) => number
): { tour: number[]; length: number } {
	const tour = [0];
	let length = 0;
	while (tour.length < size) {
		const at = tour[tour.length - 1];
		let next = -1;
		for (let city = 0; city < size; city++) {
			if (tour.includes(city)) continue;
			if (next < 0 || distance(at, city) < distance(at, next)) next = city;
		}
		length += distance(at, next);
		tour.push(next);
	}
	return { tour, length: length + distance(tour[size - 1], 0) };
}
