import { print } from '$kernels/describe/print';
import { baselineNoise, type Baseline } from '$kernels/policy-gradient/baselineNoise';
import { exactGradient } from '$kernels/policy-gradient/exactGradient';
import { sampleGradients } from '$kernels/policy-gradient/sampleGradients';
import { defineWidget } from '$widgets/contract';

/** Estimates drawn for the cloud. */
const ESTIMATES = 240;
/** Group sizes of the lines. */
const SIZES = [2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64];

const NAMES: Record<Baseline, string> = {
	none: 'no baseline',
	value: 'the fixed number as baseline',
	'leave-one-out': 'leave-one-out',
	'group-mean': 'the group’s mean',
	optimal: 'the best number as baseline'
};

const exact = {
	test: 'tests/kernels/policy-gradient/baselineNoise.test.ts',
	against: 'a sum over every group, with the advantages of the library kernels',
	tolerance: '1e-12 absolute'
};
const sampled = {
	test: 'tests/kernels/policy-gradient/sampleGradients.test.ts',
	against: 'the exact mean and variance',
	tolerance: 'four standard errors of 20,000 estimates'
};

export const spec = defineWidget({
	name: 'gradient-noise',
	version: 1,
	title: 'How far off is one gradient?',
	paper: 'policy-gradients',
	params: {
		rewards: {
			type: 'vector',
			label: 'Rewards of the answers A, B and C',
			symbol: 'r',
			item: 'reward',
			default: [1, 0, 0.5],
			min: -20,
			max: 20,
			step: 0.5,
			minLength: 3,
			maxLength: 3
		},
		first: {
			type: 'range',
			label: 'How often the policy answers A',
			symbol: 'π_A',
			help: 'B takes five sevenths of the rest, C two.',
			min: 0.05,
			max: 0.9,
			step: 0.05,
			default: 0.3
		},
		numGenerations: {
			type: 'range',
			label: 'Answers an estimate',
			symbol: 'G',
			library: { trl: 'num_generations', verl: 'rollout.n' },
			min: 2,
			max: 64,
			step: 1,
			whole: true,
			default: 8
		},
		baseline: {
			type: 'choice',
			label: 'Baseline',
			symbol: 'b',
			help: 'What is subtracted from each reward.',
			options: {
				none: 'none',
				'leave-one-out': 'mean of the others (RLOO)',
				'group-mean': 'mean of the group (Dr. GRPO)',
				value: 'a fixed number',
				optimal: 'the best fixed number'
			},
			default: 'none'
		},
		value: {
			type: 'range',
			label: 'The fixed number',
			help: 'What a value network would say of this prompt.',
			min: -20,
			max: 20,
			step: 0.1,
			default: 0.4,
			more: true
		}
	},
	presets: {
		none: {
			label: 'No baseline',
			reason: 'The cloud spreads far beyond the arrow’s own length.',
			values: {}
		},
		others: {
			label: 'Leave-one-out',
			reason: 'The same centre, a tighter cloud.',
			values: { baseline: 'leave-one-out' }
		},
		offset: {
			label: 'Ten points for all',
			reason: 'Nothing to learn from an offset, and without a baseline it drowns everything.',
			values: { rewards: [11, 10, 10.5] },
			limit: true
		},
		pair: {
			label: 'Groups of two',
			reason: 'The baseline is one other answer: worse than none at all.',
			values: { rewards: [1, 0, 0], first: 0.5, numGenerations: 2, baseline: 'leave-one-out' },
			limit: true
		},
		badValue: {
			label: 'A bad value',
			reason: 'A number that is far off is still unbiased, and noisier than none.',
			values: { baseline: 'value', value: 3 },
			limit: true
		}
	},
	quantities: {
		noNoise: { label: 'No baseline', kind: 'exact', role: 'a', evidence: exact },
		groupNoise: {
			label: 'Leave-one-out or group mean',
			kind: 'exact',
			role: 'b',
			evidence: exact
		},
		valueNoise: { label: 'The fixed number', kind: 'exact', role: 'd', evidence: exact },
		bestNoise: { label: 'The best fixed number', kind: 'exact', role: 'theory', evidence: exact },
		noise: { label: 'Noise per length of the gradient', kind: 'exact', evidence: exact },
		without: { label: 'Noise without a baseline', kind: 'exact', evidence: exact },
		measured: { label: 'Noise of the estimates drawn', kind: 'sampled', evidence: sampled },
		length: { label: 'Length of the mean estimate', kind: 'exact', evidence: exact },
		needed: {
			label: 'Answers that no baseline would need',
			kind: 'exact',
			digits: 1,
			evidence: exact
		}
	},
	random: true,
	run({ rewards, first, numGenerations, baseline, value }, stream) {
		const probabilities = [first, ((1 - first) * 5) / 7, ((1 - first) * 2) / 7];
		const noiseOf = (of: Baseline, G: number) =>
			baselineNoise(probabilities, rewards, { numGenerations: G, baseline: of, value });
		const chosen = noiseOf(baseline, numGenerations);
		const { gradient } = exactGradient(probabilities, rewards);
		const estimates = sampleGradients(stream, probabilities, rewards, ESTIMATES, {
			numGenerations,
			baseline,
			value
		});
		const line = (of: Baseline) => ({
			x: SIZES,
			y: SIZES.map((G) => finite(noiseOf(of, G).noise))
		});
		return {
			gradient: [...gradient],
			mean: [...chosen.mean],
			cloud: gather(estimates),
			noise: finite(chosen.noise),
			without: finite(noiseOf('none', numGenerations).noise),
			measured: finite(measure(estimates, chosen.mean)),
			series: {
				noNoise: line('none'),
				groupNoise: line('leave-one-out'),
				valueNoise: line('value'),
				bestNoise: line('optimal')
			}
		};
	},
	describe({ noise, without, measured, gradient, mean }, { baseline, numGenerations }) {
		if (Number.isNaN(noise)) {
			return ['All rewards are equal: the true gradient is 0, and whatever is drawn is noise.'];
		}
		const sentences = [
			`With ${NAMES[baseline]}, an estimate from ${numGenerations} answers strays from its mean by ${print(noise)} of that mean’s length; the ${ESTIMATES} drawn do by ${print(measured)}.`
		];
		if (baseline !== 'none') {
			const factor = (without / noise) ** 2;
			sentences.push(
				factor > 1
					? `Without a baseline it is ${print(without)}, so ${print(factor)} times as many answers would be needed.`
					: `Without a baseline it is ${print(without)}: here the baseline adds noise.`
			);
		}
		const shorter = lengthOf(mean) / lengthOf(gradient);
		if (shorter < 0.999) {
			sentences.push(
				`The estimates are ${print(shorter)} times as long as the gradient on average.`
			);
		}
		return sentences;
	},
	table: ({ series: { noNoise, groupNoise, valueNoise, bestNoise } }) => ({
		columns: [
			{ label: 'answers', digits: 0 },
			{ label: 'no baseline' },
			{ label: 'leave-one-out or group mean' },
			{ label: 'the fixed number' },
			{ label: 'the best fixed number' }
		],
		rows: SIZES.map((size, i) => [
			size,
			...[noNoise, groupNoise, valueNoise, bestNoise].map(({ y }) =>
				Number.isNaN(y[i]) ? '' : y[i]
			)
		])
	}),
	numbers: ({ noise, without, measured, mean }, { numGenerations }) => ({
		noise,
		without,
		measured,
		length: lengthOf(mean),
		needed: numGenerations * (without / noise) ** 2
	}),
	questions: {
		offset: {
			type: 'choice',
			ask: 'Rewards are 1, 0 and 0.5. Now every answer gets 10 points more, whatever it says. What happens to the noise of a gradient from 8 answers?',
			options: [
				{
					text: 'Nothing, with or without a baseline',
					feedback: 'The mean does not move, true. But look at the size of what is averaged.'
				},
				{
					text: 'It grows without a baseline, and stays with leave-one-out',
					feedback: 'Leave-one-out subtracts the same 10 again; check what happens without it.'
				},
				{
					text: 'It grows in both cases',
					feedback: 'The mean of the others rises by 10 too.'
				}
			],
			answer(at) {
				const [none, others] = offsetFactors(at);
				return none < 1.01 ? 0 : others < 1.01 ? 1 : 2;
			},
			explain(at) {
				const [none, others] = offsetFactors(at);
				return `Without a baseline the noise grows by a factor of ${print(none)}: each sampled answer is pushed up by about 10, and only in the mean does that cancel. With leave-one-out the factor is ${print(others)}.`;
			}
		},
		pair: {
			type: 'choice',
			ask: 'Answer A is right (1), B and C are wrong (0), and A comes half the time. With groups of two, which gradient is noisier?',
			options: [
				{
					text: 'Without a baseline',
					feedback: 'A baseline helps if it is near the mean reward. How near is one other answer?'
				},
				{
					text: 'With leave-one-out',
					feedback: 'Look at what is subtracted: the reward of one other answer.'
				},
				{ text: 'Both alike', feedback: 'They differ; the baseline is itself a random number.' }
			],
			answer(at) {
				const [none, others] = pairNoise(at);
				return none > others ? 0 : others > none ? 1 : 2;
			},
			explain(at) {
				const [none, others] = pairNoise(at);
				return `${print(others)} with leave-one-out, ${print(none)} without: the mean of the others is a single answer here, and its noise comes on top.`;
			}
		},
		same: {
			type: 'number',
			ask: 'Rewards 1, 0 and 0.5, and A comes with 0.3. How many answers does it take without a baseline to be as exact as leave-one-out with 8?',
			min: 1,
			max: 64,
			step: 1,
			near: 4,
			tooLow: 'The baseline saves more than that.',
			tooHigh: 'It saves less: noise falls with the square root of the number of answers.',
			answer: (at) => neededFor(at),
			explain: (at) =>
				`About ${print(neededFor(at))}. The noise is ${print(at({ baseline: 'leave-one-out' }).noise)} with the baseline and ${print(at().noise)} without; the ratio squared, times 8.`
		}
	},
	standIns: [
		'A table of three answers stands in for the language model, so that every gradient can be summed exactly.'
	],
	source: [
		'kernels/policy-gradient/baselineNoise.ts',
		'kernels/policy-gradient/sampleGradients.ts',
		'kernels/policy-gradient/exactGradient.ts',
		'kernels/policy-gradient/softmaxGradient.ts',
		'kernels/rl/rlooAdvantages.ts',
		'kernels/rl/groupAdvantages.ts'
	]
});

type NoiseAt = (changed?: object) => { noise: number };

/** How many times noisier a gradient is after ten points more for all, without and with a baseline. */
function offsetFactors(at: NoiseAt): number[] {
	return ['none', 'leave-one-out'].map(
		(baseline) => at({ baseline, rewards: [11, 10, 10.5] }).noise / at({ baseline }).noise
	);
}

function pairNoise(at: NoiseAt): number[] {
	return ['none', 'leave-one-out'].map(
		(baseline) => at({ baseline, rewards: [1, 0, 0], first: 0.5, numGenerations: 2 }).noise
	);
}

function neededFor(at: NoiseAt): number {
	return 8 * (at().noise / at({ baseline: 'leave-one-out' }).noise) ** 2;
}

function finite(value: number): number {
	return Number.isFinite(value) ? value : NaN;
}

function lengthOf(vector: readonly number[]): number {
	return Math.hypot(...vector);
}

/** Estimates at the same place, gathered: few answers have few different means. */
function gather(estimates: readonly Float64Array[]): { a: number; b: number; count: number }[] {
	const places = new Map<string, { a: number; b: number; count: number }>();
	for (const [a, b] of estimates) {
		const key = `${a.toFixed(6)},${b.toFixed(6)}`;
		const place = places.get(key) ?? { a, b, count: 0 };
		place.count++;
		places.set(key, place);
	}
	return [...places.values()];
}

/** Root mean square distance of the estimates from their mean, per its length. */
function measure(estimates: readonly Float64Array[], mean: Float64Array): number {
	const squares = estimates.map((g) => g.reduce((sum, x, k) => sum + (x - mean[k]) ** 2, 0));
	const average = squares.reduce((sum, s) => sum + s, 0) / squares.length;
	return Math.sqrt(average) / lengthOf([...mean]);
}
