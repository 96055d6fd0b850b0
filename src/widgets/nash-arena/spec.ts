import { print } from '$kernels/describe/print';
import { exploitability } from '$kernels/social-choice/exploitability';
import { maximalLottery } from '$kernels/social-choice/maximalLottery';
import { nashLearning } from '$kernels/social-choice/nashLearning';
import { regularisedEquilibrium } from '$kernels/social-choice/regularisedEquilibrium';
import { threeResponses } from '$kernels/social-choice/threeResponses';
import { defineWidget, type RangeParam } from '$widgets/contract';

const NAMES = ['A', 'B', 'C'] as const;
/** At most so many policies of a run are kept, evenly spread. */
const KEPT = 400;
/** Below this, beside the policies' own size, two policies are the same in words. */
const SAME = 0.005;

const learning = {
	test: 'tests/kernels/social-choice/nashLearning.test.ts',
	against: 'its points of rest, linear theory near them, and Hedge’s bound',
	tolerance: '1e-9 at rest'
};
const lotteryEvidence = {
	test: 'tests/kernels/social-choice/zeroSumGames.test.ts',
	against: 'SciPy’s linear programmes (HiGHS)',
	tolerance: '1e-7'
};
const regularised = {
	test: 'tests/kernels/social-choice/nashLearning.test.ts',
	against: 'SciPy’s root finder',
	tolerance: '1e-7 relative'
};

function share<const Label extends string>(label: Label, start: number) {
	return {
		type: 'range',
		label,
		min: 0,
		max: 1,
		step: 0.01,
		default: start
	} as const satisfies RangeParam;
}

const written = (policy: readonly number[]) =>
	policy.map((p, i) => `${NAMES[i]} ${p.toFixed(3)}`).join(', ');

export const spec = defineWidget({
	name: 'nash-arena',
	version: 1,
	title: 'Where does a policy go that learns to be preferred?',
	paper: '03-condorcet-to-nash',
	params: {
		method: {
			type: 'choice',
			label: 'Learns against',
			options: {
				'multiplicative-weights': 'itself, no KL (multiplicative weights)',
				'self-play': 'itself, with KL',
				'nash-md': 'a mixture with the reference (Nash-MD)',
				'nash-rs': 'its strongest regularised opponent (Nash-RS)'
			},
			default: 'multiplicative-weights'
		},
		tau: {
			type: 'range',
			label: 'Weight of the KL penalty',
			symbol: 'τ',
			library: { trl: 'beta' },
			help: 'To the reference, for both players. Multiplicative weights has none.',
			scale: 'log',
			min: 0.01,
			max: 1,
			step: 0.01,
			default: 0.05
		},
		ab: share('Share that prefers A to B', 0.6),
		bc: share('Share that prefers B to C', 0.8),
		ca: share('Share that prefers C to A', 0.7),
		learningRate: {
			type: 'range',
			label: 'Step size',
			symbol: 'η',
			scale: 'log',
			min: 0.02,
			max: 1,
			step: 0.01,
			default: 0.3,
			more: true
		},
		steps: {
			type: 'range',
			label: 'Steps',
			scale: 'log',
			min: 50,
			max: 5000,
			step: 10,
			whole: true,
			default: 1000,
			more: true
		},
		mixtureCoef: {
			type: 'range',
			label: 'Share of the reference in the mixture',
			symbol: 'c',
			library: { trl: 'mixture_coef' },
			help: 'For Nash-MD: TRL’s default is 0.5; the paper of Nash-MD has ητ.',
			min: 0,
			max: 1,
			step: 0.01,
			default: 0.5,
			more: true
		},
		reference: {
			type: 'vector',
			label: 'Reference policy, as weights of A, B, C',
			symbol: 'π_ref',
			help: 'Also where learning starts. In the drawing it is the square to drag.',
			item: 'weight',
			default: [0.33, 0.33, 0.33],
			min: 0.02,
			max: 1,
			step: 0.01,
			minLength: 3,
			maxLength: 3,
			more: true
		}
	},
	presets: {
		turns: {
			label: 'It goes round',
			reason: 'The last policy circles outward; the average of all comes to the Nash policy.',
			values: {},
			limit: true
		},
		spiral: {
			label: 'A little KL',
			reason: 'Self-play with a penalty spirals in, to a point beside the Nash policy.',
			values: { method: 'self-play' }
		},
		straight: {
			label: 'Nash-RS',
			reason: 'Against its best opponent the policy hardly turns, and ends at the same point.',
			values: { method: 'nash-rs' }
		},
		mixture: {
			label: 'Nash-MD with half the reference',
			reason: 'With TRL’s mixture_coef of 0.5 it comes to rest elsewhere.',
			values: { method: 'nash-md' },
			limit: true
		},
		heavy: {
			label: 'Much KL',
			reason: 'At τ = 1 the point of rest is the reference, or nearly.',
			values: { method: 'self-play', tau: 1 },
			limit: true
		},
		winner: {
			label: 'One beats both',
			reason: 'A is preferred to B and to C, by little: it takes everything.',
			values: { ab: 0.55, bc: 0.8, ca: 0.45 }
		}
	},
	quantities: {
		lastGap: {
			label: 'The last policy',
			kind: 'exact',
			role: 'policy',
			evidence: learning
		},
		averageGap: {
			label: 'The average of all policies',
			kind: 'exact',
			role: 'success',
			evidence: learning
		},
		nashA: { label: 'A in the Nash policy', kind: 'exact', evidence: lotteryEvidence },
		nashB: { label: 'B in the Nash policy', kind: 'exact', evidence: lotteryEvidence },
		nashC: { label: 'C in the Nash policy', kind: 'exact', evidence: lotteryEvidence },
		last: {
			label: 'A response wins this much more than half against the last policy',
			kind: 'exact',
			digits: 4,
			evidence: learning
		},
		average: {
			label: 'and against the average',
			kind: 'exact',
			digits: 4,
			evidence: learning
		},
		atRest: {
			label: 'and against the regularised equilibrium',
			kind: 'exact',
			digits: 4,
			evidence: regularised
		}
	},
	run({ method, tau, ab, bc, ca, learningRate, steps, mixtureCoef, reference: weights }) {
		const preferences = threeResponses(ab, bc, ca);
		const total = weights[0] + weights[1] + weights[2];
		const reference = weights.map((weight) => weight / total);
		const plain = method === 'multiplicative-weights';
		const { policies, averages } = nashLearning({
			preferences,
			method: plain ? 'self-play' : method,
			tau: plain ? 0 : tau,
			learningRate,
			steps,
			mixtureCoef,
			reference
		});
		const { lottery, unique, gap } = maximalLottery(
			preferences.map((row) => row.map((p) => 2 * p - 1))
		);
		const every = Math.ceil(steps / KEPT);
		const kept: number[] = [];
		for (let t = 0; t < steps; t += every) kept.push(t);
		kept.push(steps);
		const gaps = (list: readonly ArrayLike<number>[]) =>
			kept.map((t) => exploitability(preferences, list[t]).gap);
		const rest = plain ? undefined : regularisedEquilibrium(preferences, tau, reference).policy;
		return {
			reference,
			nash: lottery,
			unique,
			certificate: gap,
			rest,
			restGap: rest && exploitability(preferences, rest).gap,
			path: kept.map((t) => Array.from(policies[t])),
			averagePath: kept.map((t) => Array.from(averages[t])),
			series: {
				lastGap: { x: kept, y: gaps(policies) },
				averageGap: { x: kept, y: gaps(averages) }
			}
		};
	},
	describe({ nash, unique, rest, path, averagePath, series: { lastGap, averageGap } }) {
		const last = path.at(-1)!;
		const average = averagePath.at(-1)!;
		const support = nash.filter((p) => p > 0).length;
		const sentences = [
			`${unique ? 'The' : 'One'} Nash policy is ${written(nash)}${support === 1 ? ', one response alone' : ''}.`
		];
		if (rest) {
			const away = Math.max(...last.map((p, i) => Math.abs(p - rest[i])));
			sentences.push(
				`After ${lastGap.x.at(-1)} steps the policy is ${written(last)}, ${away < SAME ? 'which is' : 'beside'} the regularised equilibrium ${written(rest)}.`
			);
		} else {
			sentences.push(
				`After ${lastGap.x.at(-1)} steps the last policy is ${written(last)} and can be beaten by ${print(lastGap.y.at(-1)!, 2)} over one half; the average of all is ${written(average)}, beaten by ${print(averageGap.y.at(-1)!, 2)}.`
			);
		}
		return sentences;
	},
	table: ({ path, averagePath, series: { lastGap, averageGap } }) => ({
		columns: [
			{ label: 'step', digits: 0 },
			...NAMES.map((name) => ({ label: name, digits: 4 })),
			...NAMES.map((name) => ({ label: `${name}, average`, digits: 4 })),
			{ label: 'beaten by', digits: 5 },
			{ label: 'average beaten by', digits: 5 }
		],
		rows: lastGap.x.map((t, i) => [t, ...path[i], ...averagePath[i], lastGap.y[i], averageGap.y[i]])
	}),
	numbers: ({ nash, restGap, series: { lastGap, averageGap } }) => ({
		nashA: nash[0],
		nashB: nash[1],
		nashC: nash[2],
		last: lastGap.y.at(-1)!,
		average: averageGap.y.at(-1)!,
		...(restGap === undefined ? {} : { atRest: restGap })
	}),
	playback: {
		length: ({ path }) => path.length,
		rate: 40,
		says: ({ path, averagePath, series }, moment) =>
			`step ${series.lastGap.x[moment]}: policy ${written(path[moment])}; average ${written(averagePath[moment])}`
	},
	questions: {
		weight: {
			type: 'choice',
			ask: 'A beats B 60 to 40, B beats C 90 to 10, C beats A 55 to 45. Which response gets most of the Nash policy?',
			options: [
				{ text: 'A', feedback: 'Look at the Nash policy’s numbers again.' },
				{
					text: 'B, with the biggest win',
					feedback:
						'The opponent need not play C, whom B beats. Ask what keeps the other two in check.'
				},
				{
					text: 'C',
					feedback: 'C keeps A in check, but only by 55 to 45, and B beats it by far.'
				}
			],
			answer(at) {
				const { nash } = at({ ab: 0.6, bc: 0.9, ca: 0.55 });
				return nash.indexOf(Math.max(...nash));
			},
			explain(at) {
				const { nash } = at({ ab: 0.6, bc: 0.9, ca: 0.55 });
				return `${written(nash)}. In a circle of three each response gets weight in proportion to the margin between its two rivals, and between B and C it is the largest.`;
			}
		},
		last: {
			type: 'choice',
			ask: 'Multiplicative weights for 1,000 steps with η = 0.3 (60–40, 80–20, 70–30), started at the uniform policy. Which of the two is harder to beat?',
			options: [
				{
					text: 'The last policy',
					feedback:
						'Each policy is an answer to the one before; it opens itself to the next answer.'
				},
				{ text: 'The average of all policies', feedback: 'Look at the right panel again.' },
				{
					text: 'Both are equally hard to beat',
					feedback: 'One of the two comes to the Nash policy and the other does not.'
				}
			],
			answer(at) {
				const { lastGap, averageGap } = at().series;
				const [last, average] = [lastGap.y.at(-1)!, averageGap.y.at(-1)!];
				return last < 0.9 * average ? 0 : average < 0.9 * last ? 1 : 2;
			},
			explain(at) {
				const { lastGap, averageGap } = at().series;
				return `The average is beaten by ${print(averageGap.y.at(-1)!, 2)} over one half at the most, the last policy by ${print(lastGap.y.at(-1)!, 2)}. But an average of policies is not what a trainer has in its hands at the end.`;
			}
		},
		hair: {
			type: 'number',
			ask: 'A is preferred to B by 51 of 100 and to C by 51 of 100; B is preferred to C by 80. What share of the Nash policy is A’s?',
			min: 0,
			max: 1,
			step: 0.01,
			near: 0.01,
			tooLow:
				'Against any mixture that holds B or C, what response is preferred by more than half?',
			tooHigh: 'A share cannot be more than 1.',
			answer: (at) => at({ ab: 0.51, bc: 0.8, ca: 0.49 }).nash[0],
			explain: (at) =>
				`All of it: ${print(at({ ab: 0.51, bc: 0.8, ca: 0.49 }).nash[0])}. A response that beats each other one, by however little, is the only Nash policy.`
		}
	},
	standIns: [
		'Three responses with known preferences stand in for a language model and its judge; each step uses exact expectations.'
	],
	source: [
		'kernels/social-choice/nashLearning.ts',
		'kernels/social-choice/gibbsOpponent.ts',
		'kernels/social-choice/maximalLottery.ts',
		'kernels/social-choice/zeroSumEquilibrium.ts',
		'kernels/social-choice/regularisedEquilibrium.ts',
		'kernels/social-choice/logitFixedPoint.ts',
		'kernels/social-choice/exploitability.ts'
	]
});
