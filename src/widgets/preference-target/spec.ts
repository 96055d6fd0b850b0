import { logSoftmax } from '$kernels/core/softmax';
import { print } from '$kernels/describe/print';
import { klRegularisedOptimum } from '$kernels/preference/klRegularisedOptimum';
import { labelledPairs } from '$kernels/preference-targets/labelledPairs';
import { preferenceTarget } from '$kernels/preference-targets/preferenceTarget';
import { defineWidget } from '$widgets/contract';

const REFERENCE = [0.15, 0.3, 0.35, 0.2];
const NAMES = ['A', 'B', 'C', 'D'];
/** Targets nearer than this are one: so far the minimum is found. */
const SAME = 1e-6;

const evidence = {
	test: 'tests/kernels/preference-targets/preferenceTarget.test.ts',
	against:
		'closed forms of the optimum, of two answers, of what nobody compared, and of robust DPO',
	tolerance: '1e-5 of log π'
};
const optimum = {
	test: 'tests/kernels/preference/populationDpo.test.ts',
	against: 'closed form, and where the gradient of DPO vanishes',
	tolerance: '1e-14'
};

export const spec = defineWidget({
	name: 'preference-target',
	version: 1,
	title: 'Does DPO aim at the policy that RLHF aims at?',
	paper: 'preference-without-rl',
	params: {
		lossType: {
			type: 'choice',
			label: 'Loss',
			library: { trl: 'loss_type' },
			help: 'Robust DPO is told the share of flipped labels.',
			options: { sigmoid: 'DPO', ipo: 'IPO', robust: 'robust DPO' },
			default: 'sigmoid'
		},
		beta: {
			type: 'range',
			label: 'Weight of the KL penalty',
			symbol: 'β',
			library: { trl: 'beta' },
			scale: 'log',
			min: 0.2,
			max: 5,
			step: 0.01,
			default: 1
		},
		noise: {
			type: 'range',
			label: 'Share of labels flipped',
			symbol: 'ε',
			library: { trl: 'label_smoothing' },
			min: 0,
			max: 0.45,
			step: 0.01,
			default: 0
		},
		missing: {
			type: 'choice',
			label: 'Answer that nobody compared',
			options: { none: 'none', '0': 'A', '1': 'B', '2': 'C', '3': 'D' },
			default: 'none'
		},
		labels: {
			type: 'choice',
			label: 'Who wins a comparison',
			options: {
				'bradley-terry': 'the better answer more often',
				certain: 'the better answer always'
			},
			default: 'bradley-terry'
		},
		rewards: {
			type: 'vector',
			label: 'True rewards',
			symbol: 'r',
			item: 'reward of answer',
			default: [2, 1, 0, -1],
			min: -3,
			max: 3,
			step: 0.25,
			minLength: 4,
			maxLength: 4,
			more: true
		}
	},
	presets: {
		same: {
			label: 'The same target',
			reason: 'Endless labels, all pairs, no noise: DPO and RLHF agree on every answer.',
			values: {}
		},
		noisy: {
			label: 'Noisy labels',
			reason: 'One label in five is flipped, and DPO takes the noise for indifference.',
			values: { noise: 0.2 }
		},
		told: {
			label: 'Told of the noise',
			reason: 'Robust DPO knows ε and is back at RLHF’s target.',
			values: { noise: 0.2, lossType: 'robust' }
		},
		unseen: {
			label: 'The best was never compared',
			reason: 'DPO takes an answer in no pair for an average one.',
			values: { missing: '0' },
			limit: true
		},
		certain: {
			label: 'Certain labels',
			reason: 'The better answer always wins: DPO’s loss has no minimum, whatever β.',
			values: { labels: 'certain' },
			limit: true
		},
		bounded: {
			label: 'Certain labels, IPO',
			reason: 'IPO has a minimum here: β still holds it to the reference.',
			values: { labels: 'certain', lossType: 'ipo' }
		}
	},
	quantities: {
		reference: {
			label: 'Reference',
			kind: 'exact',
			role: 'reference',
			mark: 'bar',
			evidence: optimum
		},
		rlhf: {
			label: 'RLHF with the true reward',
			kind: 'exact',
			role: 'theory',
			mark: 'bar',
			evidence: optimum
		},
		target: { label: 'Target of the loss', kind: 'exact', role: 'policy', mark: 'bar', evidence },
		distance: { label: 'Probability in another place', kind: 'exact', digits: 3, evidence },
		rlhfReward: {
			label: 'Mean reward of RLHF’s target',
			kind: 'exact',
			digits: 2,
			evidence: optimum
		},
		targetReward: { label: 'Mean reward of the loss’s target', kind: 'exact', digits: 2, evidence },
		best: { label: 'Answer A under the loss’s target', kind: 'exact', digits: 3, evidence },
		bestRlhf: { label: 'Answer A under RLHF’s target', kind: 'exact', digits: 3, evidence: optimum }
	},
	long: true,
	run({ lossType, beta, noise, missing, labels, rewards }) {
		const refLogProbs = logSoftmax(REFERENCE.map(Math.log));
		const pairs = labelledPairs(rewards, {
			noise,
			labels,
			missing: missing === 'none' ? undefined : Number(missing)
		});
		const { logProbs, attained } = preferenceTarget(refLogProbs, pairs, {
			beta,
			lossType,
			labelSmoothing: lossType === 'robust' ? noise : 0
		});
		const rlhf = klRegularisedOptimum(refLogProbs, rewards, beta);
		const x = REFERENCE.map((_, y) => y);
		const own = Array.from(logProbs, Math.exp);
		const theirs = Array.from(rlhf.logProbs, Math.exp);
		const apart = own.reduce((sum, p, y) => sum + Math.abs(p - theirs[y]), 0) / 2;
		return {
			attained,
			distance: apart < SAME ? 0 : apart,
			rlhfReward: rlhf.expectedReward,
			targetReward: own.reduce((sum, p, y) => sum + p * rewards[y], 0),
			series: {
				reference: { x, y: REFERENCE },
				rlhf: { x, y: theirs },
				target: { x, y: own }
			}
		};
	},
	describe(
		{ attained, distance, rlhfReward, targetReward, series: { target, rlhf } },
		{ lossType, missing }
	) {
		const label = { sigmoid: 'DPO', ipo: 'IPO', robust: 'Robust DPO' }[lossType];
		const sentences = [];
		if (!attained) {
			sentences.push(
				`${label}’s loss has no minimum here: it goes on falling as the log-ratios grow, and the bars show where its gradient has faded, a mean reward of ${print(targetReward)}.`
			);
		} else if (distance === 0) {
			sentences.push(
				`${label} and RLHF aim at the same policy, with a mean reward of ${print(rlhfReward)}.`
			);
		} else {
			sentences.push(
				`${label}’s target differs from RLHF’s: ${print(100 * distance)} % of the probability lies elsewhere, and the mean reward is ${print(targetReward)} in place of ${print(rlhfReward)}.`
			);
		}
		if (missing !== 'none') {
			const y = Number(missing);
			sentences.push(
				`Answer ${NAMES[y]}, which nobody compared, has probability ${print(target.y[y])}; RLHF with the true reward gives it ${print(rlhf.y[y])}.`
			);
		}
		return sentences;
	},
	table: ({ series: { reference, rlhf, target } }, { rewards }) => ({
		columns: [
			{ label: 'answer' },
			{ label: 'true reward', digits: 2 },
			{ label: 'reference', digits: 4 },
			{ label: 'RLHF', digits: 4 },
			{ label: 'target of the loss', digits: 4 }
		],
		rows: NAMES.map((name, y) => [name, rewards[y], reference.y[y], rlhf.y[y], target.y[y]])
	}),
	numbers: ({ distance, rlhfReward, targetReward, series }) => ({
		distance,
		rlhfReward,
		targetReward,
		best: series.target.y[0],
		bestRlhf: series.rlhf.y[0]
	}),
	questions: {
		unseen: {
			type: 'choice',
			ask: 'Four answers with rewards 2, 1, 0 and −1; the best of them is in no comparison. DPO starts from the reference and trains a table to the end, β = 1. What does it make of the best answer?',
			options: [
				{
					text: 'As likely as RLHF would make it',
					feedback: 'RLHF with the true reward knows what it is worth; the labels do not say.'
				},
				{
					text: 'It keeps its probability under the reference',
					feedback: 'Its logit stays, but the others’ move, and they share one sum.'
				},
				{
					text: 'As likely as if its reward were the mean of the others’',
					feedback: 'Work out the sum of the gradient over the compared answers.'
				}
			],
			answer(at) {
				const { series } = at({ missing: '0' });
				const believed = at({ rewards: [0, 1, 0, -1] }).series.rlhf.y[0];
				const p = series.target.y[0];
				if (Math.abs(p - believed) < 1e-4) return 2;
				return Math.abs(p - REFERENCE[0]) < 1e-4 ? 1 : 0;
			},
			explain(at) {
				const { series } = at({ missing: '0' });
				return `It ends at ${print(series.target.y[0])}; RLHF with the true reward would give it ${print(series.rlhf.y[0])}. The compared answers’ logits keep their sum, so the one left out counts as an average one.`;
			}
		},
		noise: {
			type: 'number',
			ask: 'With β = 1 and clean labels DPO gives answer A a probability of 0.472. One label in five is now flipped at random. What does DPO give it?',
			min: 0,
			max: 1,
			step: 0.01,
			near: 0.04,
			tooLow: 'It still wins more often than not, so it stays above the reference’s 0.15.',
			tooHigh:
				'Flipped labels look like indifference: frequencies move towards ½, and margins shrink.',
			answer: (at) => at({ noise: 0.2 }).series.target.y[0],
			explain: (at) =>
				`${print(at({ noise: 0.2 }).series.target.y[0])}. Robust DPO, told that ε = 0.2, gives it ${print(at({ noise: 0.2, lossType: 'robust' }).series.target.y[0])} again.`
		}
	},
	standIns: [
		'A table of four answers to one prompt stands in for the language model, and its labels are endless, so that targets are exact.'
	],
	source: [
		'kernels/preference-targets/preferenceTarget.ts',
		'kernels/preference-targets/labelledPairs.ts',
		'kernels/preference/finiteSetDpo.ts',
		'kernels/preference/dpo.ts',
		'kernels/preference/klRegularisedOptimum.ts'
	]
});
