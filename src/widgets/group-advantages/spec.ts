import { print } from '$kernels/describe/print';
import { groupAdvantages } from '$kernels/rl/groupAdvantages';
import { defineWidget } from '$widgets/contract';

const kernelTest = 'tests/kernels/rl/groupAdvantages.test.ts';
const libraries = 'TRL, verl and OpenRLHF, run on the same rewards';

export const spec = defineWidget({
	name: 'group-advantages',
	version: 1,
	title: 'What does GRPO make of the rewards of one group?',
	paper: '30-grpo-dynamics',
	params: {
		numGenerations: {
			type: 'range',
			label: 'Group size',
			symbol: 'G',
			library: { trl: 'num_generations', verl: 'rollout.n' },
			help: 'Answers sampled for one question. New ones start with reward 0.',
			min: 1,
			max: 16,
			step: 1,
			whole: true,
			default: 8
		},
		rewards: {
			type: 'vector',
			label: 'Rewards',
			symbol: 'r_i',
			item: 'reward',
			length: 'numGenerations',
			default: [1, 0, 0, 1, 0, 0, 0, 0],
			min: -10,
			max: 10,
			step: 0.5,
			minLength: 1,
			maxLength: 16
		},
		scaleRewards: {
			type: 'choice',
			label: 'Divide by the deviation',
			library: { trl: 'scale_rewards', verl: 'norm_adv_by_std_in_grpo' },
			help: 'GRPO divides by the deviation of the group; Dr. GRPO does not.',
			options: { group: 'of the group', none: 'no (Dr. GRPO)' },
			default: 'group'
		},
		ddof: {
			type: 'choice',
			label: 'Deviation divides by',
			help: 'TRL, verl and OpenRLHF take G − 1, the sample’s deviation; the theory of the paper takes G.',
			options: { '1': 'G − 1', '0': 'G' },
			default: '1',
			more: true
		},
		epsilon: {
			type: 'range',
			label: 'Added to the deviation',
			symbol: 'ε',
			help: 'TRL adds 10⁻⁴, verl 10⁻⁶, OpenRLHF 10⁻⁹.',
			scale: 'log',
			min: 1e-9,
			max: 1,
			step: 1e-9,
			default: 1e-4,
			more: true
		}
	},
	presets: {
		usual: {
			label: 'Two of eight right',
			reason: 'The rare success is pushed up more than each failure is pushed down.',
			values: {}
		},
		rare: {
			label: 'One of sixteen',
			reason: 'The rarer the success, the larger its advantage.',
			values: { rewards: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] }
		},
		equal: {
			label: 'All equal',
			reason: 'No difference, no advantage: the group teaches nothing.',
			values: { rewards: [1, 1, 1, 1, 1, 1, 1, 1] },
			limit: true
		},
		single: {
			label: 'Group of one',
			reason: 'A single answer has nothing to be compared with.',
			values: { rewards: [1] },
			limit: true
		},
		nearly: {
			label: 'Nearly equal',
			reason: 'A difference of 0.001 becomes a full advantage; try a larger ε.',
			values: { rewards: [0.5, 0.501, 0.5, 0.5, 0.499, 0.5, 0.5, 0.5] },
			limit: true
		}
	},
	quantities: {
		advantages: {
			label: 'Advantage of each answer',
			kind: 'exact',
			role: 'success',
			mark: 'bar',
			evidence: { test: kernelTest, against: libraries, tolerance: '1e-9 relative' }
		},
		mean: {
			label: 'Mean reward',
			kind: 'exact',
			evidence: { test: kernelTest, against: libraries, tolerance: '1e-9 relative' }
		},
		deviation: {
			label: 'Deviation',
			kind: 'exact',
			evidence: { test: kernelTest, against: libraries, tolerance: '1e-9 relative' }
		},
		largest: {
			label: 'Largest advantage',
			kind: 'exact',
			evidence: { test: kernelTest, against: libraries, tolerance: '1e-9 relative' }
		}
	},
	run({ rewards, scaleRewards, ddof, epsilon }) {
		const { advantages, means, standardDeviations } = groupAdvantages(rewards, {
			numGenerations: rewards.length,
			scaleRewards,
			ddof: ddof === '1' ? 1 : 0,
			epsilon
		});
		return {
			rewards,
			mean: means[0],
			deviation: standardDeviations[0],
			series: {
				advantages: { x: rewards.map((_, i) => i + 1), y: [...advantages] }
			}
		};
	},
	describe({ rewards, mean, deviation, series: { advantages } }, { scaleRewards, epsilon }) {
		const largest = Math.max(...advantages.y.map(Math.abs));
		if (rewards.length === 1) {
			return [
				'A group of one is its own mean: its advantage is 0, and nothing is learned from it.'
			];
		}
		if (Math.max(...rewards) === Math.min(...rewards)) {
			return [
				'All rewards are equal, so every advantage is 0: nothing is learned from this group.'
			];
		}
		const up = advantages.y.filter((advantage) => advantage > 0).length;
		const of = rewards.length;
		const sentences = [
			`The mean reward is ${print(mean)}: ${up} of ${of} answers ${up === 1 ? 'is' : 'are'} above it and pushed up, by ${print(Math.max(...advantages.y))} at most.`
		];
		if (scaleRewards === 'group' && deviation < 10 * epsilon) {
			sentences.push(
				`The deviation, ${print(deviation)}, is no longer large beside ε, which now damps every advantage.`
			);
		} else if (scaleRewards === 'group' && largest > 1 && deviation < 0.01) {
			sentences.push(
				`The rewards differ by ${print(Math.max(...rewards) - Math.min(...rewards))} only, but after the division that is a full push.`
			);
		}
		return sentences;
	},
	table({ rewards, series: { advantages } }) {
		return {
			columns: [
				{ label: 'answer', digits: 0 },
				{ label: 'reward', digits: 3 },
				{ label: 'advantage', digits: 4 }
			],
			rows: rewards.map((reward, i) => [i + 1, reward, advantages.y[i]])
		};
	},
	numbers: ({ mean, deviation, series: { advantages } }) => ({
		mean,
		deviation,
		largest: Math.max(...advantages.y)
	}),
	questions: {
		rarer: {
			type: 'choice',
			ask: 'In a group of 8, one answer is right (reward 1) and seven are wrong (0). In another, four are right. In which group is a right answer pushed up more?',
			options: [
				{
					text: 'Where one is right',
					feedback:
						'The division by the deviation does favour the rare success; look at the numbers again.'
				},
				{
					text: 'Where four are right',
					feedback: 'There the mean is already 0.5, so a success stands out less from its group.'
				},
				{
					text: 'The same in both',
					feedback:
						'The reward is the same, but it is compared with its group: mean and deviation differ.'
				}
			],
			answer(at) {
				const [one, four] = [1, 4].map((right) => topAdvantage(at(rightOf(right, 8))));
				return one > four ? 0 : one < four ? 1 : 2;
			},
			explain(at) {
				const [one, four] = [1, 4].map((right) => topAdvantage(at(rightOf(right, 8))));
				return `A right answer gets ${print(one)} where it is the only one, and ${print(four)} where half are right.`;
			}
		},
		scaled: {
			type: 'number',
			ask: 'Two of eight answers have reward 1, the others 0, and the advantages are divided by the group’s deviation. Now every reward is multiplied by 10. By what factor does the largest advantage grow?',
			min: 0,
			max: 12,
			step: 0.5,
			near: 0.5,
			tooLow: 'It does not shrink: numerator and deviation grow together.',
			tooHigh: 'The deviation grows by the same factor as the rewards, and is divided out.',
			answer: (at) =>
				topAdvantage(at({ rewards: [10, 0, 0, 10, 0, 0, 0, 0] })) / topAdvantage(at({})),
			explain(at) {
				const before = topAdvantage(at({}));
				const after = topAdvantage(at({ rewards: [10, 0, 0, 10, 0, 0, 0, 0] }));
				return `It is ${print(before)} before and ${print(after)} after: the division by the deviation takes the scale out, but for ε.`;
			}
		}
	},
	standIns: [],
	source: ['kernels/rl/groupAdvantages.ts']
});

/** Rewards of a group in which the first `right` of `size` answers are right. */
function rightOf(right: number, size: number) {
	return { rewards: Array.from({ length: size }, (_, i) => (i < right ? 1 : 0)) };
}

function topAdvantage({ series }: { series: { advantages: { y: readonly number[] } } }): number {
	return Math.max(...series.advantages.y);
}
