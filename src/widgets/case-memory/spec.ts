import { print } from '$kernels/describe/print';
import { caseFeatures, drawCase, type MergeCase } from '$kernels/traffic/mergeCase';
import { recallCases, scaleCases, type CaseScaling } from '$kernels/traffic/recallCases';
import { defineWidget } from '$widgets/contract';

/** Hardest braking of the car behind that still counts as going well, m/s². */
const HARDEST = 4;
const QUERIES = 120;
const COUNTS = [1, 3, 5, 7, 9, 13, 17, 21, 25];
const SCALINGS = ['metres', 'kilometres', 'standardised'] as const;

const evidence = {
	test: 'tests/kernels/traffic/recallCases.test.ts',
	against: 'scikit-learn’s cosine similarity, and simulation of every case',
	tolerance: '1e-9 for cosines'
};

export const spec = defineWidget({
	name: 'case-memory',
	version: 1,
	title: 'Which past merge is like this one?',
	paper: '20-ccma',
	params: {
		scaling: {
			type: 'choice',
			label: 'Features measured in',
			options: {
				metres: 'm and m/s',
				kilometres: 'km and km/h',
				standardised: 'deviations from the mean'
			},
			default: 'metres'
		},
		recalled: {
			type: 'stepper',
			label: 'Cases recalled',
			symbol: 'k',
			min: 1,
			max: 25,
			step: 2,
			default: 5
		},
		stored: {
			type: 'range',
			label: 'Cases in memory',
			scale: 'log',
			whole: true,
			min: 10,
			max: 160,
			step: 1,
			default: 40
		},
		scene: {
			type: 'stepper',
			label: 'New scene shown',
			min: 1,
			max: QUERIES,
			step: 1,
			default: 24
		}
	},
	presets: {
		metres: {
			label: 'Metres and m/s',
			reason:
				'Distances drown the closing speeds: the advice is hardly better than never to merge.',
			values: {},
			limit: true
		},
		kilometres: {
			label: 'Kilometres and km/h',
			reason: 'The same cases in other units: now closing speeds drown the distances.',
			values: { scaling: 'kilometres' },
			limit: true
		},
		standardised: {
			label: 'Standardised',
			reason: 'Every feature counts alike, and no unit matters.',
			values: { scaling: 'standardised' }
		},
		crowd: {
			label: 'Recall 25 of 40',
			reason: 'With most of the memory recalled, the advice is whatever most cases were.',
			values: { scaling: 'standardised', recalled: 25 },
			limit: true
		},
		large: {
			label: 'Four times the memory',
			reason: 'More cases help only if the right ones are found.',
			values: { scaling: 'standardised', stored: 160 }
		}
	},
	quantities: {
		metres: { label: 'm and m/s', kind: 'sampled', role: 'a', evidence },
		kilometres: { label: 'km and km/h', kind: 'sampled', role: 'b', evidence },
		standardised: { label: 'Standardised', kind: 'sampled', role: 'c', evidence },
		right: { label: 'Advice right', kind: 'sampled', evidence },
		rightMetres: { label: 'Right, in m and m/s', kind: 'sampled', evidence },
		rightStandardised: { label: 'Right, standardised', kind: 'sampled', evidence },
		wait: { label: 'Right if it always waits', kind: 'sampled', evidence }
	},
	random: true,
	long: true,
	run({ scaling, recalled, stored, scene }, stream) {
		const draws = stream.split('cases');
		const memory = Array.from({ length: Math.round(stored) }, () => drawCase(draws, HARDEST));
		const asked = stream.split('scenes');
		const queries = Array.from({ length: QUERIES }, () => drawCase(asked, HARDEST));
		const count = Math.round(recalled);
		const shares = (by: CaseScaling, counts: readonly number[]) => {
			const scaled = scaleCases(memory, by);
			const most = Math.max(...counts);
			const hits = counts.map(() => 0);
			for (const query of queries) {
				const { matches } = recallCases(query, memory, scaled, most);
				counts.forEach((k, i) => {
					const near = matches.slice(0, k);
					const safe = near.filter(({ position }) => memory[position].safe).length;
					hits[i] += Number(2 * safe > near.length === query.safe);
				});
			}
			return hits.map((hit) => hit / QUERIES);
		};
		const shown = queries[Math.round(scene) - 1];
		const lines = SCALINGS.map((by) => [by, { x: COUNTS, y: shares(by, COUNTS) }] as const);
		const at = (by: CaseScaling) => shares(by, [count])[0];
		return {
			memory,
			shown,
			recall: recallCases(shown, memory, scaleCases(memory, scaling), count),
			right: at(scaling),
			rightMetres: at('metres'),
			rightStandardised: at('standardised'),
			wait: queries.filter(({ safe }) => !safe).length / QUERIES,
			recalled: count,
			series: Object.fromEntries(lines) as Record<CaseScaling, { x: number[]; y: number[] }>
		};
	},
	describe({ shown, recall, right, wait, recalled }) {
		return [
			`Of ${recalled} recalled case${recalled === 1 ? '' : 's'}, merging went well in ${Math.round(recall.safeShare * recall.matches.length)}: the memory says ${recall.advice ? 'merge' : 'wait'}. In simulation merging here goes ${shown.safe ? 'well' : 'badly'}, so the advice is ${recall.advice === shown.safe ? 'right' : 'wrong'}.`,
			`Over ${QUERIES} new scenes it is right in ${print(100 * right)}\u00a0%; always waiting would be right in ${print(100 * wait)}\u00a0%.`
		];
	},
	table: ({ memory, recall, shown }) => ({
		columns: [
			{ label: 'case' },
			{ label: 'similarity', digits: 3 },
			{ label: 'distance ahead', unit: 'm', digits: 1 },
			{ label: 'distance behind', unit: 'm', digits: 1 },
			{ label: 'closing ahead', unit: 'm/s', digits: 1 },
			{ label: 'closing behind', unit: 'm/s', digits: 1 },
			{ label: 'to the end', unit: 'm', digits: 0 },
			{ label: 'merging goes' }
		],
		rows: [
			['new scene', '', ...caseFeatures(shown), wellOrBadly(shown)],
			...recall.matches.map(({ position, similarity }) => [
				`case ${position + 1}`,
				similarity,
				...caseFeatures(memory[position]),
				wellOrBadly(memory[position])
			])
		]
	}),
	numbers: ({ right, rightMetres, rightStandardised, wait }) => ({
		right,
		rightMetres,
		rightStandardised,
		wait
	}),
	questions: {
		units: {
			type: 'choice',
			ask: 'A memory of 40 merges recalls the 5 most similar by cosine. Its features, distances and closing speeds, are measured in metres and m/s, then in kilometres and km/h. What changes?',
			options: [
				{
					text: 'Nothing: cosine ignores scale',
					feedback:
						'It ignores a factor on the whole vector. A factor on one entry turns the vector.'
				},
				{
					text: 'Other cases are recalled, and other advice is given',
					feedback: 'Compare what is recalled in the two units.'
				},
				{
					text: 'The same cases, in another order',
					feedback: 'Compare what is recalled in the two units.'
				}
			],
			answer(at) {
				const [m, km] = (['metres', 'kilometres'] as const).map((scaling) =>
					at({ scaling }).recall.matches.map(({ position }) => position)
				);
				if (m.join() === km.join()) return 0;
				return [...m].sort().join() === [...km].sort().join() ? 2 : 1;
			},
			explain(at) {
				const [m, km] = (['metres', 'kilometres'] as const).map((scaling) => at({ scaling }));
				const positions = m.recall.matches.map(({ position }) => position);
				const both = km.recall.matches.filter(({ position }) => positions.includes(position));
				return `Of the 5 cases recalled for the scene shown, ${both.length} ${both.length === 1 ? 'is' : 'are'} the same. The advice is right in ${print(100 * m.right)}\u00a0% of new scenes with metres, ${print(100 * km.right)}\u00a0% with kilometres and ${print(100 * m.rightStandardised)}\u00a0% with standardised features.`;
			}
		},
		crowd: {
			type: 'number',
			ask: 'A memory holds 40 merges, of which a third went well. It recalls 25 of them for every new scene and follows the majority, with standardised features. In how many per cent of new scenes is its advice right?',
			min: 0,
			max: 100,
			step: 1,
			unit: '%',
			near: 6,
			tooLow: 'It says “wait” almost always, and waiting is right more often than not.',
			tooHigh: 'With so many recalled, the near cases are outvoted.',
			answer: (at) => 100 * crowd(at).right,
			explain(at) {
				const { right, few, wait } = crowd(at);
				return `Over 20 seeds it is right in ${print(100 * right)}\u00a0%; with 5 recalled in ${print(100 * few)}\u00a0%. Always waiting is right in ${print(100 * wait)}\u00a0%.`;
			}
		}
	},
	standIns: [
		'A majority of recalled outcomes stands in for a language model that reads recalled cases. The memory’s features are ours; which embedding CCMA uses could not be checked.'
	],
	source: [
		'kernels/traffic/recallCases.ts',
		'kernels/traffic/mergeCase.ts',
		'kernels/retrieval/mostSimilar.ts',
		'kernels/retrieval/cosineSimilarity.ts',
		'kernels/retrieval/standardise.ts'
	]
});

function wellOrBadly({ safe }: MergeCase): string {
	return safe ? 'well' : 'badly';
}

type At = (
	changed?: object,
	seed?: number
) => { wait: number; series: Record<CaseScaling, { y: number[] }> };

/** Means over 20 seeds: 25 and 5 recalled, standardised, and always waiting. */
function crowd(at: At) {
	const runs = Array.from({ length: 20 }, (_, i) => at({}, i + 1));
	const mean = (read: (run: (typeof runs)[0]) => number) =>
		runs.reduce((sum, run) => sum + read(run), 0) / runs.length;
	return {
		right: mean(({ series }) => series.standardised.y[COUNTS.indexOf(25)]),
		few: mean(({ series }) => series.standardised.y[COUNTS.indexOf(5)]),
		wait: mean(({ wait }) => wait)
	};
}
