import { perfectMatching } from './perfectMatching';
import type { Search } from './search';
import { spanningTree } from './spanningTree';

/**
 * Christofides' tour (1976): a minimum spanning tree, a cheapest perfect matching of the cities that have an odd
 * number of its edges, a closed walk along all these edges, and each city at its first visit only. Where the
 * triangle inequality holds it is at most 3/2 times the shortest. The matching is exact (perfectMatching.ts).
 *
 * pyCombinatorial casts the tree's lengths to whole numbers, so on the unit square it has no edges left.
 *
 * Cost: at most n(n−1) look-ups and O(n³) time. Worked value: TSPLIB's burma14: between 3323 and 4984.
 */
export function christofides(search: Search): number[] {
	const { size } = search;
	const { edges } = spanningTree(search);
	const links: number[][] = Array.from({ length: size }, () => []);
	const join = (a: number, b: number) => {
		links[a].push(b);
		links[b].push(a);
	};
	for (const [a, b] of edges) join(a, b);
	const odd = [...links.keys()].filter((city) => links[city].length % 2 === 1);
	const pairs = perfectMatching(odd.length, (i, j) => search.distance(odd[i], odd[j]));
	for (const [i, j] of pairs) join(odd[i], odd[j]);
	return [...new Set(closedWalk(links))];
}

/** A walk from city 0 that uses each link once (Hierholzer). Empties `links`. */
function closedWalk(links: number[][]): number[] {
	const walk: number[] = [];
	const stack = [0];
	while (stack.length > 0) {
		const at = stack[stack.length - 1];
		const next = links[at].pop();
		if (next === undefined) walk.push(stack.pop()!);
		else {
			links[next].splice(links[next].indexOf(at), 1);
			stack.push(next);
		}
	}
	return walk;
}
