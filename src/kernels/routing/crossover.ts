import type { Stream } from '../core/stream';
import { lookUpLength, type Search } from './search';

/**
 * Order crossover (Davis 1985): the stretch between two cuts comes from the first parent, the other
 * cities follow behind it in the order of the second. Costs no look-up.
 *
 * Worked value: parents 0 1 2 3 4 and 4 3 2 1 0, cuts 1 and 2: 0 1 2 4 3.
 */
export function orderCrossover(
	first: readonly number[],
	second: readonly number[],
	from: number,
	to: number
): number[] {
	const n = first.length;
	const stretch = first.slice(from, to + 1);
	const kept = new Uint8Array(n);
	for (const city of stretch) kept[city] = 1;
	const rest = second.filter((city) => !kept[city]);
	const behind = n - 1 - to;
	return [...rest.slice(behind), ...stretch, ...rest.slice(0, behind)];
}

/**
 * Edge recombination (Whitley, Starkweather and Fuquay 1989): from the first parent's first city on to
 * the neighbour, in either parent, that has itself the fewest neighbours left; of equals one at random, and
 * where there is none the city of lowest number. Costs no look-up.
 */
export function edgeRecombination(
	first: readonly number[],
	second: readonly number[],
	stream: Stream
): number[] {
	const n = first.length;
	const neighbours = Array.from({ length: n }, () => new Set<number>());
	for (const parent of [first, second]) {
		parent.forEach((city, i) => {
			neighbours[city].add(parent[(i + 1) % n]).add(parent[(i + n - 1) % n]);
		});
	}
	const left = new Set(Array.from({ length: n }, (_, city) => city));
	const child: number[] = [];
	for (let at = first[0]; ;) {
		child.push(at);
		left.delete(at);
		if (left.size === 0) return child;
		for (const other of neighbours[at]) neighbours[other].delete(at);
		const fewest = Math.min(...[...neighbours[at]].map((city) => neighbours[city].size));
		const ways = [...neighbours[at]].filter((city) => neighbours[city].size === fewest);
		at = ways.length > 0 ? ways[stream.int(ways.length)] : Math.min(...left);
	}
}

/**
 * Best-cost route crossover as pyCombinatorial runs it: one city, drawn from the first parent, is taken
 * out of the second and put back where the tour is shortest. (The method of Ombuki takes a whole route; the
 * code takes half the length of a pair, which is one.) Each place is judged by adding up the whole tour.
 *
 * Cost: (n−1)·n look-ups.
 */
export function bestCostInsertion(
	search: Search,
	second: readonly number[],
	city: number
): { tour: number[]; length: number } {
	const rest = second.filter((other) => other !== city);
	let best = { tour: [...second], length: Infinity };
	for (let place = 1; place <= rest.length; place++) {
		const tour = [...rest.slice(0, place), city, ...rest.slice(place)];
		const length = lookUpLength(search, tour);
		if (length < best.length) best = { tour, length };
	}
	return best;
}
