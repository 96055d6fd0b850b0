import { print } from '$kernels/describe/print';
import { onPolicyFixedPoint } from '$kernels/grpo-dynamics/onPolicyFixedPoint';
import { successTrajectory } from '$kernels/grpo-dynamics/successTrajectory';
import { tabularGrpo, type TabularGrpoHistory } from '$kernels/grpo-dynamics/tabularGrpo';
import { zeroSignalProbability } from '$kernels/grpo-dynamics/zeroSignal';
import { defineWidget } from '$widgets/contract';

const ITERATIONS = 30;
const EPSILON = 1e-5;
const CLIP = 0.2;

const evidence = {
	test: 'tests/kernels/grpo-dynamics/tabularGrpo.test.ts',
	against: 'the exactly maximised iteration, over 20 seeds, and gradients by finite differences',
	tolerance: 'a few standard errors; 1e-6 relative for gradients'
};
const theory = {
	test: 'tests/kernels/grpo-dynamics/successVariants.test.ts',
	against: 'a separate computation in another language, and closed forms',
	tolerance: '1e-7 relative'
};

export const spec = defineWidget({
	name: 'grpo-training',
	version: 1,
	title: 'Does sampled GRPO follow the map?',
	paper: '30-grpo-dynamics',
	params: {
		variant: {
			type: 'choice',
			label: 'Variant',
			options: {
				whitened: 'GRPO: divide, KL to the reference',
				'mean-only': 'mean only (Dr. GRPO)',
				mirror: 'mirror: KL to the previous policy',
				'two-kl': 'both KL penalties',
				clipped: 'GRPO with the clip'
			},
			default: 'whitened'
		},
		pRef: {
			type: 'range',
			label: 'Success rate of the reference',
			symbol: 'p_ref',
			scale: 'log',
			min: 0.001,
			max: 0.9,
			step: 0.001,
			default: 0.2
		},
		beta: {
			type: 'range',
			label: 'Weight of the KL penalty',
			symbol: 'β',
			library: { trl: 'beta', verl: 'kl_loss_coef' },
			scale: 'log',
			min: 0.04,
			max: 10,
			step: 0.01,
			default: 2
		},
		numGenerations: {
			type: 'range',
			label: 'Group size',
			symbol: 'G',
			library: { trl: 'num_generations', verl: 'rollout.n' },
			min: 2,
			max: 64,
			step: 1,
			whole: true,
			default: 8
		},
		groups: {
			type: 'range',
			label: 'Groups an iteration',
			help: 'Groups of answers to the one question before each update.',
			min: 1,
			max: 64,
			step: 1,
			whole: true,
			default: 32
		},
		innerSteps: {
			type: 'stepper',
			label: 'Gradient steps an iteration',
			library: { trl: 'num_iterations', verl: 'ppo_epochs' },
			help: 'The theory maximises to the end; 20 steps come near it, trainers take 1 to 4.',
			min: 1,
			max: 40,
			step: 1,
			default: 20,
			more: true
		},
		learningRate: {
			type: 'range',
			label: 'Learning rate',
			library: { trl: 'learning_rate' },
			scale: 'log',
			min: 0.05,
			max: 5,
			step: 0.05,
			default: 1,
			more: true
		},
		useBiasCorrectionKl: {
			type: 'choice',
			label: 'KL estimate',
			library: { trl: 'use_bias_correction_kl' },
			help: 'Trainers put k3 into the loss as it is; its pull is that of the reverse KL. Weighted by the ratio it is the theory’s.',
			options: { corrected: 'k3 weighted by the ratio', plain: 'plain k3, as trainers do' },
			default: 'corrected',
			more: true
		}
	},
	presets: {
		follows: {
			label: 'It follows',
			reason:
				'With 32 groups of 8 the sampled policy comes to rest where the theory for groups of 8 says.',
			values: {}
		},
		meanOnly: {
			label: 'Mean only',
			reason: 'Without the division one step is all: the weights sum to 1 at every p.',
			values: { variant: 'mean-only' }
		},
		mirror: {
			label: 'Mirror',
			reason: 'No anchor: the success rate climbs to 1.',
			values: { variant: 'mirror', beta: 4 }
		},
		rare: {
			label: 'A rare success',
			reason: 'Theory leaps to 1 in a step; of the sampled groups hardly one holds a success.',
			values: { pRef: 0.001, numGenerations: 16 },
			limit: true
		},
		trainer: {
			label: 'As a trainer runs it',
			reason:
				'β = 0.04, one step on each batch, plain k3: a slow climb in place of the theory’s leap.',
			values: { beta: 0.04, innerSteps: 1, useBiasCorrectionKl: 'plain' },
			limit: true
		}
	},
	quantities: {
		sampledRate: { label: 'Sampled GRPO', kind: 'sampled', role: 'policy', evidence },
		theoryRate: {
			label: 'Theory, endless groups',
			kind: 'exact',
			role: 'theory',
			evidence: theory
		},
		groupRate: { label: 'Theory for groups of G', kind: 'exact', role: 'old', evidence: theory },
		sampled: { label: 'Sampled, at the end', kind: 'sampled', digits: 4, evidence },
		theory: { label: 'Theory, at the end', kind: 'exact', digits: 4, evidence: theory },
		forGroups: { label: 'Theory for groups of G', kind: 'exact', digits: 4, evidence: theory },
		silent: {
			label: 'Groups without signal, at the start',
			kind: 'exact',
			evidence: {
				test: 'tests/kernels/grpo-dynamics/groupOmega.test.ts',
				against: 'closed form',
				tolerance: '1e-12'
			}
		}
	},
	random: true,
	long: true,
	*run(
		{ variant, pRef, beta, numGenerations, groups, innerSteps, learningRate, useBiasCorrectionKl },
		stream,
		{ onProgress }
	) {
		const mirror = variant === 'mirror';
		const exact = { pRef, beta, alpha: beta, epsilon: EPSILON, clipEpsilon: CLIP };
		const endless = successTrajectory(variant, exact, ITERATIONS).rates;
		const forGroups = successTrajectory(variant, { ...exact, numGenerations }, ITERATIONS).rates;
		const fixed = {
			iterations: endless.map((_, n) => n),
			endless,
			forGroups,
			silent: zeroSignalProbability(pRef, numGenerations),
			// The trainer's own point of rest is known where it differs and is simple: plain k3, no clip.
			atRest:
				variant === 'whitened' && useBiasCorrectionKl === 'plain'
					? onPolicyFixedPoint({ pRef, beta, epsilon: EPSILON }).rate
					: undefined
		};
		const config = {
			pRef: [pRef],
			beta: mirror ? 0 : beta,
			alpha: mirror || variant === 'two-kl' ? beta : 0,
			numGenerations,
			groups,
			innerSteps,
			learningRate,
			iterations: ITERATIONS,
			useBiasCorrectionKl: useBiasCorrectionKl === 'corrected',
			epsilon: variant === 'clipped' ? CLIP : Infinity,
			epsilonHigh: variant === 'clipped' ? CLIP : Infinity,
			advantages: {
				library: 'paper',
				scaleRewards: variant === 'mean-only' ? 'none' : 'group'
			}
		} as const;
		for (const history of tabularGrpo(config, stream)) {
			onProgress?.(history.iteration.length / (ITERATIONS + 1));
			yield toResult(history, fixed);
		}
	},
	describe({ silent, atRest, series: { sampledRate, theoryRate, groupRate } }, { numGenerations }) {
		const last = sampledRate.y.findLast((rate) => !Number.isNaN(rate))!;
		const sentences = [
			`From ${print(sampledRate.y[0])} the sampled policy comes to ${print(last)}; the theory for endless groups to ${print(theoryRate.y.at(-1)!)}, for groups of ${numGenerations} to ${print(groupRate.y.at(-1)!)}.`
		];
		if (silent > 0.5) {
			sentences.push(`At the start ${print(100 * silent)} % of the groups carry no signal.`);
		}
		if (atRest !== undefined) {
			sentences.push(
				`With plain k3 and small steps, training would come to rest at ${print(atRest)}.`
			);
		}
		return sentences;
	},
	table: ({ series: { sampledRate, theoryRate, groupRate } }) => ({
		columns: [
			{ label: 'iteration', digits: 0 },
			{ label: 'sampled', digits: 5 },
			{ label: 'theory, endless groups', digits: 5 },
			{ label: 'theory for groups of G', digits: 5 }
		],
		rows: sampledRate.x.map((n, i) => [
			n,
			Number.isNaN(sampledRate.y[i]) ? '' : sampledRate.y[i],
			theoryRate.y[i],
			groupRate.y[i]
		])
	}),
	numbers: ({ silent, series: { sampledRate, theoryRate, groupRate } }) => ({
		sampled: sampledRate.y.findLast((rate) => !Number.isNaN(rate))!,
		theory: theoryRate.y.at(-1)!,
		forGroups: groupRate.y.at(-1)!,
		silent
	}),
	questions: {
		noSignal: {
			type: 'number',
			ask: 'A question is answered rightly once in a thousand tries. Of the groups of 16 answers sampled for it, what share, in per cent, carries no signal at all?',
			min: 0,
			max: 100,
			step: 1,
			unit: '%',
			near: 3,
			tooLow:
				'A group needs at least one right answer for a signal, and each of the 16 has a chance of 0.001.',
			tooHigh: 'Now and then a group does hold a success.',
			answer: (at) => 100 * at({ pRef: 0.001, numGenerations: 16 }).silent,
			explain: (at) =>
				`${print(100 * at({ pRef: 0.001, numGenerations: 16 }).silent)} %. All sixteen wrong has probability 0.999 to the 16th; all right has none worth naming.`
		},
		follows: {
			type: 'choice',
			ask: 'With p_ref = 0.001 and β = 2 the map leaps to a success rate of 1 within two steps. Sampled GRPO with 32 groups of 16 answers an iteration: where is it after 30 iterations, over 20 seeds?',
			options: [
				{
					text: 'At 1 as well',
					feedback: 'The leap needs the exact weight of a success, and most groups never see one.'
				},
				{
					text: 'Between 0.1 and 1',
					feedback: 'That would take many more groups that hold a success.'
				},
				{
					text: 'Below 0.1',
					feedback: 'Count the groups that hold a success: about 1.6 in a hundred.'
				}
			],
			answer(at) {
				const middle = medianEnd(at);
				return middle > 0.9 ? 0 : middle > 0.1 ? 1 : 2;
			},
			explain: (at) =>
				`The median over 20 seeds is ${print(medianEnd(at))}. The theory is for endless groups; here hardly any carries a signal.`
		}
	},
	standIns: [
		'A table of 20 answers, 5 of them right, stands in for the language model, so that its success rate is known exactly.'
	],
	source: [
		'kernels/grpo-dynamics/tabularGrpo.ts',
		'kernels/grpo-dynamics/tabularSurrogate.ts',
		'kernels/rl/groupAdvantages.ts',
		'kernels/rl/clippedSurrogate.ts',
		'kernels/grpo-dynamics/successVariants.ts',
		'kernels/grpo-dynamics/groupOmega.ts',
		'kernels/grpo-dynamics/onPolicyFixedPoint.ts'
	]
});

interface Fixed {
	iterations: number[];
	endless: number[];
	forGroups: number[];
	silent: number;
	atRest: number | undefined;
}

function toResult(
	{ successRate }: TabularGrpoHistory,
	{ iterations, endless, forGroups, ...rest }: Fixed
) {
	return {
		...rest,
		series: {
			sampledRate: { x: iterations, y: iterations.map((n) => successRate[n] ?? NaN) },
			theoryRate: { x: iterations, y: endless },
			groupRate: { x: iterations, y: forGroups }
		}
	};
}

/** Median success rate after training on a rare success, over 20 seeds. */
function medianEnd(
	at: (changed?: object, seed?: number) => { series: { sampledRate: { y: readonly number[] } } }
): number {
	const ends = Array.from({ length: 20 }, (_, i) => i + 1).map((seed) =>
		at({ pRef: 0.001, numGenerations: 16 }, seed).series.sampledRate.y.at(-1)!
	);
	return ends.sort((a, b) => a - b)[10];
}
