import { quantile } from '$kernels/core/quantile';
import { print } from '$kernels/describe/print';
import { clippedSurrogate, type ClipOptions } from '$kernels/rl/clippedSurrogate';
import { batchTraining, type TrainedBatch } from '$kernels/trust-region/batchTraining';
import { defineWidget } from '$widgets/contract';

/** How often each of eight approaches is right. */
const SUCCESS = Array.from({ length: 8 }, (_, k) => 0.1 + (0.8 * k) / 7);
const BEST = 0.9;
/** Above it the dual clip holds the ratio of an answer that is pushed down. */
const DUAL_CLIP = 3;

const evidence = {
	test: 'tests/kernels/trust-region/innerSteps.test.ts',
	against: 'the policy-loss kernel that is held against TRL, and finite differences, over 20 seeds',
	tolerance: '1e-10; 1e-7 for gradients'
};

export const spec = defineWidget({
	name: 'inner-steps',
	version: 1,
	title: 'What do more steps on the same batch buy?',
	paper: 'trust-regions',
	params: {
		clip: {
			type: 'choice',
			label: 'Clip',
			help: 'The dual clip also stops the loss of an answer that is pushed down and has become three times as likely.',
			options: { ppo: 'at 1 ± ε', dual: 'at 1 ± ε, and dual clip', none: 'none' },
			default: 'ppo'
		},
		epsilon: {
			type: 'range',
			label: 'Width of the clip',
			symbol: 'ε',
			library: { trl: 'epsilon', verl: 'clip_ratio' },
			min: 0.05,
			max: 0.5,
			step: 0.05,
			default: 0.2
		},
		numIterations: {
			type: 'range',
			label: 'Gradient steps on each batch',
			library: { trl: 'num_iterations', verl: 'ppo_epochs' },
			min: 1,
			max: 40,
			step: 1,
			whole: true,
			default: 20
		},
		learningRate: {
			type: 'range',
			label: 'Learning rate',
			library: { trl: 'learning_rate' },
			scale: 'log',
			min: 0.1,
			max: 5,
			step: 0.1,
			default: 2
		},
		numGenerations: {
			type: 'range',
			label: 'Answers a batch',
			symbol: 'G',
			library: { trl: 'num_generations', verl: 'rollout.n' },
			min: 4,
			max: 64,
			step: 1,
			whole: true,
			default: 16
		},
		epsilonHigh: {
			type: 'range',
			label: 'Upper width',
			symbol: 'ε_high',
			library: { trl: 'epsilon_high', verl: 'clip_ratio_high' },
			help: 'DAPO clips later upwards than downwards, at 0.28.',
			min: 0.05,
			max: 1,
			step: 0.01,
			default: 0.2,
			more: true
		},
		batches: {
			type: 'stepper',
			label: 'Batches',
			min: 2,
			max: 40,
			step: 1,
			default: 30,
			more: true
		}
	},
	presets: {
		clipped: {
			label: 'Clipped',
			reason: 'Dots stop climbing at the edge of the clip; the best approach is found.',
			values: {},
			seed: 13
		},
		free: {
			label: 'No clip',
			reason:
				'The first batch promises a success rate above 1 and is believed: ahead at first, then stuck.',
			values: { clip: 'none' },
			seed: 13,
			limit: true
		},
		once: {
			label: 'One step a batch',
			reason: 'Every ratio is still 1 when its gradient is taken: the clip never acts.',
			values: { numIterations: 1 },
			seed: 13
		},
		coarse: {
			label: 'Large steps',
			reason: 'One step carries a ratio far past the clip, which only notices afterwards.',
			values: { learningRate: 5, numIterations: 4 },
			seed: 13,
			limit: true
		},
		higher: {
			label: 'Clip higher',
			reason: 'More room upwards: each batch moves the policy further.',
			values: { epsilonHigh: 0.6 },
			seed: 13
		}
	},
	quantities: {
		trueRate: {
			label: 'True success rate',
			kind: 'trained here',
			role: 'policy',
			evidence
		},
		promised: {
			label: 'Promised by the batch',
			kind: 'trained here',
			role: 'old',
			evidence
		},
		rate: { label: 'Success rate at the end', kind: 'trained here', evidence },
		firstPromise: { label: 'Promised after the first batch', kind: 'trained here', evidence },
		firstRate: { label: 'Success rate after the first batch', kind: 'trained here', evidence },
		largestRatio: { label: 'Largest ratio', kind: 'trained here', digits: 2, evidence },
		clipFraction: { label: 'Share of answers clipped', kind: 'trained here', digits: 2, evidence },
		kl: { label: 'KL from the policy that sampled', kind: 'trained here', evidence }
	},
	random: true,
	run(
		{ clip, epsilon, epsilonHigh, numIterations, learningRate, numGenerations, batches },
		stream
	) {
		const held = clip !== 'none';
		const bounds = {
			epsilon: held ? epsilon : Infinity,
			epsilonHigh: held ? epsilonHigh : Infinity,
			dualClip: clip === 'dual' ? DUAL_CLIP : Infinity
		};
		const trained = batchTraining(stream, {
			success: SUCCESS,
			numGenerations,
			numIterations,
			learningRate,
			batches,
			...bounds
		});
		const ends = trained.map(({ steps }) => steps.at(-1)!);
		const x = ends.map((_, b) => b + 1);
		return {
			drawn: trained.map((one) => drawingOf(one, bounds)),
			first: {
				promised: ends[0].promised,
				successRate: ends[0].successRate,
				largestRatio: ends[0].largestRatio,
				clipFraction: ends[0].clipFraction,
				kl: ends[0].kl
			},
			series: {
				trueRate: { x: [0, ...x], y: [0.5, ...ends.map(({ successRate }) => successRate)] },
				promised: { x, y: ends.map(({ promised }) => promised) }
			}
		};
	},
	describe({ first, series: { trueRate } }, { batches, numIterations, clip }) {
		const end = trueRate.y.at(-1)!;
		return [
			`After ${batches} batches the success rate is ${print(end)}; the best approach alone has ${print(BEST)}.`,
			`${numIterations === 1 ? 'The step' : `The ${numIterations} steps`} on the first batch promised ${print(first.promised)} and brought ${print(first.successRate)}. ${
				clip === 'none'
					? `A ratio went up to ${print(first.largestRatio)}.`
					: `${print(100 * first.clipFraction, 2)} % of its answers end on the flat part, with ratios up to ${print(first.largestRatio)}.`
			}`
		];
	},
	table: ({ series: { trueRate, promised } }) => ({
		columns: [
			{ label: 'batch', digits: 0 },
			{ label: 'promised', digits: 4 },
			{ label: 'true success rate', digits: 4 }
		],
		rows: promised.x.map((b, i) => [b, promised.y[i], trueRate.y[i + 1]])
	}),
	numbers: ({ first, series: { trueRate } }) => ({
		rate: trueRate.y.at(-1)!,
		firstPromise: first.promised,
		firstRate: first.successRate,
		largestRatio: first.largestRatio,
		clipFraction: first.clipFraction,
		kl: first.kl
	}),
	questions: {
		stuck: {
			type: 'choice',
			ask: 'Eight approaches are right with 0.1 to 0.9. Each batch of 16 answers gets 20 gradient steps. Without the clip, how does training end after 30 batches, over 20 seeds, compared with the clip?',
			options: [
				{
					text: 'Better: it moves faster',
					feedback: 'It does move faster, after the first batch. Look where it stands at the end.'
				},
				{
					text: 'The same, only earlier',
					feedback: 'What it gives up early it cannot sample again.'
				},
				{
					text: 'Worse',
					feedback: 'Compare the medians of 20 seeds.'
				}
			],
			answer(at) {
				const [clipped, free] = medians(at);
				return free > clipped + 0.02 ? 0 : free > clipped - 0.02 ? 1 : 2;
			},
			explain(at) {
				const [clipped, free] = medians(at);
				return `The median is ${print(free)} without the clip and ${print(clipped)} with it. Sixteen answers cannot tell a good approach from a lucky one; whoever believes the first batch stops trying the others.`;
			}
		},
		flat: {
			type: 'choice',
			ask: 'ε = 0.2. Four answers: (1) advantage +1, ratio 1.5; (2) +1, ratio 0.5; (3) −1, ratio 0.5; (4) −1, ratio 1.5. Which of them have no gradient of their own?',
			options: [
				{ text: '1 and 3', feedback: 'Take the smaller of the two terms in each case.' },
				{
					text: '1 and 4',
					feedback: 'In case 4 the ratio moved against the advantage: the min keeps its slope.'
				},
				{
					text: 'All four',
					feedback: 'That would be the clip without the min: nothing could come back.'
				},
				{
					text: 'None',
					feedback: 'The clip is flat outside 0.8 to 1.2; the min decides where it counts.'
				}
			],
			answer() {
				const silent = flatCases();
				const options = ['1,3', '1,4', '1,2,3,4', ''];
				return options.indexOf(silent.join(','));
			},
			explain: () =>
				`Cases ${flatCases().join(' and ')}: they have already gone the way their advantage points. An answer that went the other way keeps its full gradient, however far it is.`
		},
		bound: {
			type: 'choice',
			ask: 'With ε = 0.2 and 20 steps of rate 2 on a batch: how large is the largest ratio of a sampled approach in the end, in the median over 20 seeds?',
			options: [
				{
					text: 'At most 1.2',
					feedback: 'The clip takes the gradient away. It does not hold the ratio.'
				},
				{
					text: 'Between 1.2 and 2',
					feedback: 'A step may carry it past the edge; after that nothing pushes it further.'
				},
				{ text: 'Above 2', feedback: 'Past the edge there is no push of its own any more.' }
			],
			answer(at) {
				const ratio = medianRatio(at);
				return ratio <= 1.2 ? 0 : ratio <= 2 ? 1 : 2;
			},
			explain: (at) =>
				`It is ${print(medianRatio(at))}. A step that starts inside may end outside, and the pushes of other answers move this one too, because probabilities sum to 1.`
		}
	},
	playback: {
		length: ({ drawn }) => drawn.length * drawn[0].moments.length,
		rate: 12,
		says({ drawn }, moment) {
			const { batch, step } = placeOf(moment, drawn[0].moments.length);
			const { successRate, promised, clipFraction } = drawn[batch].moments[step];
			return `Batch ${batch + 1}, step ${step}: promised ${print(promised)}, true ${print(successRate)}, ${print(100 * clipFraction, 2)} % clipped`;
		},
		still: ({ drawn }) => drawn[0].moments.length - 1
	},
	standIns: [
		'Eight approaches with known chances of being right stand in for a language model’s answers to one question.'
	],
	source: [
		'kernels/trust-region/innerSteps.ts',
		'kernels/trust-region/batchTraining.ts',
		'kernels/rl/clippedSurrogate.ts',
		'kernels/rl/groupAdvantages.ts',
		'kernels/grpo-dynamics/tabularSurrogate.ts'
	]
});

/** Which batch and which step a moment is, both from 0; each batch has as many moments. */
export function placeOf(moment: number, perBatch: number): { batch: number; step: number } {
	return { batch: Math.floor(moment / perBatch), step: moment % perBatch };
}

/** What is drawn of one batch: the objective of a right and of a wrong answer, and where each step stands on it. */
function drawingOf({ batch: { approaches, advantages }, steps }: TrainedBatch, clip: ClipOptions) {
	const taken = (sign: number) => [
		...new Set(approaches.filter((_, i) => Math.sign(advantages[i]) === sign))
	];
	const highest = Math.max(...steps.map(({ largestRatio }) => largestRatio));
	const top = Math.max(2, 1.1 * highest);
	const sides = [
		{ advantage: Math.max(0, ...advantages), approaches: taken(1) },
		{ advantage: Math.min(0, ...advantages), approaches: taken(-1) }
	];
	const objective = (advantage: number, ratios: readonly number[]) => ({
		x: ratios,
		y: ratios.map((r) => clippedSurrogate(Math.log(r), 0, advantage, clip).value)
	});
	const { epsilon = 0, epsilonHigh = 0, dualClip = 0 } = clip;
	/** The objective is straight between these. */
	const bends = [0, 1 - epsilon, 1 + epsilonHigh, dualClip, top].filter((r) => r >= 0 && r <= top);
	return {
		top,
		curves: sides.map(({ advantage }) =>
			objective(
				advantage,
				bends.toSorted((x, y) => x - y)
			)
		),
		moments: steps.map(({ ratios, successRate, promised, clipFraction }) => ({
			dots: sides.map(({ advantage, approaches: own }) =>
				objective(
					advantage,
					own.map((k) => ratios[k])
				)
			),
			successRate,
			promised,
			clipFraction
		}))
	};
}

/** Which of the four cases of the question have gradient 0, from 1. */
function flatCases(): number[] {
	const cases = [
		[1.5, 1],
		[0.5, 1],
		[0.5, -1],
		[1.5, -1]
	];
	return cases.flatMap(([ratio, advantage], i) =>
		clippedSurrogate(Math.log(ratio), 0, advantage).gradient === 0 ? [i + 1] : []
	);
}

const SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

type TrainedAt = (
	changed: object,
	seed: number
) => { first: { largestRatio: number }; series: { trueRate: { y: readonly number[] } } };

/** Median success rate at the end, with the clip and without. */
function medians(at: TrainedAt): number[] {
	return ['ppo', 'none'].map((clip) =>
		quantile(
			SEEDS.map((seed) => at({ clip }, seed).series.trueRate.y.at(-1)!),
			0.5
		)
	);
}

function medianRatio(at: TrainedAt): number {
	return quantile(
		SEEDS.map((seed) => at({}, seed).first.largestRatio),
		0.5
	);
}
