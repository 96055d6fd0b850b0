import { print } from '$kernels/describe/print';
import { distanceMatrix } from '$kernels/routing/distanceMatrix';
import { bestBy, checkpoints, race, type Lane, type Runner } from '$kernels/routing/race';
import {
	CHANGES,
	NO_CHANGES,
	SOLVERS,
	type Change,
	type Changes,
	type SolverName
} from '$kernels/routing/solvers';
import { tsplibInstances, type TsplibName } from '$kernels/routing/tsplibInstances';
import { defineWidget, type Quantity, type Series } from '$widgets/contract';

const MARKS = 30;
const SEEDS = 5;

export const CHANGE_LABELS: Readonly<Record<Change, string>> = {
	nearestStart: 'nearest start',
	firstGain: 'first gain',
	cheapMoves: 'cheap moves',
	candidateLists: 'candidate lists',
	kicks: 'double bridges',
	ownRule: 'own new rule'
};

const evidence = {
	test: 'tests/kernels/routing/solvers.test.ts',
	against: 'every tour measured again; a change without a place changes nothing',
	tolerance: 'exact'
};

const form = (label: string, role: Quantity['role']): Quantity => ({
	label,
	kind: 'sampled',
	role,
	mark: 'point',
	unit: '%',
	evidence
});

const ALL = Object.fromEntries(CHANGES.map((change) => [change, true])) as Record<Change, boolean>;

export const spec = defineWidget({
	name: 'change-cards',
	version: 1,
	title: 'Which change carries the gain?',
	paper: '04-llm-improved-tsp',
	params: {
		solver: {
			type: 'choice',
			label: 'Solver',
			options: {
				annealing: 'annealing',
				genetic: 'genetic',
				ants: 'ant colony',
				tabu: 'tabu search',
				twoOpt: '2-opt alone'
			},
			default: 'annealing'
		},
		instance: {
			type: 'choice',
			label: 'Cities',
			options: Object.fromEntries(
				Object.keys(tsplibInstances).map((name) => [name, name])
			) as Record<TsplibName, string>,
			default: 'berlin52'
		},
		budget: {
			type: 'range',
			label: 'Look-ups for each',
			symbol: 'B',
			scale: 'log',
			whole: true,
			min: 10_000,
			max: 10_000_000,
			step: 1,
			default: 300_000
		}
	},
	presets: {
		annealing: {
			label: 'Annealing',
			reason: 'Three cards carry nearly the whole gain, each by itself; two carry none.',
			values: {}
		},
		genetic: {
			label: 'Genetic',
			reason: 'Without the nearest start the other changes do not make up for it.',
			values: { solver: 'genetic' }
		},
		ants: {
			label: 'Ant colony',
			reason: 'Ants begin near: the gain is smaller, and every card helps.',
			values: { solver: 'ants' }
		},
		tabu: {
			label: 'Tabu search',
			reason: 'Adapting the tenure does nothing while the search is still going down.',
			values: { solver: 'tabu' }
		},
		rich: {
			label: 'Ten times the look-ups',
			reason: 'With 3 million there is little left to gain, for any card.',
			values: { budget: 3_000_000 },
			limit: true
		}
	},
	quantities: {
		original: form('Original form', 'reference'),
		all: form('All changes', 'policy'),
		...Object.fromEntries(
			CHANGES.flatMap((change) => [
				[`only${change}`, form('Only this change', 'b')],
				[`but${change}`, form('All but this change', 'c')]
			])
		),
		originalExcess: { ...form('Original, above the shortest', 'reference'), digits: 1 },
		allExcess: { ...form('All changes, above the shortest', 'policy'), digits: 1 },
		keptByStart: { ...form('Kept by the nearest start alone', 'b'), digits: 0 },
		keptByCheap: { ...form('Kept by cheap moves alone', 'b'), digits: 0 },
		keptByRule: { ...form('Kept by the own rule alone', 'b'), digits: 0 }
	},
	random: true,
	long: true,
	*run({ solver, instance, budget }, stream, { onProgress }) {
		const { points, rule, optimum } = tsplibInstances[instance];
		const { takes } = SOLVERS[solver];
		const distances = distanceMatrix(points, rule);
		const marks = checkpoints(distances.size, budget, MARKS);
		const cards: Record<string, Changes> = { original: NO_CHANGES, all: ALL };
		for (const change of takes) {
			cards[`only${change}`] = { ...NO_CHANGES, [change]: true };
			cards[`but${change}`] = { ...ALL, [change]: false };
		}
		const runners = Object.values(cards).map((changes): Runner => ({ solver, changes }));
		let done = 0;
		for (const { lanes, mark } of race(distances, points, runners, budget, marks, stream)) {
			onProgress?.(++done / marks.length);
			yield toResult(Object.keys(cards), lanes, mark, { solver, optimum, marks });
		}
	},
	describe({ solver, excess, takes, kept }, { budget, instance }) {
		const { original, all } = excess;
		if (original === undefined || all === undefined) {
			return [`No tour yet: the look-ups so far do not pay for one in every form.`];
		}
		const sentences = [
			`On ${instance} with ${Math.round(budget).toLocaleString('en-GB')} look-ups, ${SOLVERS[solver].label} ends ${percent(original)} above the shortest tour, with all changes ${percent(all)}.`
		];
		const shares = takes.flatMap((change) => {
			const share = kept[change];
			return share === undefined ? [] : [{ change, share }];
		});
		if (shares.length > 0 && original - all > 1) {
			const best = shares.reduce((a, b) => (b.share > a.share ? b : a));
			const least = shares.reduce((a, b) => (b.share < a.share ? b : a));
			sentences.push(
				`Alone, “${CHANGE_LABELS[best.change]}” keeps ${print(best.share, 2)} % of that gain, “${CHANGE_LABELS[least.change]}” ${print(least.share, 2)} %.`
			);
		}
		const missed = takes
			.flatMap((change) => {
				const without = excess[`but${change}`];
				return without === undefined ? [] : [{ change, loss: without - all }];
			})
			.sort((a, b) => b.loss - a.loss)[0];
		if (missed) {
			sentences.push(
				missed.loss > 0.05
					? `Left out of all, “${CHANGE_LABELS[missed.change]}” is missed most: ${percent(all + missed.loss)}.`
					: 'None is missed if it is left out of all.'
			);
		}
		return sentences;
	},
	table: ({ takes, excess }) => ({
		columns: [
			{ label: 'change' },
			{ label: 'only this', unit: '% above', digits: 2 },
			{ label: 'all but this', unit: '% above', digits: 2 }
		],
		rows: [
			['none (original)', excess.original ?? '', ''],
			...takes.map((change) => [
				CHANGE_LABELS[change],
				excess[`only${change}`] ?? '',
				excess[`but${change}`] ?? ''
			]),
			['all', excess.all ?? '', '']
		]
	}),
	numbers({ excess, kept }) {
		const shown = {
			originalExcess: excess.original,
			allExcess: excess.all,
			keptByStart: kept.nearestStart,
			keptByCheap: kept.cheapMoves,
			keptByRule: kept.ownRule
		};
		return Object.fromEntries(
			Object.entries(shown).filter((entry): entry is [string, number] => entry[1] !== undefined)
		);
	},
	questions: {
		start: {
			type: 'number',
			ask: 'Take simulated annealing on berlin52 with 300,000 look-ups. The rewrites cut its distance to the optimum by some 200 points. Now take all changes back but one: it starts from the nearest-neighbour tour. How much of the gain survives, in per cent?',
			min: 0,
			max: 100,
			step: 1,
			unit: '%',
			near: 6,
			tooLow:
				'Think of how long the way is from a random tour to the nearest-neighbour tour, and how dear each step on it.',
			tooHigh: 'It is most of it, but the start alone does not reach the optimum.',
			answer: (at) => median(at, (run) => run.kept.nearestStart!),
			explain: (at) =>
				`${print(
					median(at, (run) => run.kept.nearestStart!),
					2
				)} %, the median of ${SEEDS} seeds: from ${percent(
					median(at, (run) => run.excess.original!)
				)} above the shortest tour to ${percent(
					median(at, (run) => run.excess.onlynearestStart!)
				)}. The original spends all its look-ups on the way down from a random tour.`
		},
		leftOut: {
			type: 'choice',
			ask: 'The nearest-neighbour start alone keeps most of the gain. What happens to annealing on berlin52 if it is left out, and all other changes stay?',
			options: [
				{
					text: 'Most of the gain is lost',
					feedback: 'That would be so if nothing else could do the same work.'
				},
				{
					text: 'About half is lost',
					feedback: 'Gains of changes do not add up: look at what the others do alone.'
				},
				{
					text: 'Hardly anything is lost',
					feedback:
						'Cheap moves bring it down from a random tour as well. Look again at the figure.'
				}
			],
			answer(at) {
				const lost = lostWithoutStart(at);
				return lost > 67 ? 0 : lost > 33 ? 1 : 2;
			},
			explain: (at) =>
				`${print(lostWithoutStart(at), 2)} % of the gain is lost, the median of ${SEEDS} seeds. Cheap moves go down from a random tour fast enough. A change can carry nearly all by itself and still not be needed: ask both questions before you give it the credit.`
		}
	},
	standIns: [
		'The changes are ports by hand of what the models proposed; no model runs here.',
		'Distance look-ups stand in for the paper’s seconds of Python.'
	],
	source: [
		'kernels/routing/solvers.ts',
		'kernels/routing/race.ts',
		'kernels/routing/twoOpt.ts',
		'kernels/routing/simulatedAnnealing.ts',
		'kernels/routing/geneticAlgorithm.ts',
		'kernels/routing/antColony.ts',
		'kernels/routing/pheromone.ts',
		'kernels/routing/tabuSearch.ts',
		'kernels/routing/kicks.ts'
	]
});

const percent = (value: number) => `${print(Math.abs(value) < 1e-9 ? 0 : value)} %`;

function toResult(
	names: readonly string[],
	lanes: readonly Lane[],
	mark: number,
	fixed: { solver: SolverName; optimum: number; marks: readonly number[] }
) {
	const { solver, optimum, marks } = fixed;
	const { takes } = SOLVERS[solver];
	const series: Record<string, Series> = {};
	const excess: Partial<Record<string, number>> = {};
	for (const [i, { search }] of lanes.entries()) {
		const y = marks.map((at) => {
			const found = at <= mark ? bestBy(search, at) : undefined;
			return found ? 100 * (found.length / optimum - 1) : NaN;
		});
		series[names[i]] = { x: marks, y };
		const last = y.findLast(Number.isFinite);
		if (last !== undefined) excess[names[i]] = last;
	}
	const { original, all } = excess;
	/** Share of the gain of all changes that one of them keeps alone, in per cent. */
	const kept: Partial<Record<Change, number>> = {};
	for (const change of takes) {
		const only = excess[`only${change}`];
		if (original === undefined || all === undefined || only === undefined) continue;
		if (original > all) kept[change] = (100 * (original - only)) / (original - all);
	}
	return { solver, takes, marks, excess, kept, series };
}

type Run = ReturnType<typeof toResult>;

/** The middle of a number of the default run over some seeds. */
function median(at: (changed?: object, seed?: number) => Run, read: (run: Run) => number): number {
	const values = Array.from({ length: SEEDS }, (_, i) => read(at({}, i + 1)));
	return values.sort((a, b) => a - b)[Math.floor(SEEDS / 2)];
}

function lostWithoutStart(at: (changed?: object, seed?: number) => Run): number {
	return median(at, ({ excess }) => {
		const { original, all, butnearestStart } = excess;
		return (100 * (butnearestStart! - all!)) / (original! - all!);
	});
}
