import type { Stream } from '../core/stream';
import { antColony } from './antColony';
import { christofides } from './christofides';
import { firstTour, type Start } from './firstTour';
import { geneticAlgorithm } from './geneticAlgorithm';
import { greedyEdges } from './greedyEdges';
import { greedyRoute } from './greedyRoute';
import { hullInsertion } from './hullInsertion';
import { doubleBridge } from './kicks';
import { nearestNeighbour } from './nearestNeighbour';
import { neighbourLists } from './neighbourLists';
import { orOpt } from './orOpt';
import { qLearning, type Learned } from './qLearning';
import { sarsa } from './sarsa';
import { lookUpLength, type Search, type Solver } from './search';
import { simulatedAnnealing } from './simulatedAnnealing';
import { tabuSearch } from './tabuSearch';
import { twoOpt, type TwoOptOptions } from './twoOpt';

/** What the models changed in the paper's codes, one idea each; a solver takes those that it has a place for. */
export const CHANGES = [
	'nearestStart',
	'firstGain',
	'cheapMoves',
	'candidateLists',
	'kicks',
	'ownRule'
] as const;
export type Change = (typeof CHANGES)[number];
export type Changes = Readonly<Record<Change, boolean>>;

export const NO_CHANGES: Changes = {
	nearestStart: false,
	firstGain: false,
	cheapMoves: false,
	candidateLists: false,
	kicks: false,
	ownRule: false
};

/** Nearest cities in a candidate list. */
const LIST = 8;
/** Parts of the learning after which the greedy tour is read off, to show how it stands. */
const READINGS = 20;

export const SOLVER_NAMES = [
	'nearest',
	'greedy',
	'christofides',
	'hull',
	'twoOpt',
	'orOpt',
	'annealing',
	'genetic',
	'ants',
	'tabu',
	'qLearning',
	'sarsa'
] as const;
export type SolverName = (typeof SOLVER_NAMES)[number];

interface Entry {
	label: string;
	/** The changes that it has a place for; without any it is raced as a yardstick. */
	takes: readonly Change[];
	/** What `ownRule` is for this solver. */
	ownRule?: string;
	solve(search: Search, stream: Stream, changes: Changes, points: ArrayLike<number>): Solver;
}

/**
 * The solvers of the race, each in the paper's original form and with any of the changes. Settings are those
 * that the paper tuned with irace (its Table 3) for the original and, with `ownRule`, for DeepSeek-R1's rewrite
 * (for SARSA GPT-O1's). Originals take 2-opt as pyCombinatorial has it.
 *
 *     nearestStart    first tours by the nearest neighbour (R1: annealing, genetic)
 *     firstGain       2-opt makes a move that gains at once (R1: annealing; genetic: 50 random tries)
 *     cheapMoves      2-opt compares the four edges that change (R1: tabu, Christofides)
 *     candidateLists  2-opt, tabu moves and ants look at the 8 nearest cities (O1: tabu; R1: ants)
 *     kicks           double bridges for the original's kick, or where there was none (R1: annealing, tabu)
 *     ownRule         the rewrite's own rule, see `ownRule` of each
 *
 * Each solver takes a change wherever it has a place for it, also where the rewrite named did not make it. These
 * are ports by hand of what the models proposed, not their programs.
 */
export const SOLVERS: Readonly<Record<SolverName, Entry>> = {
	nearest: {
		label: 'nearest neighbour',
		takes: [],
		*solve(search) {
			yield* hand(search, nearestNeighbour(search, 0));
		}
	},
	greedy: {
		label: 'greedy edges',
		takes: [],
		*solve(search) {
			yield* hand(search, greedyEdges(search));
		}
	},
	christofides: {
		label: 'Christofides',
		takes: ['firstGain', 'cheapMoves', 'candidateLists'],
		*solve(search, _, changes) {
			yield* improve(search, christofides(search), changes);
		}
	},
	hull: {
		label: 'convex hull',
		takes: ['firstGain', 'cheapMoves', 'candidateLists'],
		*solve(search, _, changes, points) {
			yield* improve(search, yield* hullInsertion(search, points), changes);
		}
	},
	twoOpt: {
		label: '2-opt',
		takes: ['nearestStart', 'firstGain', 'cheapMoves', 'candidateLists', 'kicks'],
		*solve(search, stream, changes) {
			const localSearch = localSearchWith(search, changes);
			yield* iterated(search, stream, changes, (tour, length) =>
				twoOpt(search, tour, length, localSearch)
			);
		}
	},
	orOpt: {
		label: 'Or-opt',
		takes: ['nearestStart', 'kicks'],
		*solve(search, stream, changes) {
			yield* iterated(search, stream, changes, (tour, length) => orOpt(search, tour, length));
		}
	},
	annealing: {
		label: 'annealing',
		takes: ['nearestStart', 'firstGain', 'cheapMoves', 'candidateLists', 'kicks', 'ownRule'],
		ownRule: 'cooling by Lundy and Mees, local search after 70 % of the kicks',
		*solve(search, stream, changes) {
			const localSearch = localSearchWith(search, changes);
			yield* simulatedAnnealing(search, stream, {
				start: startWith(changes),
				kick: changes.kicks ? 'double-bridge' : 'four-opt',
				localSearch,
				temperatureIterations: 10,
				...(changes.ownRule
					? {
							localSearchRate: 0.7,
							cooling: 'lundy-mees',
							initialTemperature: 50,
							finalTemperature: 0.048,
							alpha: 0.8777
						}
					: {
							localSearchRate: 1,
							cooling: 'geometric',
							initialTemperature: 12,
							finalTemperature: 0.0547,
							alpha: 0.9895
						})
			});
		}
	},
	genetic: {
		label: 'genetic',
		takes: ['nearestStart', 'firstGain', 'cheapMoves', 'ownRule'],
		ownRule: 'order crossover, tournaments and restarts',
		*solve(search, stream, changes) {
			yield* geneticAlgorithm(search, stream, {
				...(changes.ownRule
					? { populationSize: 58, elite: 5, mutationRate: 0.13, operators: 'order' }
					: { populationSize: 97, elite: 4, mutationRate: 0.02, operators: 'original' }),
				nearestShare: changes.nearestStart ? 0.2 : 0,
				localSearch: changes.firstGain
					? { tries: 50, evaluation: evaluationWith(changes) }
					: { evaluation: evaluationWith(changes), pick: 'best' }
			});
		}
	},
	ants: {
		label: 'ant colony',
		takes: ['cheapMoves', 'candidateLists', 'ownRule'],
		ownRule: 'MAX-MIN bounds and greedy choices',
		*solve(search, stream, changes) {
			const neighbours = changes.candidateLists ? neighbourLists(search, LIST) : undefined;
			yield* antColony(search, stream, {
				...(changes.ownRule
					? { ants: 20, alpha: 1.22, beta: 1.55, decay: 0.05, q0: 0.9, update: 'max-min' }
					: { ants: 7, alpha: 1.34, beta: 1.59, decay: 0.24, q0: 0, update: 'original' }),
				neighbours,
				localSearch: {
					evaluation: evaluationWith(changes),
					pick: 'first',
					neighbours
				}
			});
		}
	},
	tabu: {
		label: 'tabu search',
		takes: ['nearestStart', 'cheapMoves', 'candidateLists', 'kicks', 'ownRule'],
		ownRule: 'a tenure that adapts',
		*solve(search, stream, changes) {
			yield* tabuSearch(search, stream, {
				start: startWith(changes),
				evaluation: evaluationWith(changes),
				neighbours: changes.candidateLists ? neighbourLists(search, LIST) : undefined,
				tenure: 8,
				reactive: changes.ownRule,
				kickAfter: changes.kicks ? 50 : 0
			});
		}
	},
	qLearning: {
		label: 'Q-learning',
		takes: ['firstGain', 'cheapMoves', 'candidateLists', 'ownRule'],
		ownRule: 'traces, Boltzmann draws and fading rates',
		*solve(search, stream, changes) {
			const learner = qLearning(search, stream, {
				...(changes.ownRule
					? {
							episodes: 1989,
							learningRate: 0.34,
							discountFactor: 0.82,
							traceDecay: 0.8,
							exploration: { rule: 'mixed', epsilon: 0.13, from: 1, to: 0.1 },
							fading: true
						}
					: {
							episodes: 4266,
							learningRate: 0.44,
							discountFactor: 0.97,
							traceDecay: 0,
							exploration: { rule: 'epsilon-greedy', epsilon: 0.09 },
							fading: false
						}),
				bootstrap: 'original'
			});
			yield* improve(
				search,
				yield* readOff(search, learner, changes.ownRule ? 1989 : 4266),
				changes
			);
		}
	},
	sarsa: {
		label: 'SARSA',
		takes: ['firstGain', 'cheapMoves', 'candidateLists', 'ownRule'],
		ownRule: 'Expected SARSA, full traces and Boltzmann draws',
		*solve(search, stream, changes) {
			const learner = sarsa(search, stream, {
				returnsHome: true,
				...(changes.ownRule
					? {
							episodes: 124,
							learningRate: 0.41,
							discountFactor: 0.83,
							traceDecay: 1,
							target: 'expected',
							exploration: { rule: 'boltzmann', from: 1, to: 0.01 },
							fading: false
						}
					: {
							episodes: 105,
							learningRate: 0.04,
							discountFactor: 0.86,
							traceDecay: 0.9,
							target: 'taken',
							exploration: { rule: 'epsilon-greedy', epsilon: 0.23 },
							fading: true
						})
			});
			yield* improve(search, yield* readOff(search, learner, changes.ownRule ? 124 : 105), changes);
		}
	}
};

const startWith = ({ nearestStart }: Changes): Start => (nearestStart ? 'nearest' : 'random');

const evaluationWith = ({ cheapMoves }: Changes) => (cheapMoves ? 'delta' : 'full');

function localSearchWith(search: Search, changes: Changes): TwoOptOptions {
	return {
		evaluation: evaluationWith(changes),
		pick: changes.firstGain ? 'first' : 'best',
		neighbours: changes.candidateLists ? neighbourLists(search, LIST) : undefined
	};
}

/** Hands in a tour that was built. */
function* hand(search: Search, tour: readonly number[]): Generator<void, number> {
	const length = lookUpLength(search, tour);
	search.offer(tour, length);
	yield;
	return length;
}

function* improve(search: Search, tour: number[], changes: Changes): Solver {
	const length = yield* hand(search, tour);
	yield* twoOpt(search, tour, length, localSearchWith(search, changes));
}

/** A local search from a first tour; with kicks, again and again from the best tour kicked. */
function* iterated(
	search: Search,
	stream: Stream,
	changes: Changes,
	localSearch: (tour: number[], length: number) => Generator<void, number>
): Solver {
	let best = firstTour(search, stream, startWith(changes));
	let shortest = yield* localSearch(best, yield* hand(search, best));
	while (changes.kicks && search.size > 4) {
		const tour = doubleBridge(best, stream);
		const length = yield* localSearch(tour, lookUpLength(search, tour));
		if (length <= shortest) {
			best = tour;
			shortest = length;
		}
	}
}

/** Learns to the end, handing in the greedy tour now and then, and returns the last one. */
function* readOff(
	search: Search,
	learner: Generator<Learned, Learned>,
	episodes: number
): Generator<void, number[]> {
	let tour: number[] = [];
	const every = Math.ceil(episodes / READINGS);
	for (const { q, episodes: done } of learner) {
		if (done % every === 0 || done === episodes) {
			tour = greedyRoute(q, 0);
			yield* hand(search, tour);
		}
		yield;
	}
	return tour;
}
