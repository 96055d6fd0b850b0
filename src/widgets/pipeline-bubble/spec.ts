import { print } from '$kernels/describe/print';
import { bubbleTime } from '$kernels/pipeline/bubbleTime';
import { simulatePipeline } from '$kernels/pipeline/simulatePipeline';
import { defineWidget } from '$widgets/contract';

const simulated = {
	test: 'tests/kernels/pipeline/pipeline.test.ts',
	against: 'the formulas of DualPipe’s README where they hold, and the order of the work',
	tolerance: 'exact in whole numbers'
};
const formula = {
	test: 'tests/kernels/pipeline/pipeline.test.ts',
	against: 'values worked out by hand from the table in DualPipe’s README',
	tolerance: 'exact'
};

export const spec = defineWidget({
	name: 'pipeline-bubble',
	version: 1,
	title: 'How long does a device of a pipeline wait?',
	paper: '01-deepseek-techniques',
	params: {
		schedule: {
			type: 'choice',
			label: 'Schedule drawn',
			help: 'DualPipe’s is not simulated here; its bubble is in the bars below.',
			options: { '1f1b': '1F1B', zb1p: 'ZB1P' },
			default: '1f1b'
		},
		stages: {
			type: 'stepper',
			label: 'Pipeline stages',
			symbol: 'PP',
			help: 'One a device. DualPipe needs an even number.',
			min: 2,
			max: 16,
			step: 1,
			default: 8
		},
		forward: {
			type: 'stepper',
			label: 'Forward',
			symbol: 'F',
			help: 'Time of one micro-batch forward through a stage.',
			min: 1,
			max: 4,
			step: 1,
			default: 1
		},
		input: {
			type: 'stepper',
			label: 'Backward to the input',
			symbol: 'B − W',
			help: 'The part that the stage before waits for.',
			min: 1,
			max: 4,
			step: 1,
			default: 1
		},
		weight: {
			type: 'stepper',
			label: 'Backward to the weights',
			symbol: 'W',
			help: 'The part that nobody waits for.',
			min: 1,
			max: 4,
			step: 1,
			default: 1
		},
		overlap: {
			type: 'range',
			label: 'F and B run together take',
			symbol: 'F&B',
			help: 'As a share of F + B. 1: nothing overlaps. Counts for DualPipe only.',
			min: 0.5,
			max: 1,
			step: 0.05,
			default: 1,
			more: true
		},
		extra: {
			type: 'range',
			label: 'Micro-batches beyond the stages',
			help: 'More of them dilute the bubble and do not shrink it.',
			min: 0,
			max: 24,
			step: 1,
			whole: true,
			default: 8,
			more: true
		}
	},
	presets: {
		usual: {
			label: '1F1B',
			reason: 'The gaps in each row are the bubble: it grows with the number of stages.',
			values: {}
		},
		split: {
			label: 'ZB1P: split the backward',
			reason: 'The gradient of the weights, which nobody waits for, fills the gaps.',
			values: { schedule: 'zb1p' }
		},
		deep: {
			label: 'Sixteen stages',
			reason: 'Twice the stages, a little more than twice the bubble.',
			values: { stages: 16 }
		},
		overlapped: {
			label: 'DualPipe with real overlap',
			reason: 'A forward and a backward run together in 2.55 instead of 3: its bubble shrinks.',
			values: { schedule: 'zb1p', overlap: 0.85 }
		},
		longWeights: {
			label: 'W is the longest part',
			reason: 'The formula of ZB1P says 0. The simulated pipeline waits all the same.',
			values: { schedule: 'zb1p', weight: 2 },
			limit: true
		}
	},
	quantities: {
		onef: { label: '1F1B', kind: 'exact', role: 'a', mark: 'bar', evidence: simulated },
		zero: { label: 'ZB1P', kind: 'exact', role: 'b', mark: 'bar', evidence: simulated },
		zeroFormula: {
			label: 'ZB1P by the formula',
			kind: 'exact',
			role: 'theory',
			mark: 'bar',
			evidence: formula
		},
		dual: {
			label: 'DualPipe: formula, not simulated',
			kind: 'exact',
			role: 'theory',
			mark: 'bar',
			evidence: formula
		},
		share: {
			label: 'Share of the step that a device waits',
			kind: 'exact',
			unit: '%',
			digits: 1,
			evidence: simulated
		}
	},
	run({ schedule, stages, forward, input, weight, overlap, extra }) {
		const times = { forward, backward: input + weight, weightBackward: weight };
		const count = stages + extra;
		const runs = {
			'1f1b': simulatePipeline('1f1b', stages, count, times),
			zb1p: simulatePipeline('zb1p', stages, count, times)
		};
		const { work, makespan, bubble, peak } = runs[schedule];
		return {
			work,
			makespan,
			bubble,
			peak,
			count,
			busy: makespan - bubble,
			onef: runs['1f1b'].bubble,
			zero: runs.zb1p.bubble,
			longest: Math.max(runs['1f1b'].makespan, runs.zb1p.makespan),
			formulas: {
				onef: bubbleTime('1f1b', stages, times),
				zero: bubbleTime('zb1p', stages, times),
				dual:
					stages % 2 === 0
						? bubbleTime('dualpipe', stages, times, overlap * (forward + input + weight))
						: undefined
			}
		};
	},
	describe({ makespan, bubble, count, zero, formulas }, { schedule, stages }) {
		const name = schedule === 'zb1p' ? 'ZB1P' : '1F1B';
		const said = [
			`${name} with ${stages} stages and ${count} micro-batches ends after ${makespan}; each device waits ${bubble} of it, ${print((100 * bubble) / makespan)} %: the gaps in its row.`
		];
		if (formulas.zero === zero) said.push(`The formula of ZB1P, ${formulas.zero}, is met.`);
		else {
			said.push(
				`The formula of ZB1P gives ${print(formulas.zero)}, but simulated it waits ${zero}: W is longer than F or than B − W.`
			);
		}
		said.push(
			formulas.dual === undefined
				? 'DualPipe needs an even number of stages.'
				: formulas.dual >= 0
					? `By its formula DualPipe waits ${print(formulas.dual)}; it is not simulated here.`
					: `DualPipe’s formula gives ${print(formulas.dual)}, below 0: it cannot hold at these times.`
		);
		return said;
	},
	table({ onef, zero, formulas }) {
		return {
			columns: [
				{ label: 'schedule' },
				{ label: 'bubble by formula', digits: 2 },
				{ label: 'bubble simulated', digits: 2 }
			],
			rows: [
				['1F1B', formulas.onef, onef],
				['ZB1P', formulas.zero, zero],
				['DualPipe', formulas.dual ?? 'needs an even number of stages', 'not simulated']
			]
		};
	},
	numbers: ({ onef, zero, bubble, makespan, formulas }) => ({
		onef,
		zero,
		zeroFormula: formulas.zero,
		...(formulas.dual === undefined ? {} : { dual: formulas.dual }),
		share: (100 * bubble) / makespan
	}),
	questions: {
		more: {
			type: 'choice',
			ask: '1F1B with 8 stages runs 8 micro-batches, then 32. What happens to the time that a device waits in one step?',
			options: [
				{
					text: 'It stays the same',
					feedback: 'Count the gaps in a row, not their share of the row.'
				},
				{
					text: 'It grows fourfold',
					feedback: 'The wait is at the two ends, and each step has two ends only.'
				},
				{
					text: 'It shrinks to a quarter',
					feedback: 'Its share of the step shrinks, since the step is longer. The time does not.'
				}
			],
			answer(at) {
				const [few, many] = [0, 24].map((extra) => at({ extra }).bubble);
				return many === few ? 0 : many > few ? 1 : 2;
			},
			explain(at) {
				const [few, many] = [0, 24].map((extra) => at({ extra }));
				return `It is ${few.bubble} both times: (PP − 1)(F + B). Its share of the step goes from ${print((100 * few.bubble) / few.makespan)} % to ${print((100 * many.bubble) / many.makespan)} %.`;
			}
		},
		split: {
			type: 'number',
			ask: 'With 8 stages, F = 1, B = 2, of which W = 1, 1F1B waits 21. How long does a device wait in ZB1P, which splits the backward?',
			min: 0,
			max: 21,
			step: 1,
			near: 0.5,
			tooLow: 'The gradient to the input still has to travel through all stages.',
			tooHigh: 'W fills a gap twice: once it leaves the chain, and once it is done in the gap.',
			answer: (at) => at({ schedule: 'zb1p' }).bubble,
			explain: (at) =>
				`It waits ${at({ schedule: 'zb1p' }).bubble}: (PP − 1)(F + B − 2W) = 7 · (1 + 2 − 2).`
		},
		bound: {
			type: 'choice',
			ask: 'Let W grow to 2, so that F = 1, B = 3, W = 2. The formula of ZB1P, (PP − 1)(F + B − 2W), is now 0. Does the simulated pipeline with 8 stages wait?',
			options: [
				{
					text: 'No, not at all',
					feedback: 'Look for gaps between the pieces: a long W can stand in the way.'
				},
				{
					text: 'Yes, as long as before, 7',
					feedback: 'Set the values and compare both numbers.'
				},
				{
					text: 'Yes, but less than 7',
					feedback: 'The formula shrank. Did the drawing?'
				}
			],
			answer(at) {
				const { bubble } = at({ schedule: 'zb1p', weight: 2 });
				return bubble === 0 ? 0 : bubble >= at({ schedule: 'zb1p' }).bubble ? 1 : 2;
			},
			explain(at) {
				const { bubble, formulas } = at({ schedule: 'zb1p', weight: 2 });
				return `The formula gives ${print(formulas.zero)}, the simulation ${bubble}. The formula holds where W is no longer than F and than B − W; beyond that it is only a lower bound.`;
			}
		}
	},
	standIns: [
		'All stages take the same time and messages between them take none; on a cluster neither is true.',
		'DualPipe is given by its formula alone; its schedule is not simulated.'
	],
	source: ['kernels/pipeline/simulatePipeline.ts', 'kernels/pipeline/bubbleTime.ts']
});
