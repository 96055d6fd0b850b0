import { print } from '$kernels/describe/print';
import { alignmentScore } from '$kernels/federated/alignmentScore';
import { fairnessIndex } from '$kernels/federated/fairnessIndex';
import { defineWidget } from '$widgets/contract';

const shares = (label: string, values: readonly [number, number, number], help?: string) =>
	({
		type: 'vector',
		label,
		item: label.toLowerCase() + ', option',
		help,
		default: values,
		min: 0,
		max: 100,
		step: 5,
		minLength: 3,
		maxLength: 3
	}) as const;

const GROUPS = ['A', 'B', 'C'] as const;

const scipy = {
	test: 'tests/kernels/federated/jensenShannon.test.ts',
	against: 'SciPy’s jensenshannon',
	tolerance: '1e-9'
};
const jain = {
	test: 'tests/kernels/federated/fairnessIndex.test.ts',
	against: 'Jain’s index of the same scores, and worked values',
	tolerance: '1e-12'
};

export const spec = defineWidget({
	name: 'score-ruler',
	version: 1,
	title: 'How well does one prediction serve three groups?',
	paper: '10-pluralllm',
	params: {
		predicted: shares(
			'Predicted',
			[50, 30, 20],
			'What the model predicts for every group. Sums need not be 100.'
		),
		groupA: shares('Group A', [60, 30, 10]),
		groupB: shares('Group B', [30, 40, 30]),
		groupC: shares('Group C', [10, 30, 60])
	},
	presets: {
		spread: {
			label: 'Groups that differ',
			reason: 'One prediction for all serves the group that is like it best.',
			values: {}
		},
		perfect: {
			label: 'All alike',
			reason: 'Where groups agree, one right prediction gives every group a score of 1.',
			values: {
				predicted: [50, 30, 20],
				groupA: [50, 30, 20],
				groupB: [50, 30, 20],
				groupC: [50, 30, 20]
			}
		},
		disjoint: {
			label: 'Nothing in common',
			reason: 'A prediction that shares nothing with the answers still scores 0.167, not 0.',
			values: {
				predicted: [100, 0, 0],
				groupA: [0, 100, 0],
				groupB: [0, 50, 50],
				groupC: [0, 0, 100]
			},
			limit: true
		},
		fairButUseless: {
			label: 'Fair but useless',
			reason: 'Every group is served equally badly: the fairness index is 1.',
			values: {
				predicted: [100, 0, 0],
				groupA: [0, 100, 0],
				groupB: [0, 100, 0],
				groupC: [0, 100, 0]
			},
			limit: true
		}
	},
	quantities: {
		scoreA: { label: 'Score of group A', kind: 'exact', evidence: scipy },
		scoreB: { label: 'Score of group B', kind: 'exact', evidence: scipy },
		scoreC: { label: 'Score of group C', kind: 'exact', evidence: scipy },
		mean: { label: 'Mean alignment score', kind: 'exact', evidence: scipy },
		lowest: { label: 'Lowest score', kind: 'exact', evidence: scipy },
		fairness: { label: 'Fairness index', kind: 'exact', evidence: jain }
	},
	run({ predicted, groupA, groupB, groupC }) {
		const prediction = toShares(predicted);
		const actual = [groupA, groupB, groupC].map(toShares);
		const scores = actual.map((own) => alignmentScore([prediction], [own]).score);
		const { index, mean, lowest } = fairnessIndex(scores);
		return {
			prediction,
			actual,
			mean,
			lowest,
			index,
			scores
		};
	},
	describe({ mean, lowest, index, scores }) {
		const worst = GROUPS[scores.indexOf(lowest)];
		const sentences = [
			`The mean alignment score is ${print(mean)} and the fairness index ${print(index)}.`
		];
		if (Math.max(...scores) - lowest < 1e-9) {
			sentences.push(`All groups are served alike, with ${print(lowest)} each.`);
		} else sentences.push(`Group ${worst} is served worst, with ${print(lowest)}.`);
		if (index > 0.99 && mean < 0.5) {
			sentences.push('Nearly perfectly fair, and of no use to anyone.');
		}
		return sentences;
	},
	table: ({ prediction, actual, scores }) => ({
		columns: [
			{ label: 'group' },
			{ label: 'option 1' },
			{ label: 'option 2' },
			{ label: 'option 3' },
			{ label: 'alignment score', digits: 4 }
		],
		rows: [
			['predicted', ...prediction, ''],
			...actual.map((own, i) => [GROUPS[i], ...own, scores[i]])
		]
	}),
	numbers: ({ scores, mean, lowest, index }) => ({
		scoreA: scores[0],
		scoreB: scores[1],
		scoreC: scores[2],
		mean,
		lowest,
		fairness: index
	}),
	questions: {
		floor: {
			type: 'number',
			ask: 'The model is sure of option 1; everyone in the group chose option 2. What is the alignment score?',
			min: 0,
			max: 1,
			step: 0.01,
			near: 0.03,
			tooLow: 'The score does not start at 0: the distance is at most the root of ln 2.',
			tooHigh: 'Nothing is shared, so this is the lowest score there is.',
			answer: (at) => at({ predicted: [100, 0, 0], groupA: [0, 100, 0] }).scores[0],
			explain: (at) =>
				`It is ${print(at({ predicted: [100, 0, 0], groupA: [0, 100, 0] }).scores[0])}: one minus the largest Jensen–Shannon distance, √ln 2.`
		},
		fair: {
			type: 'choice',
			ask: 'A model predicts option 1 for everyone, and everyone in all three groups chose option 2. What is the fairness index over the groups?',
			options: [
				{
					text: 'Near 0',
					feedback: 'The index compares the groups with each other, not with a good model.'
				},
				{ text: '1', feedback: 'It asks only whether the scores are equal.' },
				{
					text: 'About 0.5',
					feedback: 'The scores do not differ at all, so neither does the index from its top.'
				}
			],
			answer(at) {
				const { index } = at({
					predicted: [100, 0, 0],
					groupA: [0, 100, 0],
					groupB: [0, 100, 0],
					groupC: [0, 100, 0]
				});
				return index > 0.75 ? 1 : index > 0.25 ? 2 : 0;
			},
			explain(at) {
				const { index, mean } = at({
					predicted: [100, 0, 0],
					groupA: [0, 100, 0],
					groupB: [0, 100, 0],
					groupC: [0, 100, 0]
				});
				return `It is ${print(index)} at a mean score of ${print(mean)}: read it beside the lowest score, never alone.`;
			}
		}
	},
	standIns: ['The groups and their answers are yours to set; no survey stands behind them.'],
	source: [
		'kernels/federated/alignmentScore.ts',
		'kernels/federated/jensenShannon.ts',
		'kernels/federated/fairnessIndex.ts'
	]
});

/** Shares that sum to 1; where nothing was given, all options share alike. */
function toShares(values: readonly number[]): number[] {
	const sum = values.reduce((total, value) => total + value, 0);
	return values.map((value) => (sum > 0 ? value / sum : 1 / values.length));
}
