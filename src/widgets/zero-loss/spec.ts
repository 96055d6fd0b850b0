import { trainTable, type TableRun } from '$kernels/audio-qa/trainTable';
import { print } from '$kernels/describe/print';
import { defineWidget } from '$widgets/contract';

const STEPS = 100;
/** What a trainer's log would print as 0.000. */
const PRINTED = 5e-4;
/** What sums of advantages leave where they should be 0. */
const ROUNDING = 1e-12;

const evidence = {
	test: 'tests/kernels/audio-qa/trainTable.test.ts',
	against: 'a step worked by hand, finite differences, and the identity loss = β · mean k3',
	tolerance: '1e-8 for the gradient, 1e-12 otherwise'
};

export const spec = defineWidget({
	name: 'zero-loss',
	version: 1,
	title: 'Is it learning while the loss prints zero?',
	paper: '02-r1-aqa',
	params: {
		successRate: {
			type: 'range',
			label: 'Success rate at the start',
			symbol: 'p',
			min: 0.01,
			max: 0.95,
			step: 0.01,
			default: 0.25
		},
		formatRate: {
			type: 'range',
			label: 'Answers in form at the start',
			symbol: 'q',
			min: 0.01,
			max: 0.99,
			step: 0.01,
			default: 0.5
		},
		numGenerations: {
			type: 'range',
			label: 'Group size',
			symbol: 'G',
			library: { trl: 'num_generations', verl: 'rollout.n' },
			min: 2,
			max: 16,
			step: 1,
			whole: true,
			default: 8
		},
		beta: {
			type: 'range',
			label: 'KL weight',
			symbol: 'β',
			library: { trl: 'beta', verl: 'kl_loss_coef' },
			min: 0,
			max: 0.2,
			step: 0.01,
			default: 0
		},
		learningRate: {
			type: 'range',
			label: 'Learning rate',
			library: { trl: 'learning_rate' },
			help: 'Of plain gradient descent on the table.',
			min: 0.05,
			max: 2,
			step: 0.05,
			default: 0.5,
			more: true
		}
	},
	presets: {
		zero: {
			label: 'No KL penalty',
			reason: 'The loss is 0 at every step; the success rate is not.',
			values: {}
		},
		anchored: {
			label: 'With a KL penalty',
			reason: 'The printed loss rises from 0 while the policy gets better.',
			values: { beta: 0.04 }
		},
		form: {
			label: 'Hard, form varies',
			reason: 'It learns the tags. The success rate, already low, sinks.',
			values: { successRate: 0.02 },
			limit: true
		},
		formed: {
			label: 'Hard, nearly all in form',
			reason: 'Long stretches of silence, then the rare right answer takes over.',
			values: { successRate: 0.02, formatRate: 0.98 }
		},
		mastered: {
			label: 'Already mastered',
			reason: 'Most groups are silent. Where the gradient is 0 too, nothing is learned.',
			values: { successRate: 0.95, formatRate: 0.99 },
			limit: true
		}
	},
	quantities: {
		loss: { label: 'Printed loss', kind: 'sampled', role: 'failure', evidence },
		gradient: { label: 'Length of its gradient', kind: 'sampled', role: 'policy', evidence },
		success: { label: 'Right', kind: 'trained here', role: 'success', evidence },
		format: { label: 'In form', kind: 'trained here', role: 'b', evidence },
		start: { label: 'Success at the start', kind: 'exact', evidence },
		end: { label: 'Success at the end', kind: 'trained here', evidence },
		formEnd: { label: 'In form at the end', kind: 'trained here', evidence },
		largest: { label: 'Largest printed loss', kind: 'sampled', evidence },
		silent: { label: 'Silent groups', kind: 'sampled', digits: 0, evidence }
	},
	random: true,
	run(values, stream) {
		const run = trainTable({ ...values, groups: GROUPS, steps: STEPS }, stream);
		return {
			...summary(run),
			series: {
				loss: { x: AT, y: run.losses },
				gradient: { x: AT, y: run.gradientNorms },
				success: { x: [...AT, STEPS], y: run.success },
				format: { x: [...AT, STEPS], y: run.format }
			}
		};
	},
	describe({ start, end, formEnd, largest, silent }, { formatRate }) {
		return [
			`${largest < PRINTED ? `The loss prints 0.000 at all ${STEPS} steps` : `The printed loss reaches ${print(largest)}`}, and the success rate goes from ${print(start)} to ${print(end)}.`,
			`Answers in form go from ${print(formatRate)} to ${print(formEnd)}; ${silent} of ${GROUPS * STEPS} groups were silent.`
		];
	},
	table: ({ series: { loss, gradient, success, format } }) => ({
		columns: [
			{ label: 'step', digits: 0 },
			{ label: 'printed loss', digits: 6 },
			{ label: 'length of gradient', digits: 6 },
			{ label: 'right', digits: 4 },
			{ label: 'in form', digits: 4 }
		],
		rows: AT.map((t) => [t, loss.y[t], gradient.y[t], success.y[t], format.y[t]])
	}),
	numbers: ({ start, end, formEnd, largest, silent }) => ({ start, end, formEnd, largest, silent }),
	questions: {
		learning: {
			type: 'choice',
			ask: 'A GRPO run takes one gradient step a batch and has no KL penalty. Its log shows a loss of 0.000 for 100 steps. Is the policy learning?',
			options: [
				{
					text: 'No: a loss of 0 leaves nothing to descend',
					feedback: 'A function may be 0 at a point and steep there. What is averaged in this loss?'
				},
				{
					text: 'It may well be; the number cannot tell',
					feedback: 'Look at the gradient, and at the success rate.'
				},
				{
					text: 'No: every group must have been silent',
					feedback: 'Silent groups give 0, but advantages also sum to 0 in all others.'
				}
			],
			answer(at) {
				const { largest, start, end } = at();
				return largest < PRINTED && end > start + 0.1 ? 1 : 0;
			},
			explain(at) {
				const { start, end, series } = at();
				return `The loss is minus the mean advantage, and advantages sum to 0 in every group. In this run the gradient has a length of up to ${print(Math.max(...series.gradient.y))}, and the success rate goes from ${print(start)} to ${print(end)}.`;
			}
		},
		rises: {
			type: 'choice',
			ask: 'A GRPO run takes one gradient step a batch, with a KL weight of 0.04, from a success rate of 0.25. What does the printed loss do while the policy gets better?',
			options: [
				{
					text: 'It falls',
					feedback: 'The part with the advantages is 0 at every step. What is left?'
				},
				{ text: 'It stays at 0', feedback: 'One part of the loss does not cancel.' },
				{ text: 'It rises', feedback: 'Look at what is left when the advantages cancel.' }
			],
			answer(at) {
				const { series } = at({ beta: 0.04 });
				const [first, last] = [
					series.loss.y[0],
					series.loss.y.slice(-20).reduce((a, b) => a + b) / 20
				];
				return last > first + PRINTED ? 2 : last < first - PRINTED ? 0 : 1;
			},
			explain(at) {
				const { series } = at({ beta: 0.04 });
				const last = series.loss.y.slice(-20).reduce((a, b) => a + b) / 20;
				return `From ${print(Math.abs(series.loss.y[0]))} to a mean of ${print(last)} over the last 20 steps: it is β times the estimated distance to the reference, which grows as the policy learns.`;
			}
		},
		tags: {
			type: 'choice',
			ask: 'At the start 2 answers in 100 are right and half are in form, independently. After 100 steps, is the table more often right than at the start?',
			options: [
				{
					text: 'Yes, both rules are learned',
					feedback: 'Which of the two rules speaks in most groups?'
				},
				{ text: 'No, less often', feedback: 'Compare the two rates at the end.' }
			],
			answer(at) {
				const { start, end } = at({ successRate: 0.02 });
				return end > start ? 0 : 1;
			},
			explain(at) {
				const { start, end, formEnd } = at({ successRate: 0.02 });
				return `In this run ${print(start)} becomes ${print(end)}, and answers in form reach ${print(formEnd)}. Praise for tags goes to the answers that carry them, and nearly all of those are wrong.`;
			}
		}
	},
	standIns: [
		'A table of eight answers to one question (four options, with and without tags) stands in for the audio language model; the rewards are the two rules, run on these texts.',
		'Plain gradient descent stands in for a trainer’s optimiser.'
	],
	source: [
		'kernels/audio-qa/trainTable.ts',
		'kernels/audio-qa/accuracyReward.ts',
		'kernels/audio-qa/formatReward.ts',
		'kernels/rl/groupAdvantages.ts',
		'kernels/rl/policyLoss.ts',
		'kernels/policy-gradient/softmaxGradient.ts'
	]
});

const GROUPS = 2;
const AT = Array.from({ length: STEPS }, (_, step) => step);

function summary({ success, format, losses, silent }: TableRun) {
	const largest = Math.max(...losses.map(Math.abs));
	return {
		start: success[0],
		end: success[STEPS],
		formEnd: format[STEPS],
		largest: largest < ROUNDING ? 0 : largest,
		silent
	};
}
