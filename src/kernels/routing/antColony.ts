import type { Stream } from '../core/stream';
import { updatePheromone, type PheromoneRule } from './pheromone';
import { lookUpLength, type Search, type Solver } from './search';
import { twoOpt, type TwoOptOptions } from './twoOpt';

export interface AntColonyOptions extends PheromoneRule {
	ants: number;
	/** Powers of the pheromone and of the closeness 1/d in an ant's choice. */
	alpha: number;
	beta: number;
	/** Probability of taking the best next city instead of drawing one (ant colony system). */
	q0: number;
	/** Nearest cities of each city: an ant chooses among those not yet visited, and else among all. */
	neighbours?: readonly Uint16Array[];
	/** On the best ant of each iteration. */
	localSearch: TwoOptOptions;
}

const NO_DIVISION_BY_ZERO = 1e-10;

/**
 * Ant colony optimisation as pyCombinatorial has it: each ant walks from city to city, taking b after a with
 * probability in proportion to τ(a,b)^α · (1/d(a,b))^β; the best ant of the iteration is improved by 2-opt and
 * lays pheromone. The options hold what DeepSeek-R1 changed: candidate lists, the greedy choice of the ant
 * colony system (q0 = .9), and the pheromone's rule (pheromone.ts).
 *
 * Cost: n(n−1)/2 look-ups for the closenesses, then n an ant and the local search.
 * Throws RangeError for ants or powers that are not positive, or q0 outside [0, 1].
 */
export function* antColony(search: Search, stream: Stream, options: AntColonyOptions): Solver {
	check(options);
	const { ants, alpha, beta, q0, neighbours } = options;
	const n = search.size;
	const closeness = new Float64Array(n * n);
	for (let a = 0; a < n; a++) {
		for (let b = a + 1; b < n; b++) {
			const value = (1 / (search.distance(a, b) + NO_DIVISION_BY_ZERO)) ** beta;
			closeness[a * n + b] = closeness[b * n + a] = value;
		}
	}
	const all = Uint16Array.from({ length: n }, (_, city) => city);
	const tau = new Float64Array(n * n).fill(1);
	const appeal = new Float64Array(n * n);
	let best = { tour: [] as number[], length: Infinity };
	for (;;) {
		for (let i = 0; i < appeal.length; i++) appeal[i] = tau[i] ** alpha * closeness[i];
		let leader = { tour: [] as number[], length: Infinity };
		for (let ant = 0; ant < ants; ant++) {
			const tour = walk(n, appeal, neighbours, all, q0, stream);
			const length = lookUpLength(search, tour);
			search.offer(tour, length);
			if (length < leader.length) leader = { tour, length };
			yield;
		}
		leader.length = yield* twoOpt(search, leader.tour, leader.length, options.localSearch);
		const improved = leader.length < best.length;
		if (improved) best = leader;
		const layer = options.update === 'max-min' ? best : leader;
		updatePheromone(tau, options, { ...layer, improved, best: best.length });
	}
}

function walk(
	n: number,
	appeal: Float64Array,
	neighbours: readonly Uint16Array[] | undefined,
	all: Uint16Array,
	q0: number,
	stream: Stream
): number[] {
	const visited = new Uint8Array(n);
	const tour = [stream.int(n)];
	visited[tour[0]] = 1;
	while (tour.length < n) {
		const at = tour[tour.length - 1];
		const greedy = q0 > 0 && stream.uniform() <= q0;
		const near = neighbours?.[at];
		const next = near && choose(near, visited, appeal, at * n, greedy, stream);
		const city = next ?? choose(all, visited, appeal, at * n, greedy, stream)!;
		tour.push(city);
		visited[city] = 1;
	}
	return tour;
}

/** A city not yet visited, drawn by appeal or the one of most; undefined where all are visited. */
function choose(
	cities: Uint16Array,
	visited: Uint8Array,
	appeal: Float64Array,
	row: number,
	greedy: boolean,
	stream: Stream
): number | undefined {
	let total = 0;
	let most: number | undefined;
	let height = -1;
	for (let i = 0; i < cities.length; i++) {
		if (visited[cities[i]]) continue;
		const value = appeal[row + cities[i]];
		total += value;
		if (value > height) {
			height = value;
			most = cities[i];
		}
	}
	if (greedy || most === undefined) return most;
	let left = stream.uniform() * total;
	for (let i = 0; i < cities.length; i++) {
		if (visited[cities[i]]) continue;
		left -= appeal[row + cities[i]];
		if (left <= 0) return cities[i];
	}
	return most;
}

function check({ ants, alpha, beta, q0 }: AntColonyOptions): void {
	if (!Number.isInteger(ants) || ants < 1) {
		throw new RangeError(`antColony: ants must be a positive integer, got ${ants}`);
	}
	for (const [name, power] of Object.entries({ alpha, beta })) {
		if (!(power > 0)) throw new RangeError(`antColony: ${name} must be above 0, got ${power}`);
	}
	if (!(q0 >= 0 && q0 <= 1)) throw new RangeError(`antColony: q0 must be in [0, 1], got ${q0}`);
}
