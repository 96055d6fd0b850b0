import type { Search } from './search';

/**
 * A minimum spanning tree by Prim's algorithm, from city 0. Its weight W bounds the shortest tour from both
 * sides where the triangle inequality holds: W ≤ optimum ≤ 2W.
 *
 * Cost: n(n−1)/2 look-ups. Worked value: cities at 0, 1, 2 and 5 on a line: weight 5.
 */
export function spanningTree(search: Search): { edges: [number, number][]; weight: number } {
	const { size } = search;
	const near = new Float64Array(size).fill(Infinity);
	const from = new Uint16Array(size);
	const out = new Set(Array.from({ length: size }, (_, city) => city));
	const edges: [number, number][] = [];
	let weight = 0;
	for (let at = 0; ;) {
		out.delete(at);
		if (out.size === 0) return { edges, weight };
		let next = -1;
		for (const city of out) {
			const distance = search.distance(at, city);
			if (distance < near[city]) {
				near[city] = distance;
				from[city] = at;
			}
			if (next < 0 || near[city] < near[next]) next = city;
		}
		edges.push([from[next], next]);
		weight += near[next];
		at = next;
	}
}
