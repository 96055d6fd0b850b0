import { print } from '$kernels/describe/print';
import type { PairObjectiveName } from '$kernels/preference-targets/pairObjective';
import { pairTraining } from '$kernels/preference-targets/pairTraining';
import { defineWidget } from '$widgets/contract';

/** SimPO’s own scale, as in its repository; the others use the β of the figure. */
const SIMPO_BETA = 2;
/** IPO’s slope grows with 1/β: it takes smaller steps. */
const RATES: Partial<Record<PairObjectiveName, number>> = { ipo: 0.1 };
const MOST_POINTS = 200;

const evidence = {
	test: 'tests/kernels/preference-targets/pairTraining.test.ts',
	against: 'likelihoodDisplacement, and gradients by finite differences',
	tolerance: '1e-9 for DPO and IPO, 1e-4 relative for gradients'
};

const LABELS = {
	dpo: 'DPO',
	ipo: 'IPO',
	kto: 'KTO',
	orpo: 'ORPO',
	simpo: 'SimPO'
} as const satisfies Record<PairObjectiveName, string>;

export const spec = defineWidget({
	name: 'pair-training',
	version: 1,
	title: 'Does the chosen answer become more likely?',
	paper: 'preference-without-rl',
	params: {
		objective: { type: 'choice', label: 'Loss', options: LABELS, default: 'dpo' },
		policy: {
			type: 'choice',
			label: 'Policy',
			help: 'In a network answers share weights; in a table each has its own.',
			options: { shared: 'answers share weights', table: 'a table' },
			default: 'shared'
		},
		apart: {
			type: 'range',
			label: 'How unlike the two answers are',
			symbol: 's',
			help: 'Features of the chosen answer are (1, s), of the rejected (1, −s), of the third (−1, 1).',
			min: 0.05,
			max: 1,
			step: 0.05,
			default: 0.1
		},
		beta: {
			type: 'range',
			label: 'Inverse scale of the reward',
			symbol: 'β',
			library: { trl: 'beta' },
			help: 'In ORPO the weight λ of the odds ratio. SimPO keeps its own β = 2 with γ = 0.5.',
			scale: 'log',
			min: 0.05,
			max: 1,
			step: 0.01,
			default: 0.1
		},
		steps: {
			type: 'range',
			label: 'Gradient steps',
			scale: 'log',
			min: 10,
			max: 3000,
			step: 10,
			whole: true,
			default: 1000
		}
	},
	presets: {
		displaced: {
			label: 'Both fall',
			reason: 'Loss and margin improve at every step, and the chosen answer all but disappears.',
			values: {},
			limit: true
		},
		table: {
			label: 'A table',
			reason: 'With a weight of its own the chosen answer can only rise.',
			values: { policy: 'table' }
		},
		unlike: {
			label: 'Unlike answers',
			reason: 'At s = 1 the chosen answer and the third share what the rejected one loses.',
			values: { apart: 1 }
		},
		ipo: {
			label: 'IPO stops',
			reason: 'At a margin of 1/(2β) the pull ends; the chosen answer has fallen all the same.',
			values: { objective: 'ipo', apart: 0.5 }
		},
		kto: {
			label: 'KTO turns round',
			reason: 'Its baseline is the mean move, so a good answer that falls behind is pulled back.',
			values: { objective: 'kto', apart: 0.5, steps: 2000 }
		},
		orpo: {
			label: 'ORPO holds on',
			reason: 'Its first term is plain fine-tuning on the chosen answer.',
			values: { objective: 'orpo' }
		}
	},
	quantities: {
		chosen: { label: 'Chosen answer', kind: 'exact', role: 'success', digits: 4, evidence },
		rejected: { label: 'Rejected answer', kind: 'exact', role: 'failure', digits: 4, evidence },
		third: { label: 'Answer in no pair', kind: 'exact', role: 'reference', digits: 4, evidence },
		margin: { label: 'Margin of the log-ratios', kind: 'exact', role: 'policy', evidence },
		start: { label: 'Chosen answer at first', kind: 'exact', evidence },
		loss: { label: 'Loss at the end', kind: 'exact', evidence },
		lossAtStart: { label: 'Loss at first', kind: 'exact', evidence }
	},
	long: true,
	run({ objective, policy, apart, beta, steps }) {
		const run = pairTraining({
			objective,
			features:
				policy === 'table'
					? [
							[1, 0, 0],
							[0, 1, 0],
							[0, 0, 1]
						]
					: [
							[1, apart],
							[1, -apart],
							[-1, 1]
						],
			beta: objective === 'simpo' ? SIMPO_BETA : beta,
			learningRate: RATES[objective] ?? 1,
			steps
		});
		const every = Math.max(1, Math.ceil(steps / MOST_POINTS));
		const x = run.losses.map((_, n) => n).filter((n) => n % every === 0 || n === steps);
		const of = (y: number) => ({ x, y: x.map((n) => Math.exp(run.logProbs[n][y])) });
		const least = run.logProbs.reduce(
			(lowest, logProbs, n) => (logProbs[0] < run.logProbs[lowest][0] ? n : lowest),
			0
		);
		return {
			start: Math.exp(run.logProbs[0][0]),
			lowest: { step: least, probability: Math.exp(run.logProbs[least][0]) },
			loss: run.losses.at(-1)!,
			lossAtStart: run.losses[0],
			series: {
				chosen: of(0),
				rejected: of(1),
				third: of(2),
				margin: { x, y: x.map((n) => run.margins[n]) }
			}
		};
	},
	describe({ start, lowest, loss, lossAtStart, series: { chosen, third, margin } }, { objective }) {
		const end = chosen.y.at(-1)!;
		const way = end < 0.999 * start ? 'falls' : end > 1.001 * start ? 'rises' : 'stays';
		const sentences = [
			`Under ${LABELS[objective]} the chosen answer ${way} from ${print(start)} to ${print(end)} in ${chosen.x.at(-1)} steps, while the loss goes from ${print(lossAtStart)} to ${print(loss)} and the margin from 0 to ${print(margin.y.at(-1)!)} nats.`
		];
		if (lowest.step > 0 && lowest.probability < 0.98 * end) {
			sentences.push(`It was lowest after ${lowest.step} steps, at ${print(lowest.probability)}.`);
		}
		sentences.push(`The answer that is in no pair ends at ${print(third.y.at(-1)!, 4)}.`);
		return sentences;
	},
	table: ({ series: { chosen, rejected, third, margin } }) => ({
		columns: [
			{ label: 'step', digits: 0 },
			{ label: 'chosen', digits: 6 },
			{ label: 'rejected', digits: 6 },
			{ label: 'in no pair', digits: 6 },
			{ label: 'margin', unit: 'nats', digits: 4 }
		],
		rows: chosen.x.map((n, i) => [n, chosen.y[i], rejected.y[i], third.y[i], margin.y[i]])
	}),
	numbers: ({ start, loss, lossAtStart, series }) => ({
		start,
		loss,
		lossAtStart,
		chosen: series.chosen.y.at(-1)!,
		rejected: series.rejected.y.at(-1)!,
		third: series.third.y.at(-1)!,
		margin: series.margin.y.at(-1)!
	}),
	questions: {
		falls: {
			type: 'choice',
			ask: 'Three answers are equally likely at first. DPO is told that the first beats the second, again and again, for 1000 steps. The two have similar features, so they share weights. What becomes of the chosen answer?',
			options: [
				{
					text: 'It rises towards 1',
					feedback: 'DPO asks for a difference between two answers, not for either of them.'
				},
				{
					text: 'It stays near 1/3 while the rejected one falls',
					feedback: 'The two share weights: what pushes one down takes the other along.'
				},
				{
					text: 'It falls towards 0',
					feedback: 'Look at the margin: it is a ratio, and both its parts may go down.'
				}
			],
			answer(at) {
				const end = at().series.chosen.y.at(-1)!;
				return end > 0.5 ? 0 : end > 0.2 ? 1 : 2;
			},
			explain(at) {
				const { series, loss, lossAtStart } = at();
				return `It falls from 0.333 to ${print(series.chosen.y.at(-1)!, 1)}, and the rejected answer further, to ${print(series.rejected.y.at(-1)!, 1)}. The loss improves from ${print(lossAtStart)} to ${print(loss)} all the while.`;
			}
		},
		apart: {
			type: 'choice',
			ask: 'DPO and 1000 steps once more, but now each answer has its own weight, as in a table. What becomes of the chosen answer?',
			options: [
				{
					text: 'It rises',
					feedback: 'See what was in the way before.'
				},
				{
					text: 'It stays where it is',
					feedback: 'Its own weight is pushed up at each step, and no other push reaches it.'
				},
				{
					text: 'It falls as before',
					feedback: 'It was pulled down by the weights that it shared with the rejected answer.'
				}
			],
			answer(at) {
				const end = at({ policy: 'table' }).series.chosen.y.at(-1)!;
				return end > 0.34 ? 0 : end > 0.32 ? 1 : 2;
			},
			explain(at) {
				const { series } = at({ policy: 'table' });
				return `It rises from 0.333 to within ${print(1 - series.chosen.y.at(-1)!, 1)} of 1, and the rejected answer falls to ${print(series.rejected.y.at(-1)!, 1)}. The loss is the same: what differs is which weights its gradient moves.`;
			}
		},
		helps: {
			type: 'choice',
			ask: 'Same features, 1000 steps. Under which of these losses does the chosen answer end above where it started?',
			options: [
				{
					text: 'IPO',
					feedback: 'IPO stops at a set margin, but it too looks at the difference alone.'
				},
				{
					text: 'SimPO',
					feedback: 'SimPO drops the reference; the pull is still on the difference.'
				},
				{
					text: 'ORPO',
					feedback: 'ORPO has a term of its own for the chosen answer; look again.'
				}
			],
			answer(at) {
				const ends = (['ipo', 'simpo', 'orpo'] as const).map((objective) =>
					at({ objective }).series.chosen.y.at(-1)!
				);
				return ends.findIndex((end) => end > 1 / 3);
			},
			explain(at) {
				const [ipo, simpo, orpo] = (['ipo', 'simpo', 'orpo'] as const).map((objective) =>
					print(at({ objective }).series.chosen.y.at(-1)!, 2)
				);
				return `ORPO ends at ${orpo}, IPO at ${ipo} and SimPO at ${simpo}. Only ORPO adds the likelihood of the chosen answer to its loss.`;
			}
		}
	},
	standIns: [
		'A log-linear policy over three answers of one token stands in for the language model.',
		'KTO’s baseline is the exact KL to the reference; TRL estimates it from answers to other prompts.'
	],
	source: [
		'kernels/preference-targets/pairTraining.ts',
		'kernels/preference-targets/pairObjective.ts',
		'kernels/preference/dpo.ts',
		'kernels/preference/kto.ts',
		'kernels/preference/orpo.ts',
		'kernels/preference/simPo.ts'
	]
});
