import { print } from '$kernels/describe/print';
import { distanceMatrix, type DistanceMatrix } from '$kernels/routing/distanceMatrix';
import { greedyRoute } from '$kernels/routing/greedyRoute';
import { heldKarp } from '$kernels/routing/heldKarp';
import { nearestNeighbour } from '$kernels/routing/nearestNeighbour';
import { qLearning, type Learned } from '$kernels/routing/qLearning';
import { readTsplib } from '$kernels/routing/readTsplib';
import { sarsa } from '$kernels/routing/sarsa';
import { openSearch } from '$kernels/routing/search';
import { tourLength } from '$kernels/routing/tourLength';
import { defineWidget } from '$widgets/contract';

/** Twelve cities drawn evenly from a square of 100 by 100. */
const CITIES = [
	79, 26, 1, 51, 86, 50, 86, 77, 66, 69, 38, 92, 90, 8, 66, 1, 60, 64, 91, 72, 36, 55, 60, 98
];
const READINGS = 60;
const SEEDS = 20;

const learners = {
	test: 'tests/kernels/routing/learners.test.ts',
	against: 'recorded runs of the codes themselves, table against table',
	tolerance: '1e-9 relative'
};
const exact = {
	test: 'tests/kernels/routing/construction.test.ts',
	against: 'TSPLIB’s instances, and all permutations',
	tolerance: 'exact'
};

export const spec = defineWidget({
	name: 'q-learning-tour',
	version: 1,
	title: 'What has Q-learning learned here?',
	paper: '04-llm-improved-tsp',
	params: {
		learner: {
			type: 'choice',
			label: 'Learner',
			options: {
				original: 'Q-learning, original update',
				corrected: 'Q-learning, update mended',
				sarsa: 'SARSA',
				expected: 'Expected SARSA'
			},
			default: 'original'
		},
		discountFactor: {
			type: 'range',
			label: 'Discount',
			symbol: 'γ',
			help: 'What the value of the next city’s best way on counts for.',
			min: 0,
			max: 1,
			step: 0.05,
			default: 0.95
		},
		episodes: {
			type: 'range',
			label: 'Episodes',
			scale: 'log',
			whole: true,
			min: 60,
			max: 6000,
			step: 1,
			default: 2000
		},
		exploration: {
			type: 'choice',
			label: 'Next city',
			options: { 'epsilon-greedy': 'best known, at times any', boltzmann: 'drawn by exp(Q/τ)' },
			default: 'epsilon-greedy'
		},
		temperature: {
			type: 'range',
			label: 'Temperature',
			symbol: 'τ',
			help: 'Where cities are drawn by exp(Q/τ); the values lie between 0 and a few times −1.',
			scale: 'log',
			min: 0.01,
			max: 1,
			step: 0.01,
			default: 0.1
		},
		epsilon: {
			type: 'range',
			label: 'Share of random steps',
			symbol: 'ε',
			min: 0,
			max: 1,
			step: 0.05,
			default: 0.15,
			more: true
		},
		learningRate: {
			type: 'range',
			label: 'Learning rate',
			symbol: 'α',
			min: 0.01,
			max: 1,
			step: 0.01,
			default: 0.1,
			more: true
		},
		traceDecay: {
			type: 'range',
			label: 'Eligibility traces',
			symbol: 'λ',
			help: 'Spreads each error over the steps before it; 0 for none.',
			min: 0,
			max: 1,
			step: 0.05,
			default: 0,
			more: true
		},
		cities: {
			type: 'points',
			label: 'Cities',
			help: 'Drag them in the drawing, double-click to add one, or paste lines of “x y”.',
			item: 'city',
			read: readTsplib,
			min: 0,
			max: 100,
			step: 1,
			minLength: 4,
			maxLength: 14,
			default: CITIES,
			more: true
		}
	},
	presets: {
		original: {
			label: 'As in the library',
			reason:
				'All values lie on the diagonal: the table holds distances, the tour is nearest neighbour.',
			values: {}
		},
		mended: {
			label: 'The update mended',
			reason: 'Now it does look ahead, and the tour gets longer.',
			values: { learner: 'corrected' },
			limit: true
		},
		shortSighted: {
			label: 'Mended, γ = 0',
			reason: 'Without looking ahead the mended update is the original one.',
			values: { learner: 'corrected', discountFactor: 0 }
		},
		sarsa: {
			label: 'SARSA',
			reason: 'Looks ahead to what it does next: no nearest neighbour either, and no shorter.',
			values: { learner: 'sarsa' }
		},
		hot: {
			label: 'Boltzmann at τ = 1',
			reason: 'At τ = 1 the draws are nearly even, and the values are those of wandering about.',
			values: { learner: 'expected', exploration: 'boltzmann', temperature: 1 },
			limit: true
		}
	},
	quantities: {
		learned: {
			label: 'Greedy tour of the table',
			kind: 'trained here',
			role: 'policy',
			unit: '%',
			evidence: learners
		},
		value: {
			label: 'Learned cost −Q of a step',
			kind: 'trained here',
			role: 'policy',
			mark: 'point',
			evidence: learners
		},
		learnedExcess: {
			label: 'Learned tour, above the shortest',
			kind: 'trained here',
			unit: '%',
			digits: 1,
			evidence: learners
		},
		nearestExcess: {
			label: 'Nearest neighbour, above the shortest',
			kind: 'exact',
			unit: '%',
			digits: 1,
			evidence: exact
		},
		shared: {
			label: 'Edges of nearest neighbour in it',
			kind: 'trained here',
			unit: '%',
			digits: 0,
			evidence: learners
		},
		lookedAhead: {
			label: 'Lowest value looked ahead to',
			kind: 'trained here',
			digits: 2,
			evidence: learners
		}
	},
	random: true,
	long: true,
	*run(values, stream, { onProgress }) {
		const { cities, episodes, learner, discountFactor, exploration, epsilon, temperature } = values;
		const distances = distanceMatrix(cities, 'REAL');
		const search = openSearch(distances, Number.MAX_SAFE_INTEGER);
		const options = {
			episodes,
			discountFactor,
			learningRate: values.learningRate,
			traceDecay: values.traceDecay,
			exploration:
				exploration === 'boltzmann'
					? ({ rule: 'boltzmann', from: temperature, to: temperature } as const)
					: ({ rule: 'epsilon-greedy', epsilon } as const),
			fading: false
		};
		const learning =
			learner === 'original' || learner === 'corrected'
				? qLearning(search, stream, { ...options, bootstrap: learner })
				: sarsa(search, stream, {
						...options,
						target: learner === 'sarsa' ? 'taken' : 'expected',
						returnsHome: false
					});
		const optimum = heldKarp(distances).length;
		const nearestTour = nearestNeighbour(search, 0);
		const above = (length: number) => (optimum > 0 ? 100 * (length / optimum - 1) : 0);
		const fixed = {
			distances,
			cities,
			nearestTour,
			nearestExcess: above(tourLength(distances, nearestTour)),
			marks: Array.from({ length: READINGS + 1 }, (_, i) => Math.round((episodes * i) / READINGS))
		};
		// Before the first episode the table is empty, and its greedy tour goes by the cities' numbers.
		const empty = Array.from({ length: distances.size }, (_, city) => city);
		const excess = [above(tourLength(distances, empty))];
		for (const learned of learning) {
			while (excess.length <= READINGS && learned.episodes >= fixed.marks[excess.length]) {
				const tour = greedyRoute(learned.q, 0);
				excess.push(above(tourLength(distances, tour)));
				onProgress?.(learned.episodes / episodes);
				yield toResult(learned, tour, excess, fixed);
			}
		}
	},
	describe({ learnedExcess, nearestExcess, shared, lookedAhead }, { learner, discountFactor }) {
		const names = {
			original: 'the original Q-learning',
			corrected: 'the mended Q-learning',
			sarsa: 'SARSA',
			expected: 'Expected SARSA'
		};
		const sentences = [
			`The greedy tour of ${names[learner]} is ${percent(learnedExcess)} longer than the shortest; nearest neighbour’s is ${percent(nearestExcess)} longer.`
		];
		if (shared > 99.9) sentences.push('They are the same tour.');
		else sentences.push(`It has ${print(shared, 2)} % of nearest neighbour’s edges.`);
		sentences.push(
			lookedAhead === 0
				? 'No update has looked ahead to anything but 0: the values can only hold distances.'
				: discountFactor === 0
					? 'With γ = 0 what an update looks ahead to counts for nothing.'
					: `Updates look ahead to values as low as ${print(lookedAhead)}.`
		);
		return sentences;
	},
	table: ({ series: { value }, pairs }) => ({
		columns: [
			{ label: 'from city', digits: 0 },
			{ label: 'to city', digits: 0 },
			{ label: 'distance / largest', digits: 4 },
			{ label: 'learned cost −Q', digits: 4 }
		],
		rows: pairs.map(([from, to], i) => [from + 1, to + 1, value.x[i], value.y[i]])
	}),
	numbers: ({ learnedExcess, nearestExcess, shared, lookedAhead }) => ({
		learnedExcess,
		nearestExcess,
		shared,
		lookedAhead
	}),
	questions: {
		mend: {
			type: 'choice',
			ask: 'The original update looks ahead to 0 by mistake. You mend it, so that it looks ahead to the best value among the cities still unvisited, with γ = 0.95. Over 20 seeds, what happens to the tour on these twelve cities?',
			options: [
				{
					text: 'It gets shorter',
					feedback: 'That is what one would hope of looking ahead. But look ahead from where?'
				},
				{
					text: 'It stays the same',
					feedback: 'The values change a great deal: look at the middle drawing.'
				},
				{ text: 'It gets longer', feedback: 'Compare the two medians once more.' }
			],
			answer(at) {
				const [before, after] = mended(at);
				return after < before - 1e-6 ? 0 : after > before + 1e-6 ? 2 : 1;
			},
			explain(at) {
				const [before, after] = mended(at);
				return `It gets longer: from ${percent(before)} above the shortest tour to ${percent(after)}, the medians of ${SEEDS} seeds. What is ahead depends on which cities are left, and the table does not know: the city alone is no Markov state.`;
			}
		},
		gamma: {
			type: 'choice',
			ask: 'In the original code you change γ from 0.95 to 0.5. What happens to the learned values?',
			options: [
				{
					text: 'They move towards 0',
					feedback: 'They would if γ multiplied anything but 0.'
				},
				{ text: 'Nothing', feedback: 'Run both and compare the tables.' },
				{ text: 'They get more negative', feedback: 'A smaller γ could only shorten a sum.' }
			],
			answer(at) {
				const sum = (gamma: number) =>
					at({ discountFactor: gamma }).series.value.y.reduce((total, cost) => total + cost, 0);
				const [low, high] = [sum(0.5), sum(0.95)];
				return Math.abs(low - high) < 1e-9 ? 1 : low < high ? 0 : 2;
			},
			explain: () =>
				'Nothing, to the last digit: γ multiplies the value looked ahead to, and that is always 0 here.'
		}
	},
	standIns: [],
	source: [
		'kernels/routing/qLearning.ts',
		'kernels/routing/sarsa.ts',
		'kernels/routing/tabularStep.ts',
		'kernels/routing/greedyRoute.ts',
		'kernels/routing/nearestNeighbour.ts',
		'kernels/routing/heldKarp.ts'
	]
});

const percent = (value: number) => `${print(Math.abs(value) < 1e-9 ? 0 : value)} %`;

interface Fixed {
	distances: DistanceMatrix;
	cities: readonly number[];
	nearestTour: number[];
	nearestExcess: number;
	marks: readonly number[];
}

const edgesOf = (tour: readonly number[]) =>
	tour.map((city, i) => [city, tour[(i + 1) % tour.length]].sort((a, b) => a - b).join());

function toResult(
	{ q, lookedAhead }: Learned,
	tour: number[],
	excess: readonly number[],
	{ distances, cities, nearestTour, nearestExcess, marks }: Fixed
) {
	const { size, values } = distances;
	const longest = Math.max(...values) || 1;
	const pairs: [number, number][] = [];
	for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) if (a !== b) pairs.push([a, b]);
	const own = new Set(edgesOf(tour));
	const common = edgesOf(nearestTour).filter((edge) => own.has(edge));
	return {
		cities,
		tour,
		nearestTour,
		nearestExcess,
		pairs,
		learnedExcess: excess[excess.length - 1],
		shared: (100 * common.length) / size,
		lookedAhead: lookedAhead.lowest,
		series: {
			value: {
				x: pairs.map(([a, b]) => values[a * size + b] / longest),
				y: pairs.map(([a, b]) => -q[a * size + b] || 0)
			},
			learned: { x: marks, y: marks.map((_, i) => excess[i] ?? NaN) }
		}
	};
}

/** Median excess over seeds of the original update and of the mended one. */
function mended(
	at: (changed: { learner: 'original' | 'corrected' }, seed: number) => { learnedExcess: number }
): [number, number] {
	const median = (learner: 'original' | 'corrected') => {
		const all = Array.from({ length: SEEDS }, (_, i) => at({ learner }, i + 1).learnedExcess);
		return all.sort((a, b) => a - b)[SEEDS / 2];
	};
	return [median('original'), median('corrected')];
}
