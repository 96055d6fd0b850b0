import { shuffle } from '../core/shuffle';
import type { Stream } from '../core/stream';
import { bestCostInsertion, edgeRecombination, orderCrossover } from './crossover';
import { nearestNeighbour } from './nearestNeighbour';
import { lookUpLength, type Search, type Solver } from './search';
import { reverse, twoOpt, twoOptDelta, type TwoOptOptions } from './twoOpt';

export interface GeneticOptions {
	populationSize: number;
	/** The best that pass to the next generation as they are. */
	elite: number;
	mutationRate: number;
	/** Share of the first population that are nearest-neighbour tours; the rest is random. */
	nearestShare: number;
	/** `original`: roulette, edge recombination or best-cost insertion. `order`: tournaments of 3, order crossover. */
	operators: 'original' | 'order';
	/** After a mutation: 2-opt to a local optimum, or so many random moves, up to the first that gains. */
	localSearch: TwoOptOptions | { tries: number; evaluation: TwoOptOptions['evaluation'] };
}

interface Individual {
	tour: number[];
	length: number;
}

const TOURNAMENT = 3;
/** Generations without a better tour after which all but the elite are drawn anew. */
const STAGNATION = 20;

/**
 * A genetic algorithm over tours, as pyCombinatorial has it: parents by roulette on 1/(1 + length + shortest),
 * crossover, and for some of the children a swap of two cities followed by 2-opt.
 *
 * The options hold what DeepSeek-R1 changed: a fifth of the first population are nearest-neighbour tours,
 * parents win a tournament of 3, order crossover joins the operators (here it takes their place), mutation
 * swaps or turns a stretch round, and 2-opt is 50 random tries that stop at the first gain. Its restart after
 * 20 generations without a better tour goes with the operators.
 *
 * Throws RangeError for a population below 3, an elite outside 1 … population − 1, or rates outside [0, 1].
 */
export function* geneticAlgorithm(search: Search, stream: Stream, options: GeneticOptions): Solver {
	check(options);
	const { populationSize, elite, mutationRate, nearestShare, operators } = options;
	const n = search.size;
	const cities = Array.from({ length: n }, (_, city) => city);
	const judged = (tour: number[]): Individual => {
		const length = lookUpLength(search, tour);
		search.offer(tour, length);
		return { tour, length };
	};
	const draw = (count: number, seeded: number) =>
		Array.from({ length: count }, (_, i) =>
			judged(i < seeded ? nearestNeighbour(search, stream.int(n)) : shuffle(stream, cities))
		);
	const seeded = Math.round(nearestShare * populationSize);
	let population = draw(populationSize, seeded).sort((a, b) => a.length - b.length);
	if (n < 5) return;
	for (let stagnant = 0; ;) {
		const next = population.slice(0, elite);
		while (next.length < populationSize) {
			const [first, second] = parents(population, operators, stream);
			let child = breed(search, first.tour, second.tour, operators, stream);
			if (stream.uniform() < mutationRate) {
				child = judged(mutate(child.tour, operators, stream));
				yield* improve(search, child, options.localSearch, stream);
			}
			search.offer(child.tour, child.length);
			next.push(child);
			yield;
		}
		next.sort((a, b) => a.length - b.length);
		stagnant = next[0].length < population[0].length ? 0 : stagnant + 1;
		population = next;
		if (operators === 'order' && stagnant >= STAGNATION) {
			population.splice(elite, Infinity, ...draw(populationSize - elite, seeded));
			population.sort((a, b) => a.length - b.length);
			stagnant = 0;
		}
	}
}

/** Two different members: by roulette (the second again at random while they agree) or by two tournaments. */
function parents(
	population: readonly Individual[],
	operators: GeneticOptions['operators'],
	stream: Stream
): [Individual, Individual] {
	const size = population.length;
	const shortest = population[0].length;
	const weights = population.map(({ length }) => 1 / (1 + length + shortest));
	const total = weights.reduce((sum, weight) => sum + weight);
	const pick = () => {
		if (operators === 'order') {
			// The population is sorted, so the lowest place wins.
			return Math.min(...Array.from({ length: TOURNAMENT }, () => stream.int(size)));
		}
		let left = stream.uniform() * total;
		const place = weights.findIndex((weight) => (left -= weight) <= 0);
		return place < 0 ? size - 1 : place;
	};
	const first = pick();
	let second = pick();
	while (second === first) second = operators === 'order' ? pick() : stream.int(size);
	return [population[first], population[second]];
}

function breed(
	search: Search,
	first: readonly number[],
	second: readonly number[],
	operators: GeneticOptions['operators'],
	stream: Stream
): Individual {
	const n = first.length;
	if (operators === 'original' && stream.uniform() > 0.5) {
		const [giver, taker] = stream.uniform() > 0.5 ? [first, second] : [second, first];
		return bestCostInsertion(search, taker, giver[stream.int(n)]);
	}
	const cuts = [stream.int(n), stream.int(n)].sort((a, b) => a - b);
	const tour =
		operators === 'order'
			? orderCrossover(first, second, cuts[0], cuts[1])
			: edgeRecombination(first, second, stream);
	return { tour, length: lookUpLength(search, tour) };
}

function mutate(
	tour: readonly number[],
	operators: GeneticOptions['operators'],
	stream: Stream
): number[] {
	const mutant = [...tour];
	const [i, j] = [stream.int(tour.length), stream.int(tour.length)].sort((a, b) => a - b);
	if (operators === 'original' || stream.uniform() < 0.6) {
		[mutant[i], mutant[j]] = [mutant[j], mutant[i]];
	} else reverse(mutant, i, j);
	return mutant;
}

function* improve(
	search: Search,
	child: Individual,
	localSearch: GeneticOptions['localSearch'],
	stream: Stream
): Generator<void, void> {
	if (!('tries' in localSearch)) {
		child.length = yield* twoOpt(search, child.tour, child.length, localSearch);
		return;
	}
	const n = child.tour.length;
	for (let attempt = 0; attempt < localSearch.tries; attempt++) {
		const i = stream.int(n - 1);
		const j = i + 1 + stream.int(n - 1 - i);
		const turned = [...child.tour];
		reverse(turned, i, j);
		const length =
			localSearch.evaluation === 'full'
				? lookUpLength(search, turned)
				: child.length + twoOptDelta(search, child.tour, i, j);
		if (length < child.length) {
			child.tour = turned;
			child.length = length;
			return;
		}
	}
}

function check({ populationSize, elite, mutationRate, nearestShare }: GeneticOptions): void {
	if (!Number.isInteger(populationSize) || populationSize < 3) {
		throw new RangeError(
			`geneticAlgorithm: populationSize must be an integer of at least 3, got ${populationSize}`
		);
	}
	if (!Number.isInteger(elite) || elite < 1 || elite >= populationSize) {
		throw new RangeError(
			`geneticAlgorithm: elite must be an integer in 1 … ${populationSize - 1}, got ${elite}`
		);
	}
	for (const [name, rate] of Object.entries({ mutationRate, nearestShare })) {
		if (!(rate >= 0 && rate <= 1)) {
			throw new RangeError(`geneticAlgorithm: ${name} must be in [0, 1], got ${rate}`);
		}
	}
}
