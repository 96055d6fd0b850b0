import { print } from '$kernels/describe/print';
import { finiteBatchOpponent } from '$kernels/social-choice/finiteBatchOpponent';
import { gibbsOpponent } from '$kernels/social-choice/gibbsOpponent';
import { regularisedEquilibrium } from '$kernels/social-choice/regularisedEquilibrium';
import { threeResponses } from '$kernels/social-choice/threeResponses';
import { winRates } from '$kernels/social-choice/winRates';
import { defineWidget } from '$widgets/contract';

const NAMES = ['A', 'B', 'C'] as const;
/** 60–40, 80–20, 70–30. */
const PREFERENCES = threeResponses(0.6, 0.8, 0.7);
const REFERENCE = [1 / 3, 1 / 3, 1 / 3];
const TAUS = Array.from({ length: 25 }, (_, i) => 0.03 * (2 / 0.03) ** (i / 24));

const evidence = (against: string, tolerance: string) => ({
	test: 'tests/kernels/social-choice/nashLearning.test.ts',
	against,
	tolerance
});
const batch = evidence('NumPy, every batch gone through, and a closed form', '1e-7 relative');
const exact = evidence('the minimum of the objective, and closed forms', '1e-9');

/** What the policy at rest for this τ draws, with exact g and with batches. */
function opponents(tau: number, b1: number) {
	const { policy } = regularisedEquilibrium(PREFERENCES, tau, REFERENCE);
	const losses = winRates(PREFERENCES, policy).map((rate) => 1 - rate);
	return {
		exact: gibbsOpponent(losses, tau, REFERENCE),
		batch: finiteBatchOpponent(PREFERENCES, policy, { tau, b1, reference: REFERENCE })
	};
}

export const spec = defineWidget({
	name: 'rejection-cost',
	version: 1,
	title: 'What does one accepted opponent cost, and is it the right one?',
	paper: '03-condorcet-to-nash',
	params: {
		tau: {
			type: 'range',
			label: 'Weight of the KL penalty',
			symbol: 'τ',
			help: 'A proposal is accepted with probability exp(−g/τ).',
			scale: 'log',
			min: 0.03,
			max: 2,
			step: 0.01,
			default: 0.2
		},
		b1: {
			type: 'range',
			label: 'Responses in the batch that estimates g',
			symbol: 'B_1',
			scale: 'log',
			min: 1,
			max: 64,
			step: 1,
			whole: true,
			default: 16
		}
	},
	presets: {
		config: {
			label: 'A file of the authors’ code',
			reason: 'τ = 0.2 and B1 = 16: a dozen proposals an opponent, and hardly any bias.',
			values: {}
		},
		script: {
			label: 'A script of the authors’ code',
			reason: 'τ = 1 and B1 = 2: cheap, and the opponent is nearly the reference.',
			values: { tau: 1, b1: 2 }
		},
		one: {
			label: 'A batch of one',
			reason: 'Cheaper than it should be: small batches accept too much, and the wrong ones.',
			values: { tau: 0.1, b1: 1 },
			limit: true
		},
		small: {
			label: 'A small τ',
			reason: 'At τ = 0.05 one opponent takes some twenty thousand proposals.',
			values: { tau: 0.05 },
			limit: true
		}
	},
	quantities: {
		cost: {
			label: 'With g exact',
			kind: 'exact',
			role: 'theory',
			evidence: exact
		},
		batchCost: {
			label: 'With g from batches of B1',
			kind: 'exact',
			role: 'policy',
			evidence: batch
		},
		opponent: {
			label: 'With g exact',
			kind: 'exact',
			role: 'theory',
			mark: 'bar',
			evidence: exact
		},
		batchOpponent: {
			label: 'With g from batches of B1',
			kind: 'exact',
			role: 'policy',
			mark: 'bar',
			evidence: batch
		},
		proposals: {
			label: 'Proposals an opponent, g exact',
			kind: 'exact',
			digits: 1,
			evidence: exact
		},
		batchProposals: {
			label: 'Proposals an opponent, batches of B1',
			kind: 'exact',
			digits: 1,
			evidence: batch
		},
		bias: {
			label: 'Opponents that are others than they should be',
			kind: 'exact',
			unit: '%',
			digits: 2,
			evidence: batch
		}
	},
	long: true,
	run({ tau, b1 }) {
		const here = opponents(tau, b1);
		const costs = TAUS.map((t) => opponents(t, b1));
		const places = [0, 1, 2];
		return {
			proposals: here.exact.proposals,
			batchProposals: here.batch.proposals,
			series: {
				cost: { x: TAUS, y: costs.map(({ exact }) => exact.proposals) },
				batchCost: { x: TAUS, y: costs.map(({ batch }) => batch.proposals) },
				opponent: { x: places, y: here.exact.opponent },
				batchOpponent: { x: places, y: here.batch.opponent }
			}
		};
	},
	describe({ proposals, batchProposals, series }, { tau, b1 }) {
		const bias = total(series.opponent.y, series.batchOpponent.y);
		return [
			`At τ = ${print(tau)} one opponent takes ${print(proposals)} proposals with g exact and ${print(batchProposals)} with batches of ${b1}.`,
			bias > 0.001
				? `${print(100 * bias, 2)} % of the opponents drawn with such batches are others than they should be.`
				: 'Such batches draw the right opponents, up to 0.1 %.'
		];
	},
	table: ({ series: { cost, batchCost, opponent, batchOpponent } }) => ({
		columns: [
			{ label: 'of', digits: 0 },
			{ label: 'τ', digits: 3 },
			{ label: 'g exact', digits: 4 },
			{ label: 'batches of B1', digits: 4 }
		],
		rows: [
			...NAMES.map((name, i) => [
				`share of ${name} among the opponents`,
				'',
				opponent.y[i],
				batchOpponent.y[i]
			]),
			...TAUS.map((tau, i) => ['proposals an opponent', tau, cost.y[i], batchCost.y[i]])
		]
	}),
	numbers: ({ proposals, batchProposals, series }) => ({
		proposals,
		batchProposals,
		bias: 100 * total(series.opponent.y, series.batchOpponent.y)
	}),
	questions: {
		price: {
			type: 'choice',
			ask: 'A proposal is accepted with probability exp(−g/τ), g being near one half. At τ = 0.2 one opponent takes about 12 proposals. How many at τ = 0.05?',
			options: [
				{
					text: 'About 50',
					feedback: 'That would be in proportion to 1/τ. τ stands in an exponent.'
				},
				{ text: 'About 200', feedback: 'τ is four times smaller, and it stands in an exponent.' },
				{ text: 'About 20,000', feedback: 'Work out e to the 10th.' }
			],
			answer(at) {
				const cost = at({ tau: 0.05 }).proposals;
				return cost > 2000 ? 2 : cost > 100 ? 1 : 0;
			},
			explain: (at) =>
				`${print(at({ tau: 0.05 }).proposals)}: the cost grows like exp(1/(2τ)), and 1/(2 · 0.05) is 10.`
		},
		jensen: {
			type: 'choice',
			ask: 'g is estimated from one response only, without bias. Is a proposal then accepted more often, less often, or as often as with g itself?',
			options: [
				{ text: 'More often', feedback: 'Compare the two lines again.' },
				{
					text: 'Less often',
					feedback: 'A curve that bends upward lies above its tangent: look at exp(−g/τ).'
				},
				{
					text: 'As often: the estimate has no bias',
					feedback: 'The estimate has none. What is done with it is not linear.'
				}
			],
			answer(at) {
				const { proposals, batchProposals } = at({ tau: 0.1, b1: 1 });
				return batchProposals < 0.999 * proposals ? 0 : batchProposals > 1.001 * proposals ? 1 : 2;
			},
			explain(at) {
				const { proposals, batchProposals } = at({ tau: 0.1, b1: 1 });
				return `More often: at τ = 0.1 an opponent takes ${print(batchProposals)} proposals instead of ${print(proposals)}. exp(−g/τ) is convex, so that the mean over estimates lies above its value at the mean.`;
			}
		}
	},
	standIns: [
		'Three responses with known preferences (A over B 60 to 40, B over C 80 to 20, C over A 70 to 30) and a uniform reference; the policy is at rest for each τ.'
	],
	source: [
		'kernels/social-choice/gibbsOpponent.ts',
		'kernels/social-choice/finiteBatchOpponent.ts',
		'kernels/social-choice/regularisedEquilibrium.ts'
	]
});

/** Half the sum of the differences: the share that would have to change. */
function total(one: readonly number[], other: readonly number[]): number {
	return one.reduce((sum, share, i) => sum + Math.abs(share - other[i]), 0) / 2;
}
