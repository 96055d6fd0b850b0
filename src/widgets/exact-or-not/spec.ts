import { print } from '$kernels/describe/print';
import { branchAndBound, branchAndBoundCodes } from '$kernels/routing/branchAndBound';
import { distanceMatrix } from '$kernels/routing/distanceMatrix';
import { heldKarp } from '$kernels/routing/heldKarp';
import { readTsplib } from '$kernels/routing/readTsplib';
import { timedInstances } from '$kernels/routing/timedInstances';
import { defineWidget, type Quantity } from '$widgets/contract';

const SIDES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const;
const CODES = ['original', 'r1', 'o1', 'safe'] as const;
const SAMPLE_CITIES = 7;
/** Shorter or longer by less than this share is rounding. */
const ROUNDING = 1e-9;

const NAMES = {
	original: 'pyCombinatorial’s code',
	r1: 'DeepSeek-R1’s code',
	o1: 'GPT-O1’s code',
	safe: 'the mended code'
} as const;

const evidence = {
	test: 'tests/kernels/routing/branchAndBound.test.ts',
	against: 'the codes themselves, run in Python on 38 instances, and the exact program',
	tolerance: '1e-9 relative'
};
const share = (label: string, role: Quantity['role']): Quantity => ({
	label,
	kind: 'sampled',
	role,
	unit: '%',
	digits: 1,
	evidence
});

export const spec = defineWidget({
	name: 'exact-or-not',
	version: 1,
	title: 'Is the exact method exact?',
	paper: '04-llm-improved-tsp',
	params: {
		code: {
			type: 'choice',
			label: 'Branch and bound',
			options: {
				original: 'original (pyCombinatorial)',
				r1: 'rewrite of DeepSeek-R1',
				o1: 'rewrite of GPT-O1',
				safe: 'mended here'
			},
			default: 'r1'
		},
		side: {
			type: 'range',
			label: 'Size of the map',
			help: 'All coordinates times this. Shortest tours stay the same; what rounds does not.',
			unit: '×',
			scale: 'log',
			min: 0.001,
			max: 10,
			step: 0.001,
			default: 1
		},
		trials: {
			type: 'range',
			label: 'Random maps tried',
			help: 'Seven cities each, for the share of wrong answers.',
			scale: 'log',
			whole: true,
			min: 20,
			max: 1000,
			step: 1,
			default: 60
		},
		cities: {
			type: 'points',
			label: 'Cities',
			help: 'Drag them in the drawing until an “exact” tour is not the shortest; or paste lines of “x y”.',
			item: 'city',
			read: readTsplib,
			min: -20_000,
			max: 20_000,
			step: 1,
			minLength: 4,
			maxLength: 14,
			default: timedInstances.third,
			more: true
		}
	},
	presets: {
		third: {
			label: 'Instance 3 of the paper',
			reason:
				'One of the ten on which the codes were timed. The fastest does not find the shortest tour.',
			values: {},
			limit: true
		},
		ninth: {
			label: 'Instance 9 of the paper',
			reason: 'The same on 14 cities, by more.',
			values: { cities: timedInstances.ninth }
		},
		tree: {
			label: 'With a spanning tree',
			reason:
				'GPT-O1’s bound never promises too much: exact, and on this instance with fewer nodes.',
			values: { code: 'o1' }
		},
		small: {
			label: 'The same map, tiny',
			reason: 'On a small map the original rounds its first bound up past every tour.',
			values: { code: 'original', side: 0.001 },
			limit: true
		},
		mended: {
			label: 'Mended',
			reason: 'Half of the shortest edge, not of the second, for the path’s ends: always exact.',
			values: { code: 'safe' }
		}
	},
	quantities: {
		originalWrong: share('Original', 'reference'),
		r1Wrong: share('Rewrite of DeepSeek-R1', 'a'),
		o1Wrong: share('Rewrite of GPT-O1', 'b'),
		safeWrong: share('Mended', 'theory'),
		above: {
			label: 'Found tour, above the shortest',
			kind: 'exact',
			unit: '%',
			digits: 2,
			evidence
		},
		optimum: { label: 'Shortest tour', kind: 'exact', digits: 1, evidence },
		rootBound: { label: 'Bound at the root', kind: 'exact', digits: 1, evidence },
		nodes: { label: 'Paths gone into', kind: 'exact', digits: 0, evidence },
		wrongAt100: share('Original wrong, maps of 100 by 100', 'reference'),
		wrongAt1: share('Original wrong, maps of 1 by 1', 'reference'),
		r1WrongShare: share('R1 wrong, maps of any size', 'a')
	},
	random: true,
	long: true,
	*run({ code, side, trials, cities }, stream, { onProgress }) {
		const distances = distanceMatrix(
			cities.map((coordinate) => coordinate * side),
			'REAL'
		);
		const shortest = heldKarp(distances);
		const { tour, length, nodes, rootBound } = branchAndBound(distances, branchAndBoundCodes[code]);
		const here = {
			code,
			cities,
			tour,
			shortest: shortest.tour,
			found: tour.length > 0,
			above: tour.length > 0 ? excess(length, shortest.length) : 0,
			optimum: shortest.length,
			rootBound,
			nodes
		};
		const wrong = Object.fromEntries(CODES.map((name) => [name, SIDES.map(() => 0)]));
		for (let trial = 1; trial <= trials; trial++) {
			const unit = Array.from({ length: 2 * SAMPLE_CITIES }, () => stream.uniform());
			const map = (size: number) =>
				distanceMatrix(
					unit.map((coordinate) => coordinate * size),
					'REAL'
				);
			const optimum = heldKarp(map(1)).length;
			for (const name of CODES) {
				// Only the original rounds; the others scale with the map, so one size stands for all (tested).
				const sizes = name === 'original' ? SIDES : SIDES.slice(0, 1);
				const missed = sizes.map(
					(size) =>
						excess(branchAndBound(map(size), branchAndBoundCodes[name]).length, size * optimum) > 0
				);
				SIDES.forEach((_, i) => (wrong[name][i] += Number(missed[i] ?? missed[0])));
			}
			onProgress?.(trial / trials);
			if (trial % 10 === 0 || trial === trials) yield toResult(here, wrong, trial);
		}
	},
	describe({ code, found, above, optimum, rootBound, series, trial }) {
		const sentences = [
			!found
				? `${start(NAMES[code])} finds no tour on this map at all.`
				: above > 0
					? `${start(NAMES[code])} returns a tour ${print(above)} % longer than the shortest, and calls it optimal.`
					: `${start(NAMES[code])} finds the shortest tour on this map, ${print(optimum, 5)}.`
		];
		if (rootBound > optimum * (1 + ROUNDING)) {
			sentences.push(
				`Its first bound, ${print(rootBound, 5)}, is already above the shortest tour: a bound must never be.`
			);
		}
		sentences.push(
			`On ${trial} random maps of 100 by 100 the original is wrong on ${print(at100(series.originalWrong.y))} %, R1’s rewrite on ${print(at100(series.r1Wrong.y))} %, O1’s on ${print(at100(series.o1Wrong.y))} %.`
		);
		return sentences;
	},
	table: ({ series }) => ({
		columns: [
			{ label: 'side of the map' },
			{ label: 'original wrong', unit: '%', digits: 1 },
			{ label: 'R1 wrong', unit: '%', digits: 1 },
			{ label: 'O1 wrong', unit: '%', digits: 1 },
			{ label: 'mended wrong', unit: '%', digits: 1 }
		],
		rows: SIDES.map((side, i) => [
			side,
			series.originalWrong.y[i],
			series.r1Wrong.y[i],
			series.o1Wrong.y[i],
			series.safeWrong.y[i]
		])
	}),
	numbers: ({ above, optimum, rootBound, nodes, series }) => ({
		above,
		optimum,
		rootBound,
		nodes,
		wrongAt100: at100(series.originalWrong.y),
		wrongAt1: series.originalWrong.y[0],
		r1WrongShare: at100(series.r1Wrong.y)
	}),
	questions: {
		fastest: {
			type: 'choice',
			ask: 'The paper times branch-and-bound codes and does not compare their tours, since an exact method always finds the shortest. On its instance 3, which of the codes do?',
			options: [
				{
					text: 'All of them',
					feedback: 'That holds if no bound is ever above what it bounds. Look at the first bound.'
				},
				{
					text: 'Only the original',
					feedback:
						'The rewrites inherit its bound, but it is not the rewrites that made it unsafe.'
				},
				{
					text: 'Only the rewrite with a spanning tree (GPT-O1)',
					feedback: 'Compare the other two with the shortest tour.'
				},
				{ text: 'None', feedback: 'One of the bounds is a true one.' }
			],
			answer(at) {
				const right = (['original', 'r1', 'o1'] as const).map(
					(code) => at({ code, trials: 20 }).above === 0
				);
				if (right.every(Boolean)) return 0;
				if (right[0] && !right[1] && !right[2]) return 1;
				return right[2] && !right[0] && !right[1] ? 2 : 3;
			},
			explain(at) {
				const [original, r1, o1] = (['original', 'r1', 'o1'] as const).map((code) =>
					at({ code, trials: 20 })
				);
				return `The original ends ${print(original.above)} % above the shortest tour, R1’s rewrite ${print(r1.above)} %, O1’s ${print(o1.above)} %. The two share a bound that can be too high.`;
			}
		},
		scale: {
			type: 'choice',
			ask: 'A map of seven cities is given in kilometres, then in metres. For which code can the answer change?',
			options: [
				{
					text: 'The original, which rounds its first bound up to a whole number',
					feedback: 'Look at the curve once more: where does it bend?'
				},
				{
					text: 'R1’s rewrite',
					feedback: 'It dropped the rounding, and all else in it scales with the map.'
				},
				{ text: 'For none', feedback: 'One of the codes rounds to whole units of length.' }
			],
			answer(at) {
				const { series } = at({ trials: 20 });
				const changes = ({ y }: { y: readonly number[] }) => y.some((value) => value !== y[0]);
				return changes(series.originalWrong) ? 0 : changes(series.r1Wrong) ? 1 : 2;
			},
			explain(at) {
				const { series } = at({ trials: 20 });
				return `The original is wrong on ${print(series.originalWrong.y[0])} % of maps of side 1 and on ${print(at100(series.originalWrong.y))} % of side 100, of twenty tried; R1’s share is the same at every size. Rounding a bound up is right only where all lengths are whole numbers.`;
			}
		}
	},
	standIns: [],
	source: [
		'kernels/routing/branchAndBound.ts',
		'kernels/routing/heldKarp.ts',
		'kernels/routing/tsplibDistance.ts'
	]
});

const start = (name: string) => name[0].toUpperCase() + name.slice(1);
const at100 = (shares: readonly number[]) => shares[SIDES.indexOf(100)];

/** By how many per cent a length is above the optimum; 0 within rounding. */
function excess(length: number, optimum: number): number {
	return length > optimum * (1 + ROUNDING) ? 100 * (length / optimum - 1) : 0;
}

function toResult<T extends object>(
	here: T,
	wrong: Readonly<Record<string, readonly number[]>>,
	trial: number
) {
	const line = (name: (typeof CODES)[number]) => ({
		x: [...SIDES],
		y: wrong[name].map((count) => (100 * count) / trial)
	});
	return {
		...here,
		trial,
		series: {
			originalWrong: line('original'),
			r1Wrong: line('r1'),
			o1Wrong: line('o1'),
			safeWrong: line('safe')
		}
	};
}
