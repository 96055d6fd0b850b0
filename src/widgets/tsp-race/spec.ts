import { print } from '$kernels/describe/print';
import { distanceMatrix } from '$kernels/routing/distanceMatrix';
import { knownInstance } from '$kernels/routing/knownInstance';
import { bestBy, checkpoints, race, type Lane } from '$kernels/routing/race';
import { readTsplib } from '$kernels/routing/readTsplib';
import {
	NO_CHANGES,
	SOLVER_NAMES,
	SOLVERS,
	type Changes,
	type SolverName
} from '$kernels/routing/solvers';
import { tsplibInstances } from '$kernels/routing/tsplibInstances';
import type { DistanceRule } from '$kernels/routing/tsplibDistance';
import { defineWidget, type Quantity, type Series } from '$widgets/contract';

const MARKS = 40;

const raced = {
	test: 'tests/kernels/routing/solvers.test.ts',
	against: 'every tour measured again; the ten published optima reached and none beaten',
	tolerance: 'exact'
};
const published = {
	test: 'tests/kernels/routing/tsplib.test.ts',
	against: 'TSPLIB: distances, lengths and published optima of 19 instances',
	tolerance: 'exact'
};

/** A solver's excess over the base in per cent, in its original and in its changed form. */
const lines = Object.fromEntries(
	SOLVER_NAMES.flatMap((solver) => {
		const original: Quantity = {
			label: 'Original form',
			kind: 'sampled',
			role: 'reference',
			mark: 'point',
			unit: '%',
			evidence: raced
		};
		const changed: Quantity = { ...original, label: 'With the changes', role: 'policy' };
		return [
			[`${solver}Original`, original],
			[`${solver}Changed`, changed]
		];
	})
);

export const spec = defineWidget({
	name: 'tsp-race',
	version: 1,
	title: 'Who comes nearest to the shortest tour on the same number of look-ups?',
	paper: '04-llm-improved-tsp',
	params: {
		budget: {
			type: 'range',
			label: 'Look-ups for each',
			symbol: 'B',
			help: 'How many distances a solver may look up. None is answered beyond it.',
			scale: 'log',
			whole: true,
			min: 10_000,
			max: 30_000_000,
			step: 1,
			default: 300_000
		},
		watch: {
			type: 'choice',
			label: 'Tours drawn',
			options: Object.fromEntries(
				SOLVER_NAMES.map((name) => [name, SOLVERS[name].label])
			) as Record<SolverName, string>,
			default: 'annealing'
		},
		nearestStart: {
			type: 'switch',
			label: 'Nearest-neighbour start',
			help: 'First tours go on to the nearest city each time, instead of being random.',
			default: true
		},
		firstGain: {
			type: 'switch',
			label: 'First gain',
			help: '2-opt makes a move that gains as soon as it is found, instead of the best of all.',
			default: true
		},
		cheapMoves: {
			type: 'switch',
			label: 'Cheap moves',
			help: 'A 2-opt move is judged by the four edges that change, instead of adding up the tour.',
			default: true
		},
		candidateLists: {
			type: 'switch',
			label: 'Candidate lists',
			help: 'Only the eight nearest cities of each city are looked at.',
			default: true,
			more: true
		},
		kicks: {
			type: 'switch',
			label: 'Double-bridge kicks',
			help: 'Out of a local optimum by exchanging two stretches of the tour.',
			default: true,
			more: true
		},
		ownRule: {
			type: 'switch',
			label: 'Each solver’s own new rule',
			help: 'Annealing: cooling by Lundy and Mees. Genetic: order crossover. Ants: MAX-MIN. Tabu: adaptive tenure. Q-learning, SARSA: traces and Boltzmann.',
			default: true,
			more: true
		},
		rule: {
			type: 'choice',
			label: 'Distances',
			help: 'A file’s EDGE_WEIGHT_TYPE. Its optimum holds for its own rule only.',
			options: {
				EUC_2D: 'plane, rounded (EUC_2D)',
				CEIL_2D: 'plane, rounded up (CEIL_2D)',
				ATT: 'pseudo-Euclidean (ATT)',
				GEO: 'on the globe (GEO)',
				REAL: 'plane, not rounded'
			},
			default: 'EUC_2D',
			more: true
		},
		cities: {
			type: 'points',
			label: 'Cities',
			help: 'Drag them in the drawing, double-click to add one, or paste lines of “x y” or a TSPLIB file; set its rule of distance above.',
			item: 'city',
			read: readTsplib,
			min: -100_000,
			max: 100_000,
			step: 1,
			minLength: 5,
			maxLength: 120,
			default: tsplibInstances.berlin52.points,
			more: true
		}
	},
	presets: {
		berlin: {
			label: 'berlin52',
			reason:
				'At 300,000 look-ups the search methods’ originals are near a random tour; changed, most are at the optimum.',
			values: {}
		},
		rich: {
			label: 'Ten times the look-ups',
			reason: 'With 3 million the originals come near as well: they were slow, not wrong.',
			values: { budget: 3_000_000 }
		},
		startOnly: {
			label: 'Only the start changed',
			reason: 'The nearest-neighbour start alone takes annealing most of the way.',
			values: {
				firstGain: false,
				cheapMoves: false,
				candidateLists: false,
				kicks: false,
				ownRule: false
			}
		},
		ownRuleOnly: {
			label: 'Only the clever rules',
			reason:
				'Kicks, cooling, crossover, tenure: by themselves next to nothing for annealing, genetic and tabu.',
			values: { nearestStart: false, firstGain: false, cheapMoves: false, candidateLists: false },
			limit: true
		},
		rat: {
			label: 'rat99, from the paper',
			reason: 'The smallest of the paper’s ten: the same budget buys far fewer moves on 99 cities.',
			values: { cities: tsplibInstances.rat99.points }
		},
		att: {
			label: 'att48',
			reason: 'State capitals with the pseudo-Euclidean rule.',
			values: { cities: tsplibInstances.att48.points, rule: 'ATT' }
		},
		ulysses: {
			label: 'ulysses22',
			reason: 'Homer’s places on the globe: on 22 cities the originals keep up.',
			values: { cities: tsplibInstances.ulysses22.points, rule: 'GEO' }
		}
	},
	quantities: {
		...lines,
		originalExcess: {
			label: 'Drawn: original, above the shortest',
			kind: 'sampled',
			unit: '%',
			digits: 1,
			evidence: raced
		},
		changedExcess: {
			label: 'Drawn: changed, above the shortest',
			kind: 'sampled',
			unit: '%',
			digits: 1,
			evidence: raced
		},
		randomExcess: {
			label: 'Random tour, mean',
			kind: 'exact',
			unit: '%',
			digits: 0,
			evidence: published
		},
		passes: {
			label: 'Moves of the original 2-opt in the budget',
			kind: 'exact',
			digits: 1,
			evidence: {
				test: 'tests/kernels/routing/localSearch.test.ts',
				against: 'look-ups counted over a pass',
				tolerance: 'exact'
			}
		}
	},
	random: true,
	long: true,
	*run({ cities, rule, budget, watch, ...switches }, stream, { onProgress }) {
		const distances = distanceMatrix(cities, rule);
		const marks = checkpoints(distances.size, budget, MARKS);
		const runners = SOLVER_NAMES.flatMap((solver) => [
			{ solver, changes: NO_CHANGES },
			...(SOLVERS[solver].takes.length > 0 ? [{ solver, changes: switches as Changes }] : [])
		]);
		const { size, values } = distances;
		let sum = 0;
		for (const value of values) sum += value;
		const known = knownInstance(cities);
		const fixed = {
			cities,
			rule,
			marks,
			watch,
			known,
			optimum: known?.instance.rule === rule ? known.instance.optimum : undefined,
			randomLength: size > 1 ? sum / (size - 1) : 0,
			passes: budget / ((size * size * (size - 1)) / 2)
		};
		let done = 0;
		for (const { lanes, mark } of race(distances, cities, runners, budget, marks, stream)) {
			onProgress?.(++done / marks.length);
			yield toResult(lanes, mark, fixed);
		}
	},
	describe(result, { watch, budget }) {
		const { known, optimum, excess, passes, rule, ended } = result;
		const drawn = excess[watch];
		const above = optimum === undefined ? 'the best tour found here' : 'the shortest tour';
		const where = known ? ` on ${known.name}` : '';
		const forms = [
			drawn.original === undefined
				? 'has no tour yet in its original form'
				: `ends ${percent(drawn.original)} above ${above} in its original form`,
			drawn.changed === undefined ? '' : `, ${percent(drawn.changed)} above it with the changes`
		].join('');
		const sentences = [
			`With ${count(budget)} look-ups each${where}, ${SOLVERS[watch].label} ${forms}.`,
			`An original 2-opt move costs ${count(result.moveCost)} look-ups here: the budget pays for ${print(passes)}.`
		];
		const standing = SOLVER_NAMES.flatMap((name) => excess[name].original ?? []);
		const best = Math.min(...standing);
		const first = SOLVER_NAMES.filter((name) => excess[name].original === best);
		if (ended && first.length > 0) {
			sentences.push(
				first.length === 1
					? `Of the originals ${SOLVERS[first[0]].label} comes nearest, at ${percent(best)}.`
					: `Of the originals ${first.length} come nearest, at ${percent(best)}.`
			);
		}
		if (known && optimum === undefined) {
			sentences.push(
				`The published optimum of ${known.name} holds for ${known.instance.rule}, not for ${rule}.`
			);
		}
		return sentences;
	},
	table: ({ excess, looked }) => ({
		columns: [
			{ label: 'solver' },
			{ label: 'original', unit: '% above', digits: 2 },
			{ label: 'look-ups', digits: 0 },
			{ label: 'changed', unit: '% above', digits: 2 },
			{ label: 'look-ups', digits: 0 }
		],
		rows: SOLVER_NAMES.map((name) => [
			SOLVERS[name].label,
			excess[name].original ?? '',
			looked[name].original ?? '',
			excess[name].changed ?? '',
			looked[name].changed ?? ''
		])
	}),
	numbers: ({ excess, watch, randomExcess, passes }) => ({
		...(excess[watch].original === undefined ? {} : { originalExcess: excess[watch].original }),
		...(excess[watch].changed === undefined ? {} : { changedExcess: excess[watch].changed }),
		randomExcess,
		passes
	}),
	questions: {
		original: {
			type: 'choice',
			ask: 'Four solvers in their original form get 300,000 look-ups each on the 52 cities of berlin52. Which comes nearest to the shortest tour?',
			options: [
				{
					text: 'Simulated annealing',
					feedback:
						'It has to descend from a random tour first, and each move of its 2-opt is dear.'
				},
				{
					text: 'The genetic algorithm',
					feedback: 'Its crossover and its 2-opt both add up whole tours; few generations fit.'
				},
				{
					text: 'Ant colony optimisation',
					feedback:
						'Ants do prefer near cities, and so begin well. One of the four begins better still.'
				},
				{
					text: 'The convex hull, filled city by city',
					feedback: 'It draws no random number and learns nothing. Look at where it starts.'
				}
			],
			answer(at) {
				const { excess } = at();
				const four = (['annealing', 'genetic', 'ants', 'hull'] as const).map(
					(name) => excess[name].original ?? Infinity
				);
				return four.indexOf(Math.min(...four));
			},
			explain(at) {
				const { excess } = at();
				const [annealing, genetic, ants, hull] = (
					['annealing', 'genetic', 'ants', 'hull'] as const
				).map((name) => percent(excess[name].original!));
				return `The convex hull ends ${hull} above the shortest tour, the ants ${ants}, the genetic algorithm ${genetic} and annealing ${annealing}. A good first tour leaves little to repair.`;
			}
		},
		learner: {
			type: 'choice',
			ask: 'The original Q-learning gets 100,000 look-ups on berlin52, too few to finish its episodes. The greedy tour of its table is then about as long as …',
			options: [
				{ text: '… a random tour', feedback: 'Its values know the distances by then.' },
				{
					text: '… the nearest-neighbour tour',
					feedback: 'What could a table of values per pair of cities hold, if not distances?'
				},
				{ text: '… the shortest tour', feedback: 'It looks ahead less than it seems to.' }
			],
			answer(at) {
				const { excess, randomExcess } = at({ budget: 100_000 });
				const got = excess.qLearning.original!;
				const gaps = [randomExcess, excess.nearest.original!, 0].map((other) =>
					Math.abs(got - other)
				);
				return gaps.indexOf(Math.min(...gaps));
			},
			explain(at) {
				const { excess, randomExcess } = at({ budget: 100_000 });
				return `It ends ${percent(excess.qLearning.original!)} above the shortest tour; nearest neighbour from the same city ${percent(excess.nearest.original!)}, a random tour ${percent(randomExcess)}. It is that tour.`;
			}
		}
	},
	standIns: [
		'The changes are ports by hand of what the models proposed; no model runs here.',
		'Distance look-ups stand in for the paper’s seconds of Python, so that all get the same by construction.'
	],
	source: [
		'kernels/routing/race.ts',
		'kernels/routing/solvers.ts',
		'kernels/routing/search.ts',
		'kernels/routing/twoOpt.ts',
		'kernels/routing/simulatedAnnealing.ts',
		'kernels/routing/geneticAlgorithm.ts',
		'kernels/routing/antColony.ts',
		'kernels/routing/tabuSearch.ts',
		'kernels/routing/christofides.ts',
		'kernels/routing/perfectMatching.ts',
		'kernels/routing/hullInsertion.ts',
		'kernels/routing/qLearning.ts',
		'kernels/routing/sarsa.ts',
		'kernels/routing/tsplibDistance.ts',
		'kernels/routing/readTsplib.ts'
	]
});

const count = (n: number) => Math.round(n).toLocaleString('en-GB');
const percent = (value: number) => `${print(Math.abs(value) < 1e-9 ? 0 : value)} %`;

interface Forms<T> {
	original: T | undefined;
	changed: T | undefined;
}

interface Fixed {
	cities: readonly number[];
	rule: DistanceRule;
	marks: readonly number[];
	watch: SolverName;
	known: ReturnType<typeof knownInstance>;
	optimum: number | undefined;
	randomLength: number;
	passes: number;
}

function toResult(lanes: readonly Lane[], mark: number, fixed: Fixed) {
	const { marks, watch, optimum, randomLength, cities } = fixed;
	const lengths = lanes.map(({ search }) => bestBy(search, mark)?.length ?? Infinity);
	const base = optimum ?? Math.min(...lengths);
	const above = (length: number) => (base > 0 ? 100 * (length / base - 1) : 0);
	const of = <T>(solver: SolverName, read: (lane: Lane) => T | undefined): Forms<T> => {
		const [original, changed] = lanes.filter((lane) => lane.solver === solver);
		return { original: read(original), changed: changed && read(changed) };
	};
	const all = <T>(read: (lane: Lane) => T | undefined) =>
		Object.fromEntries(SOLVER_NAMES.map((solver) => [solver, of(solver, read)])) as Record<
			SolverName,
			Forms<T>
		>;
	const series: Record<string, Series> = {};
	for (const lane of lanes) {
		const form = lane.changes === NO_CHANGES ? 'Original' : 'Changed';
		const y = marks.map((at) => {
			const found = at <= mark ? bestBy(lane.search, at) : undefined;
			return found ? above(found.length) : NaN;
		});
		series[`${lane.solver}${form}`] = { x: marks, y };
	}
	const n = cities.length / 2;
	return {
		...fixed,
		base,
		ended: mark === marks[marks.length - 1],
		moveCost: (n * n * (n - 1)) / 2,
		randomExcess: above(randomLength),
		excess: all(({ search }) => {
			const found = bestBy(search, mark);
			return found && above(found.length);
		}),
		looked: all(({ search }) => search.looked),
		tours: of(watch, ({ search }) => {
			const found = bestBy(search, mark);
			return found && [...found.tour];
		}),
		series
	};
}
