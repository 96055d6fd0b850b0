import { lookUpLength, type Search } from './search';

export interface TwoOptOptions {
	/**
	 * How a move is judged. `full` adds up the whole tour again, n look-ups, as the paper's originals do;
	 * `delta` takes the four edges that change.
	 */
	evaluation: 'full' | 'delta';
	/** `best` looks at all moves and makes the best one; `first` makes each move that shortens the tour. */
	pick: 'best' | 'first';
	/** Nearest cities of each city: only moves that join one to such a neighbour are looked at. */
	neighbours?: readonly Uint16Array[];
}

/** A gain smaller than this, relative to the tour, is rounding. */
const ROUNDING = 1e-10;

/** Turns round the stretch from place i to place j. */
export function reverse(tour: number[], i: number, j: number): void {
	for (; i < j; i++, j--) [tour[i], tour[j]] = [tour[j], tour[i]];
}

/**
 * What turning round the stretch from place i to place j adds to the length, by four look-ups: with a
 * before and d behind the stretch b … c, d(a,c) + d(b,d) − d(a,b) − d(c,d).
 *
 * Worked value: the unit square in crossing order (0,0), (1,1), (1,0), (0,1), i = 1, j = 2: 2 − 2√2.
 */
export function twoOptDelta(search: Search, tour: readonly number[], i: number, j: number): number {
	const n = tour.length;
	const [a, b] = [tour[i === 0 ? n - 1 : i - 1], tour[i]];
	const [c, d] = [tour[j], tour[j === n - 1 ? 0 : j + 1]];
	if (a === c || a === d || b === d) return 0;
	const added = search.distance(a, c) + search.distance(b, d);
	return added - search.distance(a, b) - search.distance(c, d);
}

/**
 * 2-opt: while some stretch of the tour, turned round, makes it shorter, turn it. Ends in a tour that
 * no such move shortens; in the plane, one without crossings. Changes `tour` and returns its length.
 *
 * pyCombinatorial, from which the paper takes its originals, goes over all n(n−1)/2 stretches, adds up
 * the whole tour for each and makes the best move: n²(n−1)/2 look-ups for one move. With `evaluation:
 * 'full', pick: 'best'` this makes the same moves in the same order at the same cost, by its own test.
 *
 * Cost of a pass: n(n−1)/2 times n or 4 look-ups; with neighbour lists some n·k.
 */
export function* twoOpt(
	search: Search,
	tour: number[],
	length: number,
	{ evaluation, pick, neighbours }: TwoOptOptions
): Generator<void, number> {
	const n = tour.length;
	const least = -ROUNDING * length;
	const trial = tour.slice();
	const judge = (i: number, j: number) => {
		if (evaluation === 'delta') return twoOptDelta(search, tour, i, j);
		for (let k = 0; k < n; k++) trial[k] = tour[k >= i && k <= j ? i + j - k : k];
		return lookUpLength(search, trial) - length;
	};
	const make = (i: number, j: number, delta: number) => {
		reverse(tour, i, j);
		length += delta;
		search.offer(tour, length);
	};
	for (let improved = true; improved;) {
		improved = false;
		let best = least;
		let move: [number, number] | undefined;
		const look = (i: number, j: number) => {
			const delta = judge(i, j);
			if (!(delta < best)) return false;
			if (pick === 'best') {
				best = delta;
				move = [i, j];
			} else {
				make(i, j, delta);
				improved = true;
			}
			return true;
		};
		if (neighbours) {
			const place = new Uint16Array(n);
			const note = () => tour.forEach((city, at) => (place[city] = at));
			note();
			for (let city = 0; city < n; city++) {
				for (const back of [0, 1]) {
					// The edge on this side of the city goes; a shorter one to a near city takes its place.
					const own = tour[(place[city] + (back ? n - 1 : 1)) % n];
					const limit = search.distance(city, own);
					for (const near of neighbours[city]) {
						if (search.distance(city, near) >= limit) break;
						const low = Math.min(place[city], place[near]) + 1 - back;
						const high = Math.max(place[city], place[near]) - back;
						if (low < high && look(low, high) && pick === 'first') {
							note();
							break;
						}
					}
				}
				yield;
			}
		} else {
			for (let i = 0; i < n - 1; i++) {
				for (let j = i + 1; j < n; j++) look(i, j);
				yield;
			}
		}
		if (move) {
			make(...move, best);
			improved = true;
		}
	}
	return length;
}
