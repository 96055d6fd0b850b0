import type { Stream } from '../core/stream';
import { firstTour, type Start } from './firstTour';
import { doubleBridge } from './kicks';
import { lookUpLength, type Search, type Solver } from './search';
import { reverse, twoOptDelta } from './twoOpt';

export interface TabuOptions {
	start: Start;
	/** How a move is judged: the whole tour added up again, or the four edges that change. */
	evaluation: 'full' | 'delta';
	neighbours?: readonly Uint16Array[];
	/** Iterations for which an edge that was taken out may not come back; 0 remembers nothing. */
	tenure: number;
	/** Lets the tenure grow by 1 an iteration after ten without a new best tour, and else fall by 1, at least to 1. */
	reactive: boolean;
	/** Iterations without a new best tour after which a double bridge moves the search on; 0 for never. */
	kickAfter: number;
}

const PATIENCE = 10;

/**
 * Tabu search after Glover (1989) on the 2-opt neighbourhood: each iteration makes the best move there is,
 * longer or not, except those that bring back an edge taken out in the last `tenure` iterations; a move that
 * gives a new best tour is always allowed.
 *
 * This is the textbook's, not pyCombinatorial's, which improves by 2-opt, then turns random stretches round and
 * enters others in its list. The options hold what the rewrites propose: a nearest-neighbour start and judging by
 * changed edges (DeepSeek-R1), candidate lists and a tenure that adapts (GPT-O1, whose code fills no list: that is
 * `tenure: 0`), double-bridge kicks (DeepSeek-R1).
 *
 * Cost of an iteration: n(n−1)/2 times n or 4 look-ups, with k neighbours 8·n·k.
 * Throws RangeError for a tenure or patience that is no integer of at least 0.
 */
export function* tabuSearch(search: Search, stream: Stream, options: TabuOptions): Solver {
	for (const name of ['tenure', 'kickAfter'] as const) {
		if (!Number.isInteger(options[name]) || options[name] < 0) {
			throw new RangeError(
				`tabuSearch: ${name} must be an integer of at least 0, got ${options[name]}`
			);
		}
	}
	const n = search.size;
	let tour = firstTour(search, stream, options.start);
	let length = lookUpLength(search, tour);
	search.offer(tour, length);
	if (n < 5) return;
	let best = length;
	let tenure = options.tenure;
	let stagnant = 0;
	const barredUntil = new Int32Array(n * n);
	for (let iteration = 1; ; iteration++) {
		const barred = (a: number, b: number) => barredUntil[a * n + b] >= iteration;
		let move: [number, number] | undefined;
		let least = Infinity;
		for (const [i, j] of moves(tour, options.neighbours)) {
			if (j - i >= n - 2) continue;
			if (i === 0) yield;
			const delta = judge(search, tour, i, j, length, options.evaluation);
			if (delta >= least) continue;
			const [a, b] = [tour[(i + n - 1) % n], tour[i]];
			const [c, d] = [tour[j], tour[(j + 1) % n]];
			if ((barred(a, c) || barred(b, d)) && length + delta >= best) continue;
			least = delta;
			move = [i, j];
		}
		if (move) {
			const [i, j] = move;
			const [a, b] = [tour[(i + n - 1) % n], tour[i]];
			const [c, d] = [tour[j], tour[(j + 1) % n]];
			for (const [from, to] of [
				[a, b],
				[c, d]
			]) {
				barredUntil[from * n + to] = barredUntil[to * n + from] = iteration + tenure;
			}
			reverse(tour, i, j);
			length += least;
			search.offer(tour, length);
		}
		stagnant = length < best * (1 - 1e-12) ? 0 : stagnant + 1;
		best = Math.min(best, length);
		if (options.reactive) tenure = stagnant >= PATIENCE ? tenure + 1 : Math.max(1, tenure - 1);
		if (options.kickAfter > 0 && stagnant >= options.kickAfter) {
			tour = doubleBridge(tour, stream);
			length = lookUpLength(search, tour);
			stagnant = 0;
		}
		yield;
	}
}

/** Stretches to turn round: all of them, or those that join a city to a near one. */
function* moves(
	tour: readonly number[],
	neighbours: readonly Uint16Array[] | undefined
): Generator<[number, number]> {
	const n = tour.length;
	if (!neighbours) {
		for (let i = 0; i < n - 1; i++) for (let j = i + 1; j < n; j++) yield [i, j];
		return;
	}
	const place = new Uint16Array(n);
	tour.forEach((city, at) => (place[city] = at));
	for (let city = 0; city < n; city++) {
		for (const near of neighbours[city]) {
			const low = Math.min(place[city], place[near]);
			const high = Math.max(place[city], place[near]);
			if (low + 1 < high) {
				yield [low + 1, high];
				yield [low, high - 1];
			}
		}
	}
}

function judge(
	search: Search,
	tour: readonly number[],
	i: number,
	j: number,
	length: number,
	evaluation: TabuOptions['evaluation']
): number {
	if (evaluation === 'delta') return twoOptDelta(search, tour, i, j);
	return (
		lookUpLength(
			search,
			tour.slice(0, i).concat(tour.slice(i, j + 1).reverse(), tour.slice(j + 1))
		) - length
	);
}
