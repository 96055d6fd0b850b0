import { softmax } from '../core/softmax';
import type { Stream } from '../core/stream';
import { highest } from './greedyRoute';

/** How a learner picks the next city. */
export type Exploration =
	| { rule: 'epsilon-greedy'; epsilon: number }
	/** Drawn in proportion to exp(Q/τ); τ goes from the first to the last value in a straight line. */
	| { rule: 'boltzmann'; from: number; to: number }
	/** Any city with probability ε, else drawn as above; τ falls by equal factors. */
	| { rule: 'mixed'; epsilon: number; from: number; to: number };

/** The temperature τ after a share of the episodes. */
export function temperatureAt(
	{ rule, from, to }: Exclude<Exploration, { rule: 'epsilon-greedy' }>,
	share: number
): number {
	return rule === 'mixed' ? from * (to / from) ** share : from + (to - from) * share;
}

/**
 * The place in `left` of the next city. Greedy ties go to the first.
 *
 * Worked value: values −.1, −.5, −1 with τ = 1 are drawn with .4815, .3228, .1958; with τ = .1 with .98189,
 * .01798, .00012: values in [−1, 0] hardly matter at τ = 1.
 */
export function chooseNext(
	q: Float64Array,
	row: number,
	left: readonly number[],
	exploration: Exploration,
	share: number,
	stream: Stream
): number {
	if (exploration.rule === 'epsilon-greedy') {
		return stream.uniform() < exploration.epsilon ? stream.int(left.length) : highest(q, row, left);
	}
	if (exploration.rule === 'mixed' && stream.uniform() < exploration.epsilon) {
		return stream.int(left.length);
	}
	return draw(q, row, left, temperatureAt(exploration, share), stream);
}

/** A place drawn with the probabilities of `boltzmann`, without a list of them: this is the innermost loop. */
function draw(
	q: Float64Array,
	row: number,
	cities: readonly number[],
	temperature: number,
	stream: Stream
): number {
	const most = q[row + cities[highest(q, row, cities)]];
	const weight = (city: number) => Math.exp((q[row + city] - most) / temperature);
	let total = 0;
	for (let i = 0; i < cities.length; i++) total += weight(cities[i]);
	let rest = stream.uniform() * total;
	for (let i = 0; i < cities.length; i++) {
		rest -= weight(cities[i]);
		if (rest < 0) return i;
	}
	return cities.length - 1;
}

/** Probabilities in proportion to exp(Q/τ) over the cities of one row. */
export function boltzmann(
	q: ArrayLike<number>,
	row: number,
	cities: readonly number[],
	temperature: number
): Float64Array {
	return softmax(cities.map((city) => q[row + city] / temperature));
}

/** The cells that an episode has come through, in order, and how far each has faded. */
export interface Trace {
	cells: number[];
	weights: number[];
}

/**
 * Adds a temporal-difference error, already times the learning rate, to the cell that made it, and with traces
 * to all cells before it in the episode, faded by `fade` = γλ a step. No episode comes through a cell twice.
 */
export function spreadError(
	q: Float64Array,
	{ cells, weights }: Trace,
	cell: number,
	step: number,
	fade: number
): void {
	if (fade === 0) {
		q[cell] += step;
		return;
	}
	cells.push(cell);
	weights.push(1);
	for (let i = 0; i < cells.length; i++) {
		q[cells[i]] += step * weights[i];
		weights[i] *= fade;
	}
}
