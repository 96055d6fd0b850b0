import { quantile } from '$kernels/core/quantile';
import type { Stream } from '$kernels/core/stream';
import { print } from '$kernels/describe/print';
import { landscapeValue, type Landscape, type Point } from '$kernels/policy-landscape/landscape';
import { difficultyLandscape, lengthLandscape } from '$kernels/policy-landscape/landscapes';
import { meanGradient } from '$kernels/policy-landscape/meanGradient';
import {
	methodLabels,
	methodOf,
	methods,
	type MethodName
} from '$kernels/policy-landscape/methods';
import { landscapePeak, restPoint } from '$kernels/policy-landscape/restPoint';
import { sampledPath, type PathPoint } from '$kernels/policy-landscape/sampledPath';
import { defineWidget, type Series } from '$widgets/contract';

const BUDGET = 2048;
const SEEDS = 10;
/** Places along x of the curves, so many samples apart. */
const EVERY = 64;
/** The first mean step of every method has this length, so that none is ahead by its units. */
const FIRST_STEP = 0.25;
const GRID = 33;
const ARROWS = 9;
/** Rests nearer than this, in log-odds, are drawn as one star. */
const SAME = 0.02;
/** Nothing beyond this is drawn: the policy is certain there. */
const FAR = 7;

/** The two landscapes, and what θ adds to: the log-odds of the reference. */
const LANDSCAPES = {
	difficulty: {
		prompts: difficultyLandscape(0.6, 0.1),
		axes: ['log-odds of success, easy question', 'log-odds of success, hard question'],
		origin: [Math.log(0.6 / 0.4), Math.log(0.1 / 0.9)]
	},
	length: {
		prompts: lengthLandscape(0.2),
		axes: ['log-odds, right against short wrong', 'log-odds, long wrong against short wrong'],
		origin: [Math.log(0.5), 0]
	}
} as const;

const test = 'tests/kernels/policy-landscape/landscape.test.ts';
const exact = {
	test,
	against: 'the closed forms of each rest, and limits of large groups',
	tolerance: '1e-6 of the log-odds'
};
const sampled = {
	test,
	against: 'the exact rests, medians over 20 seeds',
	tolerance: '0.35 of the log-odds'
};

interface Star {
	/** The methods that rest here. */
	label: string;
	at: Point;
	/** J there. */
	value: number;
}

/** Rests of all methods, those in one place under one star. */
function starsOf(rests: readonly Star[]): Star[] {
	const stars: Star[] = [];
	for (const rest of rests) {
		const near = stars.find(({ at }) => Math.hypot(at[0] - rest.at[0], at[1] - rest.at[1]) < SAME);
		if (near) near.label += `, ${rest.label}`;
		else stars.push({ ...rest });
	}
	return stars;
}

function curve(paths: readonly PathPoint[][], prompts: Landscape, beta: number): Series {
	const x = Array.from({ length: BUDGET / EVERY + 1 }, (_, i) => i * EVERY);
	const values = paths.map((path) => {
		const own = path.map(({ theta }) => landscapeValue(prompts, theta, beta).value);
		return x.map((samples) => own[path.findLastIndex((point) => point.samples <= samples)]);
	});
	const at = (q: number) =>
		x.map((_, i) =>
			quantile(
				values.map((run) => run[i]),
				q
			)
		);
	return { x, y: at(0.5), band: { low: at(0.1), high: at(0.9), runs: SEEDS } };
}

interface Settings {
	beta: number;
	numGenerations: number;
	numIterations: number;
	useBiasCorrectionKl: boolean;
}

function train(stream: Stream, prompts: Landscape, name: MethodName, settings: Settings) {
	const method = methodOf(name);
	const first = Math.hypot(...meanGradient(prompts, method, [0, 0], settings));
	const learningRate = FIRST_STEP / first / settings.numIterations;
	return Array.from({ length: SEEDS }, (_, i) =>
		sampledPath(stream.split(`${name}, path ${i + 1}`), prompts, method, {
			...settings,
			learningRate,
			budget: BUDGET
		})
	);
}

const places = (from: number, to: number, count: number) =>
	Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

export const spec = defineWidget({
	name: 'policy-landscape',
	version: 1,
	title: 'Where does each algorithm come to rest?',
	paper: 'ppo-to-grpo',
	params: {
		landscape: {
			type: 'choice',
			label: 'Landscape',
			options: {
				difficulty: 'an easy and a hard question',
				length: 'short and long wrong answers'
			},
			default: 'difficulty'
		},
		first: { type: 'choice', label: 'Algorithm A', options: methodLabels, default: 'grpo' },
		second: { type: 'choice', label: 'Algorithm B', options: methodLabels, default: 'rloo' },
		beta: {
			type: 'range',
			label: 'Weight of the KL penalty',
			symbol: 'β',
			library: { trl: 'beta', verl: 'kl_loss_coef' },
			help: 'DAPO and CISPO have none.',
			scale: 'log',
			min: 0.2,
			max: 2,
			step: 0.01,
			default: 0.5
		},
		numGenerations: {
			type: 'range',
			label: 'Group size',
			symbol: 'G',
			library: { trl: 'num_generations', verl: 'rollout.n' },
			min: 4,
			max: 12,
			step: 1,
			whole: true,
			default: 8
		},
		field: {
			type: 'choice',
			label: 'Arrows show',
			options: { objective: '∇J', first: 'the mean step of A' },
			default: 'objective',
			more: true
		},
		numIterations: {
			type: 'stepper',
			label: 'Gradient steps a batch',
			library: { trl: 'num_iterations', verl: 'ppo_epochs' },
			help: 'From the second step on, ratios and clips come into play.',
			min: 1,
			max: 4,
			step: 1,
			default: 1,
			more: true
		},
		useBiasCorrectionKl: {
			type: 'choice',
			label: 'KL in the loss',
			library: { trl: 'use_bias_correction_kl' },
			help: 'As it is, k3 pulls like KL(π_ref‖π); weighted by the ratio it pulls like KL(π‖π_ref).',
			options: { plain: 'plain k3, as trainers do', corrected: 'k3 weighted by the ratio' },
			default: 'plain',
			more: true
		}
	},
	presets: {
		apart: {
			label: 'Two goals',
			reason: 'GRPO and RLOO climb the same J and come to rest at different points.',
			values: {}
		},
		deviation: {
			label: 'The deviation alone',
			reason:
				'With the same k3 in the loss, only the division by the deviation tells these two apart.',
			values: { second: 'dr_grpo' }
		},
		free: {
			label: 'No penalty',
			reason: 'DAPO has none: no star, and the paths leave the map.',
			values: { first: 'dapo', second: 'grpo' },
			limit: true
		},
		bend: {
			label: 'Length bends the path',
			reason: 'GRPO spares the long wrong answer on the way, but not at the end.',
			values: { landscape: 'length', first: 'grpo', second: 'rloo' }
		},
		drawn: {
			label: 'Length draws the star away',
			reason: 'REINFORCE++ weighs tokens over the batch: in small batches long wrong answers gain.',
			values: {
				landscape: 'length',
				first: 'reinforce_plus_plus',
				second: 'rloo',
				numGenerations: 4
			},
			limit: true
		}
	},
	quantities: {
		first: { label: 'A: J, median of ten paths', kind: 'sampled', role: 'a', evidence: sampled },
		second: { label: 'B: J, median of ten paths', kind: 'sampled', role: 'b', evidence: sampled },
		peak: { label: 'Largest J', kind: 'exact', role: 'theory', digits: 3, evidence: exact },
		firstRest: { label: 'J where A rests', kind: 'exact', digits: 3, evidence: exact },
		secondRest: { label: 'J where B rests', kind: 'exact', digits: 3, evidence: exact },
		firstReward: { label: 'Mean reward where A rests', kind: 'exact', digits: 3, evidence: exact },
		secondReward: { label: 'Mean reward where B rests', kind: 'exact', digits: 3, evidence: exact },
		firstEnd: {
			label: 'A: J at the end, median of ten paths',
			kind: 'sampled',
			digits: 3,
			evidence: sampled
		},
		secondEnd: {
			label: 'B: J at the end, median of ten paths',
			kind: 'sampled',
			digits: 3,
			evidence: sampled
		}
	},
	random: true,
	long: true,
	run(
		{ landscape, first, second, beta, numGenerations, field, numIterations, useBiasCorrectionKl },
		stream,
		{ onProgress }
	) {
		const { prompts, origin, axes } = LANDSCAPES[landscape];
		const corrected = useBiasCorrectionKl === 'corrected';
		const settings = { beta, numGenerations, numIterations, useBiasCorrectionKl: corrected };
		const seen = ([x, y]: Point): Point => [origin[0] + x, origin[1] + y];
		const valueAt = (theta: Point) => landscapeValue(prompts, theta, beta);

		const names = Object.keys(methods) as MethodName[];
		const rests = names.flatMap((name, i) => {
			onProgress?.((0.4 * i) / names.length);
			const at = restPoint(prompts, methodOf(name), settings);
			return at ? [{ name, label: methodLabels[name], at, value: valueAt(at).value }] : [];
		});
		const paths = [first, second].map((name, i) => {
			onProgress?.(0.4 + 0.3 * i);
			return train(stream, prompts, name, settings);
		});
		const peak = landscapePeak(prompts, beta)!;

		const stars = starsOf(rests);
		const [xs, ys] = [0, 1].map((i) => {
			const at = [0, peak[i], ...stars.map((star) => star.at[i])].filter((x) => Math.abs(x) < FAR);
			return places(Math.min(...at) - 1.2, Math.max(...at) + 1.2, GRID);
		});
		const values = ys.map((y) => xs.map((x) => valueAt([x, y]).value));
		const [along, up] = [xs, ys].map((all) => {
			const half = (all[GRID - 1] - all[0]) / ARROWS / 2;
			return places(all[0] + half, all[GRID - 1] - half, ARROWS);
		});
		const arrows = up.flatMap((y) =>
			along.map((x) => {
				const step =
					field === 'objective'
						? valueAt([x, y]).gradient
						: meanGradient(prompts, methodOf(first), [x, y], settings);
				return { at: seen([x, y]), step };
			})
		);
		const restOf = (name: MethodName) => {
			const found = rests.find((rest) => rest.name === name);
			return found && { at: found.at, ...valueAt(found.at) };
		};
		return {
			axes: [...axes],
			reference: seen([0, 0]),
			peak: { at: seen(peak), value: valueAt(peak).value },
			map: { x: xs.map((x) => seen([x, 0])[0]), y: ys.map((y) => seen([0, y])[1]), values },
			arrows,
			stars: stars.map((star) => ({ ...star, at: seen(star.at) })),
			paths: paths.map((own) => own.map((path) => path.map(({ theta }) => seen(theta)))),
			rests: [first, second].map((name) => {
				const rest = restOf(name);
				return rest && { value: rest.value, meanReward: rest.meanReward };
			}),
			series: { first: curve(paths[0], prompts, beta), second: curve(paths[1], prompts, beta) }
		};
	},
	describe({ peak, rests, series, stars }, { first, second, beta, numGenerations }) {
		const ends = [series.first.y.at(-1)!, series.second.y.at(-1)!];
		const of = (name: MethodName, i: number) => {
			const rest = rests[i];
			const end = `after ${BUDGET} samples its median J is ${print(ends[i])}`;
			return rest
				? `${methodLabels[name]} rests at J = ${print(rest.value)}, with a mean reward of ${print(rest.meanReward)}; ${end}`
				: `${methodLabels[name]} has no point of rest; ${end}`;
		};
		const sentences = [
			`With β = ${print(beta)} the largest J is ${print(peak.value)}. ${of(first, 0)}. ${of(second, 1)}.`
		];
		sentences.push(
			`In groups of ${numGenerations} the algorithms have ${stars.length} different ${stars.length === 1 ? 'point' : 'points'} of rest: ${stars.map(({ label, value }) => `${label} at J = ${print(value)}`).join('; ')}.`
		);
		return sentences;
	},
	table: ({ series: { first, second } }, values) => ({
		columns: [
			{ label: 'samples', digits: 0 },
			...[values.first, values.second].flatMap((name, i) =>
				['median J', '10 % quantile', '90 % quantile'].map((what) => ({
					label: `${'AB'[i]} ${methodLabels[name]}: ${what}`,
					digits: 4
				}))
			)
		],
		rows: first.x.map((samples, i) => [
			samples,
			...[first, second].flatMap(({ y, band }) => [y[i], band!.low[i], band!.high[i]])
		])
	}),
	numbers: ({ peak, rests: [a, b], series }) => ({
		peak: peak.value,
		firstEnd: series.first.y.at(-1)!,
		secondEnd: series.second.y.at(-1)!,
		...(a && { firstRest: a.value, firstReward: a.meanReward }),
		...(b && { secondRest: b.value, secondReward: b.meanReward })
	}),
	questions: {
		peak: {
			type: 'choice',
			ask: 'All eight algorithms are said to maximise reward less β times the KL to the reference. With β = 0.5 and groups of 8, whose mean step is zero at the top of that landscape, on the two questions here?',
			options: [
				{
					text: 'That of all with a penalty',
					feedback:
						'Dividing by the deviation, or putting k3 into the loss, moves the point of rest.'
				},
				{
					text: 'GRPO and GSPO, which divide by the deviation',
					feedback: 'The division scales the reward but not the penalty in the loss.'
				},
				{
					text: 'PPO, RLOO and REINFORCE++, with the penalty in the reward',
					feedback: 'There a division takes the penalty along.'
				}
			],
			answer(at) {
				const { stars, peak } = at();
				const top = stars.find(
					({ at: [x, y] }) => Math.hypot(x - peak.at[0], y - peak.at[1]) < SAME
				);
				if (top?.label.includes('GRPO,') || stars.length === 1) return 0;
				return top?.label === 'PPO, RLOO, REINFORCE++' ? 2 : 1;
			},
			explain(at) {
				const { stars } = at();
				return `${stars.map(({ label, value }) => `${label} at J = ${print(value)}`).join('; ')}. A penalty inside the reward is divided along with it; one in the loss is not.`;
			}
		},
		smaller: {
			type: 'choice',
			ask: 'Dr. GRPO drops the division by the deviation and keeps k3 in the loss. At β = 0.5 and groups of 8, does it rest at a higher or a lower mean reward than GRPO?',
			options: [
				{
					text: 'Higher',
					feedback:
						'The deviation is at most ½: dividing by it makes the reward count more, not less.'
				},
				{
					text: 'Lower',
					feedback:
						'Look again at what the division does to the reward’s share against the penalty.'
				},
				{ text: 'The same', feedback: 'Their stars differ in the figure.' }
			],
			answer(at) {
				const [a, b] = at({ second: 'dr_grpo' }).rests;
				return b!.meanReward > a!.meanReward ? 0 : b!.meanReward < a!.meanReward ? 1 : 2;
			},
			explain(at) {
				const [a, b] = at({ second: 'dr_grpo' }).rests;
				return `Lower: ${print(b!.meanReward)} against ${print(a!.meanReward)}. GRPO behaves as if β were multiplied by the deviation, so its penalty weighs less.`;
			}
		}
	},
	standIns: [
		'Dr. GRPO keeps GRPO’s penalty here, so that the two differ in the division alone; its paper trains without one.',
		'A policy of two parameters stands in for the language model: the first token of an answer decides which one it is, the others follow.',
		'PPO’s critic is exact, and the learning rate of each algorithm is set so that its first mean step is equally long.'
	],
	source: [
		'kernels/policy-landscape/landscape.ts',
		'kernels/policy-landscape/batchGradient.ts',
		'kernels/policy-landscape/meanGradient.ts',
		'kernels/policy-landscape/restPoint.ts',
		'kernels/policy-landscape/sampledPath.ts',
		'kernels/policy-landscape/methods.ts',
		'kernels/policy-landscape/methodAdvantages.ts'
	]
});
