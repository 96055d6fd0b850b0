import { print } from '$kernels/describe/print';
import { exploitability } from '$kernels/social-choice/exploitability';
import {
	nashRejectionSampling,
	type NashRejectionState
} from '$kernels/social-choice/nashRejectionSampling';
import { nashRsFixedPoint } from '$kernels/social-choice/nashRsFixedPoint';
import { regularisedEquilibrium } from '$kernels/social-choice/regularisedEquilibrium';
import { threeResponses } from '$kernels/social-choice/threeResponses';
import { defineWidget, type Series } from '$widgets/contract';

const NAMES = ['A', 'B', 'C'] as const;
/** 60–40, 80–20, 70–30: the Nash policy is (1/2, 1/3, 1/6). */
const PREFERENCES = threeResponses(0.6, 0.8, 0.7);
const REFERENCE = [1 / 3, 1 / 3, 1 / 3];
/** The drawing grows in so many parts. */
const PARTS = 20;

const trained = {
	test: 'tests/kernels/social-choice/nashLearning.test.ts',
	against: 'the exact points of rest, over 20 seeds',
	tolerance: '0.015 in probability'
};
const exact = {
	test: 'tests/kernels/social-choice/nashLearning.test.ts',
	against: 'the regularised equilibrium, and NumPy batch by batch',
	tolerance: '1e-7 relative'
};

const written = (policy: readonly number[]) =>
	policy.map((p, i) => `${NAMES[i]} ${p.toFixed(3)}`).join(', ');

/** Half the sum of the differences: the share of the answers that would have to change. */
function apart(one: readonly number[], other: readonly number[]): number {
	return one.reduce((sum, share, i) => sum + Math.abs(share - other[i]), 0) / 2;
}

const SCRIPT = {
	tau: 1,
	b1: 2,
	b2: 2,
	initKlCoef: '0.01',
	learningRate: 0.5,
	maxProposals: 64
} as const;

export const spec = defineWidget({
	name: 'nash-rs-training',
	version: 1,
	title: 'Does sampled Nash-RS come to the equilibrium?',
	paper: '03-condorcet-to-nash',
	params: {
		tau: {
			type: 'range',
			label: 'Weight of the KL penalty',
			symbol: 'τ',
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
		},
		b2: {
			type: 'range',
			label: 'Accepted opponents a step',
			symbol: 'B_2',
			scale: 'log',
			min: 1,
			max: 64,
			step: 1,
			whole: true,
			default: 8
		},
		initKlCoef: {
			type: 'choice',
			label: 'Policy’s own KL weight, rewards being P/τ',
			library: { verl: 'algorithm.kl_ctrl.kl_coef' },
			help: 'OpenRLHF calls it init_kl_coef. The theory has 1: the policy pays what its opponent pays.',
			options: { '1': '1, as in the theory', '0.01': '0.01, as in the authors’ scripts' },
			default: '1'
		},
		learningRate: {
			type: 'range',
			label: 'Step size',
			symbol: 'η',
			scale: 'log',
			min: 0.02,
			max: 0.5,
			step: 0.01,
			default: 0.2,
			more: true
		},
		steps: {
			type: 'range',
			label: 'Steps',
			scale: 'log',
			min: 50,
			max: 1000,
			step: 10,
			whole: true,
			default: 300,
			more: true
		},
		maxProposals: {
			type: 'range',
			label: 'Proposals a step, at most',
			help: 'The authors’ code stops with an error where they do not suffice.',
			scale: 'log',
			min: 10,
			max: 100_000,
			step: 1,
			whole: true,
			default: 100_000,
			more: true
		}
	},
	presets: {
		arrives: {
			label: 'It arrives',
			reason: 'τ = 0.2, B1 = 16, B2 = 8: about the equilibrium, with some noise.',
			values: {}
		},
		bias: {
			label: 'Small B1: bias',
			reason:
				'Few responses to estimate g: it comes to rest elsewhere, whatever the number of steps.',
			values: { tau: 0.1, b1: 1, b2: 32 },
			limit: true
		},
		noise: {
			label: 'Small B2: noise',
			reason: 'One opponent a step: it wanders about the right place.',
			values: { b1: 64, b2: 1 },
			limit: true
		},
		budget: {
			label: 'The budget runs out',
			reason: 'At τ = 0.05 eight opponents take more than 100,000 proposals: the run stops.',
			values: { tau: 0.05 },
			limit: true
		},
		script: {
			label: 'As a script has it',
			reason: 'τ = 1, batches of 2, KL weight 0.01: all on B, which loses to A.',
			values: SCRIPT,
			limit: true
		}
	},
	quantities: {
		distance: {
			label: 'Off the regularised equilibrium',
			kind: 'trained here',
			role: 'policy',
			evidence: trained
		},
		late: {
			label: 'Off the equilibrium, mean of the second half',
			kind: 'trained here',
			digits: 3,
			evidence: trained
		},
		floor: {
			label: 'Its point of rest lies off by',
			kind: 'exact',
			digits: 4,
			evidence: exact
		},
		proposals: {
			label: 'Proposals in all',
			kind: 'trained here',
			digits: 0,
			evidence: trained
		},
		beaten: {
			label: 'A response wins this much more than half against the point of rest',
			kind: 'exact',
			digits: 4,
			evidence: exact
		},
		restB: { label: 'B at the point of rest', kind: 'exact', digits: 4, evidence: exact }
	},
	random: true,
	long: true,
	*run({ tau, b1, b2, initKlCoef, learningRate, steps, maxProposals }, stream, { onProgress }) {
		const own = Number(initKlCoef);
		const options = { tau, b1, reference: REFERENCE, initKlCoef: own };
		const equilibrium = regularisedEquilibrium(PREFERENCES, tau, REFERENCE).policy;
		const rest = nashRsFixedPoint(PREFERENCES, options).policy;
		const fixed = {
			steps,
			equilibrium,
			rest,
			beaten: exploitability(PREFERENCES, rest).gap
		};
		const every = Math.ceil(steps / PARTS);
		const states: NashRejectionState[] = [];
		const run = nashRejectionSampling(stream, PREFERENCES, {
			...options,
			b2,
			// Above 1/τ a step would overshoot the reference itself.
			learningRate: Math.min(learningRate, 1 / (tau * own)),
			steps,
			maxProposals
		});
		for (const state of run) {
			states.push(state);
			if (state.step % every === 0 && state.step < steps && !state.exhausted) {
				onProgress?.(state.step / steps);
				yield toResult(states, fixed);
			}
		}
		yield toResult(states, fixed);
	},
	describe({ path, rest, equilibrium, exhaustedAt, proposals }, { b1, b2 }) {
		const sentences: string[] = [];
		if (exhaustedAt !== undefined) {
			sentences.push(
				`Step ${exhaustedAt} ran out of proposals before ${b2} opponents were accepted, and the run stops; the policy is ${written(path.at(-1)!)}.`
			);
		} else {
			sentences.push(
				`After ${path.length - 1} steps and ${print(proposals)} proposals the policy is ${written(path.at(-1)!)}; the regularised equilibrium is ${written(equilibrium)}.`
			);
		}
		const floor = apart(rest, equilibrium);
		sentences.push(
			floor > 0.002
				? `With batches of ${b1} its point of rest is ${written(rest)}, ${print(floor, 2)} away.`
				: `With batches of ${b1} its point of rest is the equilibrium, up to ${print(floor, 1)}.`
		);
		return sentences;
	},
	table: ({ path, series: { distance } }) => ({
		columns: [
			{ label: 'step', digits: 0 },
			...NAMES.map((name) => ({ label: name, digits: 4 })),
			{ label: 'off the equilibrium', digits: 4 }
		],
		rows: path.map((policy, t) => [t, ...policy, distance.y[t]])
	}),
	numbers({ rest, equilibrium, proposals, beaten, series: { distance } }) {
		const late = distance.y.slice(Math.floor(distance.y.length / 2)).filter(Number.isFinite);
		return {
			...(late.length > 0 ? { late: late.reduce((sum, off) => sum + off, 0) / late.length } : {}),
			floor: apart(rest, equilibrium),
			proposals,
			beaten,
			restB: rest[1]
		};
	},
	questions: {
		script: {
			type: 'choice',
			ask: 'The policy’s own KL weight is 0.01 instead of 1 (τ = 1). A beats B 60 to 40, B beats C 80 to 20, C beats A 70 to 30. Where does Nash-RS come to rest?',
			options: [
				{
					text: 'Near the Nash policy, since there is hardly any penalty',
					feedback: 'The opponent still pays the full penalty, so it hardly leaves the reference.'
				},
				{
					text: 'At the reference, since τ is large',
					feedback: 'That holds for the opponent. The policy pays a hundredth of it.'
				},
				{
					text: 'On one response, which another one beats',
					feedback: 'See what B does against a nearly uniform opponent.'
				}
			],
			answer(at) {
				const { rest, beaten } = at(SCRIPT);
				if (Math.max(...rest) > 0.9 && beaten > 0.05) return 2;
				return apart(rest, REFERENCE) < 0.1 ? 1 : 0;
			},
			explain(at) {
				const { rest, beaten } = at(SCRIPT);
				return `${written(rest)}. Against an opponent near the reference B wins most often, and nothing holds the policy back. A beats it by ${print(beaten, 2)} over one half.`;
			}
		},
		batches: {
			type: 'choice',
			ask: 'τ = 0.1. With B1 = 1 the policy comes to rest beside the equilibrium. Which of these brings it nearer?',
			options: [
				{
					text: 'Ten times as many steps',
					feedback: 'It is already at rest; more steps keep it there.'
				},
				{
					text: 'B2 = 64 instead of 8',
					feedback: 'More opponents average the noise out, not the bias.'
				},
				{
					text: 'B1 = 16 instead of 1',
					feedback: 'Try it and read how far off the point of rest lies.'
				}
			],
			answer(at) {
				const off = (b1: number) => {
					const { rest, equilibrium } = at({ tau: 0.1, b1, maxProposals: 10 });
					return apart(rest, equilibrium);
				};
				return off(16) < 0.5 * off(1) ? 2 : 1;
			},
			explain(at) {
				const [few, more] = [1, 16].map((b1) => {
					const { rest, equilibrium } = at({ tau: 0.1, b1, maxProposals: 10 });
					return print(apart(rest, equilibrium), 2);
				});
				return `The point of rest lies off by ${few} with B1 = 1 and by ${more} with B1 = 16. B2 and the number of steps do not enter it.`;
			}
		}
	},
	standIns: [
		'Three responses with known preferences (A over B 60 to 40, B over C 80 to 20, C over A 70 to 30) stand in for a language model and its judge; the reference is uniform.',
		'One exact mirror step on the sampled opponents stands where the authors train by PPO.'
	],
	source: [
		'kernels/social-choice/nashRejectionSampling.ts',
		'kernels/social-choice/drawOpponents.ts',
		'kernels/social-choice/nashLearning.ts',
		'kernels/social-choice/nashRsFixedPoint.ts',
		'kernels/social-choice/finiteBatchOpponent.ts',
		'kernels/social-choice/regularisedEquilibrium.ts'
	]
});

interface Fixed {
	steps: number;
	equilibrium: number[];
	rest: number[];
	beaten: number;
}

function toResult(states: readonly NashRejectionState[], { steps, ...fixed }: Fixed) {
	const last = states[states.length - 1];
	const path = states.filter(({ exhausted }) => !exhausted).map(({ policy }) => policy);
	const x = Array.from({ length: steps + 1 }, (_, t) => t);
	const distance: Series = {
		x,
		y: x.map((t) => (t < path.length ? apart(path[t], fixed.equilibrium) : NaN))
	};
	return {
		...fixed,
		path,
		proposals: last.totalProposals,
		exhaustedAt: last.exhausted ? last.step : undefined,
		series: { distance }
	};
}
