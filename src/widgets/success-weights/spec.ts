import { print } from '$kernels/describe/print';
import { omegaMinus, omegaPlus, omegaSum } from '$kernels/grpo-dynamics/omega';
import { defineWidget } from '$widgets/contract';

/** Success rates at which the weights are drawn: dense towards both ends, where they change fast. */
const RATES = Array.from({ length: 121 }, (_, i) => 1 / (1 + Math.exp(7 - (14 * i) / 120)));

const evidence = {
	test: 'tests/kernels/grpo-dynamics/omega.test.ts',
	against:
		'values computed apart from this code, and the mean 0 and variance 1 of a whitened reward',
	tolerance: '1e-9 relative'
};

export const spec = defineWidget({
	name: 'success-weights',
	version: 1,
	title: 'How much does a success weigh, and how much a failure?',
	paper: '30-grpo-dynamics',
	params: {
		rate: {
			type: 'range',
			label: 'Success rate',
			symbol: 'p',
			help: 'Of the policy that sampled the answers, on this question.',
			min: 0.001,
			max: 0.999,
			step: 0.001,
			default: 0.2
		},
		scaleRewards: {
			type: 'choice',
			label: 'Divide by the deviation',
			library: { trl: 'scale_rewards', verl: 'norm_adv_by_std_in_grpo' },
			options: { group: 'yes (GRPO)', none: 'no (Dr. GRPO)' },
			default: 'group'
		},
		epsilon: {
			type: 'range',
			label: 'Added under the root',
			symbol: 'ε',
			help: 'The paper’s place for ε. Libraries add theirs to the deviation.',
			scale: 'log',
			min: 1e-6,
			max: 0.1,
			step: 1e-6,
			default: 1e-5,
			more: true
		}
	},
	presets: {
		usual: {
			label: 'One in five',
			reason: 'A success weighs four times what a failure does.',
			values: {}
		},
		even: {
			label: 'Even',
			reason: 'At one half both weigh 1, the least they weigh together.',
			values: { rate: 0.5 }
		},
		rare: {
			label: 'One in a thousand',
			reason: 'A success weighs more than thirty times a usual one.',
			values: { rate: 0.001 }
		},
		held: {
			label: 'Held down by ε',
			reason: 'A large ε takes the weight off rare successes.',
			values: { rate: 0.001, epsilon: 0.1 },
			limit: true
		},
		undivided: {
			label: 'Without division',
			reason: 'Weights of 1 − p and p: no question is favoured.',
			values: { scaleRewards: 'none' }
		}
	},
	quantities: {
		success: { label: 'Weight of a success, ω⁺', kind: 'exact', role: 'success', evidence },
		failure: { label: 'Weight of a failure, ω⁻', kind: 'exact', role: 'failure', evidence },
		together: { label: 'Together, Ω', kind: 'exact', role: 'theory', evidence },
		rate: { label: 'Success rate p', kind: 'exact', evidence },
		plus: { label: 'ω⁺ at p', kind: 'exact', evidence },
		minus: { label: 'ω⁻ at p', kind: 'exact', evidence },
		sum: { label: 'Ω at p', kind: 'exact', evidence }
	},
	run({ rate, scaleRewards, epsilon }) {
		const divided = scaleRewards === 'group';
		const plus = (p: number) => (divided ? omegaPlus(p, epsilon) : 1 - p);
		const minus = (p: number) => (divided ? omegaMinus(p, epsilon) : p);
		const sum = (p: number) => (divided ? omegaSum(p, epsilon) : 1);
		return {
			rate,
			at: { plus: plus(rate), minus: minus(rate), sum: sum(rate) },
			series: {
				success: { x: RATES, y: RATES.map(plus) },
				failure: { x: RATES, y: RATES.map(minus) },
				together: { x: RATES, y: RATES.map(sum) }
			}
		};
	},
	describe({ rate, at }) {
		const ratio = at.plus / at.minus;
		return [
			`At a success rate of ${print(rate)} a success weighs ${print(at.plus)} and a failure ${print(at.minus)}: ${ratio >= 1 ? `${print(ratio)} times as much` : `a failure weighs ${print(1 / ratio)} times as much`}.`
		];
	},
	table: ({ series: { success, failure, together } }) => ({
		columns: [
			{ label: 'success rate p', digits: 4 },
			{ label: 'ω⁺' },
			{ label: 'ω⁻' },
			{ label: 'Ω' }
		],
		rows: RATES.map((p, i) => [p, success.y[i], failure.y[i], together.y[i]])
	}),
	numbers: ({ rate, at }) => ({ rate, ...at }),
	questions: {
		meanOnly: {
			type: 'choice',
			ask: 'Without the division by the deviation, on which question are a success and a failure pushed apart the most?',
			options: [
				{
					text: 'On a hard one, p near 0',
					feedback: 'That is so with the division. Without it, look at the sum of both weights.'
				},
				{
					text: 'On one with p = 0.5',
					feedback: 'There both weights are equal, but their sum is what pushes apart.'
				},
				{ text: 'On all the same', feedback: 'The weights 1 − p and p always sum to the same.' }
			],
			answer(at) {
				const { together } = at({ scaleRewards: 'none' }).series;
				const spread = Math.max(...together.y) - Math.min(...together.y);
				if (spread < 1e-9) return 2;
				return together.y[0] > together.y[60] ? 0 : 1;
			},
			explain(at) {
				const { together } = at({ scaleRewards: 'none' }).series;
				return `Their sum is ${print(Math.min(...together.y))} at every success rate; with the division it runs from ${print(Math.min(...at().series.together.y))} at one half up to ${print(Math.max(...at().series.together.y))} at the ends drawn here.`;
			}
		},
		rarer: {
			type: 'number',
			ask: 'With the division, how many times as much does a success weigh at p = 0.01 as at p = 0.5?',
			min: 1,
			max: 30,
			step: 0.5,
			near: 1,
			tooLow: 'The weight grows like one over the root of p.',
			tooHigh: 'It grows like the root of 1/p, not like 1/p.',
			answer: (at) => at({ rate: 0.01 }).at.plus / at({ rate: 0.5 }).at.plus,
			explain(at) {
				const [rare, even] = [0.01, 0.5].map((rate) => at({ rate }).at.plus);
				return `${print(rare)} against ${print(even)}: near 0 the weight is about 1/√p.`;
			}
		}
	},
	standIns: [],
	source: ['kernels/grpo-dynamics/omega.ts']
});
