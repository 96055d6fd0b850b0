import { print } from '$kernels/describe/print';
import { answerPlane, trueWorth } from '$kernels/preference/answerPlane';
import { bestOfNPolicy } from '$kernels/preference/bestOfNPolicy';
import { bradleyTerryLinear } from '$kernels/preference/bradleyTerryLinear';
import { defineWidget } from '$widgets/contract';

/** Substance and length, in standard deviations from the usual. */
type Answer = readonly [number, number];
type Pair = readonly [Answer, Answer];

const NS = Array.from({ length: 17 }, (_, k) => 2 ** k);
/** The better answers, with c = ½: 0 the first of the pair, 1 the second. */
const BETTER = [0, 1, 1, 0, 1, 0];
const EPSILON = 1e-9;

const SHORT: readonly Pair[] = [
	[
		[-1.5, 0],
		[0.5, -1.5]
	],
	[
		[-0.5, -1.5],
		[1.5, -2]
	],
	[
		[-0.5, -0.5],
		[-1, 0.5]
	]
];
const PAIRS: Record<'usual' | 'long' | 'matched' | 'alike', readonly Pair[]> = {
	usual: [
		...SHORT,
		[
			[0, 0],
			[0.5, -1.5]
		],
		[
			[-1, -1.5],
			[1.5, -2]
		],
		[
			[-1, 0.5],
			[0, -1.5]
		]
	],
	long: [
		...SHORT,
		[
			[-2, 2.5],
			[-1, 3.5]
		],
		[
			[-2, 3.5],
			[-1.5, 3]
		],
		[
			[-0.5, 1],
			[-2, 0.5]
		]
	],
	matched: [
		[
			[1, -1.5],
			[-0.5, -1.5]
		],
		[
			[-0.5, -0.5],
			[1, -0.5]
		],
		[
			[0, 0.5],
			[0.5, 0.5]
		],
		[
			[0.5, 1],
			[-1, 1]
		],
		[
			[-0.5, 0],
			[1, 0]
		],
		[
			[0.5, -1],
			[-1, -1]
		]
	],
	alike: [
		[-1, 0],
		[0, -1],
		[0.5, 1],
		[0, 0],
		[1, -0.5],
		[-0.5, 0.5]
	].map(([s, l]) => [
		[s, l],
		[s, l]
	])
};

const fitted = {
	test: 'tests/kernels/preference/bradleyTerryLinear.test.ts',
	against: 'SciPy’s BFGS, and the ridge of strengths held against choix',
	tolerance: '1e-7 relative'
};
const bestOfN = {
	test: 'tests/kernels/preference/answerPlane.test.ts',
	against: 'the largest of n normals (SciPy’s quadrature)',
	tolerance: '0.02 absolute up to n = 10,000, then 0.06: the width of the grid'
};
const policy = {
	test: 'tests/kernels/preference/bestOfNPolicy.test.ts',
	against: 'all draws of n gone through, and the bounds',
	tolerance: '1e-12 absolute'
};

export const spec = defineWidget({
	name: 'learned-reward',
	version: 1,
	title: 'What does a learned reward do to the true one?',
	paper: 'rewards',
	params: {
		pairs: {
			type: 'choice',
			label: 'Answers to compare',
			options: {
				usual: 'of short and usual length',
				long: 'long ones among them',
				matched: 'of equal length',
				alike: 'alike in both'
			},
			default: 'usual'
		},
		features: {
			type: 'choice',
			label: 'The reward model sees',
			options: { linear: 'substance, length', bent: 'substance, length, length²' },
			default: 'linear'
		},
		n: {
			type: 'range',
			label: 'Answers drawn, best kept',
			symbol: 'n',
			scale: 'log',
			whole: true,
			min: 1,
			max: 65536,
			step: 1,
			default: 1024
		},
		choices: {
			type: 'vector',
			label: 'Your choices',
			item: 'pair',
			help: '0 for the first answer of a pair, 1 for the second.',
			default: BETTER,
			min: 0,
			max: 1,
			step: 1,
			minLength: 6,
			maxLength: 6,
			inDrawing: true
		},
		alpha: {
			type: 'range',
			label: 'Ridge',
			symbol: 'α',
			help: 'Pulls the weights towards 0, so that six agreeing choices do not send them to infinity.',
			scale: 'log',
			min: 0.01,
			max: 10,
			step: 0.01,
			default: 0.1,
			more: true
		},
		bend: {
			type: 'range',
			label: 'Cost of length in the true reward',
			symbol: 'c',
			min: 0,
			max: 1,
			step: 0.05,
			default: 0.5,
			more: true
		}
	},
	presets: {
		over: {
			label: 'Over-optimised',
			reason: 'All six comparisons predicted, and the true reward turns down.',
			values: {},
			limit: true
		},
		more: {
			label: 'Long answers compared',
			reason: 'The same model on better comparisons: a straight line cannot follow a bend.',
			values: { pairs: 'long' },
			limit: true
		},
		capable: {
			label: 'A model that can bend',
			reason: 'With length² it could follow; no comparison shows it where to.',
			values: { features: 'bent' },
			limit: true
		},
		both: {
			label: 'Both',
			reason: 'A model that can bend, and comparisons where it must: both rewards rise together.',
			values: { pairs: 'long', features: 'bent' }
		},
		matched: {
			label: 'Equal lengths',
			reason: 'Nothing is learned of length, and nothing goes wrong with it.',
			values: { pairs: 'matched' }
		},
		slip: {
			label: 'One slip',
			reason: 'Pair 5 the wrong way round: length counts for more, and the turn comes sooner.',
			values: { choices: [0, 1, 1, 0, 0, 0] }
		},
		alike: {
			label: 'All alike',
			reason: 'Six choices and no information: the policy stays, whatever the KL bound says.',
			values: { pairs: 'alike' },
			limit: true
		}
	},
	quantities: {
		worth: { label: 'True reward', kind: 'exact', role: 'success', evidence: bestOfN },
		learned: { label: 'Learned reward', kind: 'exact', role: 'b', evidence: bestOfN },
		kl: {
			label: 'KL to the base',
			kind: 'exact',
			role: 'kl',
			unit: 'nats',
			evidence: policy
		},
		bound: {
			label: 'log n − (n − 1)/n',
			kind: 'exact',
			role: 'theory',
			unit: 'nats',
			evidence: policy
		},
		top: { label: 'Highest true reward', kind: 'exact', evidence: bestOfN },
		topAt: { label: 'n of the highest', kind: 'exact', digits: 0, evidence: bestOfN },
		wrong: {
			label: 'Comparisons mispredicted',
			kind: 'exact',
			digits: 0,
			evidence: fitted
		},
		against: {
			label: 'Choices against the true reward',
			kind: 'exact',
			digits: 0,
			evidence: {
				test: 'tests/kernels/preference/answerPlane.test.ts',
				against: 'worked values of the true reward',
				tolerance: 'none: a count'
			}
		}
	},
	run({ pairs, features, n, choices, alpha, bend }) {
		const phi = ([s, l]: Answer) => (features === 'linear' ? [s, l] : [s, l, l * l - 1]);
		const compared = PAIRS[pairs].map((pair, i) => {
			const first = choices[i] < 0.5;
			const [chosen, rejected] = first ? pair : [pair[1], pair[0]];
			const gain = trueWorth(...chosen, bend) - trueWorth(...rejected, bend);
			return { pair, first, chosen, rejected, against: gain < -EPSILON };
		});
		const differences = compared.map(({ chosen, rejected }) => {
			const other = phi(rejected);
			return phi(chosen).map((x, j) => x - other[j]);
		});
		const { weights, probabilities } = bradleyTerryLinear(differences, alpha);
		const { substance, length, base } = answerPlane();
		const scores = substance.map((s, y) =>
			phi([s, length[y]]).reduce((sum, x, j) => sum + weights[j] * x, 0)
		);
		const worths = substance.map((s, y) => trueWorth(s, length[y], bend));
		const mean = (p: ArrayLike<number>, values: Float64Array) =>
			values.reduce((sum, value, y) => sum + p[y] * value, 0);
		const usual = { worth: mean(base, worths), learned: mean(base, scores) };
		const keep = (draws: number) => {
			const { probabilities: kept, kl, klBound } = bestOfNPolicy(base, scores, draws);
			return {
				worth: clean(mean(kept, worths) - usual.worth),
				learned: clean(mean(kept, scores) - usual.learned),
				kl: clean(kl),
				bound: klBound,
				place: [mean(kept, substance), mean(kept, length)] as const
			};
		};
		const curve = NS.map(keep);
		const line = (key: 'worth' | 'learned' | 'kl' | 'bound') => ({
			x: NS,
			y: curve.map((at) => at[key])
		});
		const highest = curve.reduce(
			(best, at, i) => (at.worth > curve[best].worth + EPSILON ? i : best),
			0
		);
		return {
			bend,
			n,
			weights,
			comparisons: compared.map((one, i) => ({ ...one, probability: probabilities[i] })),
			here: keep(n),
			path: curve.map(({ place }) => place),
			top: curve[highest].worth,
			topAt: NS[highest],
			series: {
				worth: line('worth'),
				learned: line('learned'),
				kl: line('kl'),
				bound: line('bound')
			}
		};
	},
	describe({ n, here, top, topAt, comparisons }) {
		const { wrong, level, against } = counts(comparisons);
		const sentences = [
			`With ${n === 1 ? 'one answer drawn' : `the best of ${n} kept`} the learned reward is ${print(here.learned)} above its usual, the true one ${print(Math.abs(here.worth))} ${here.worth < 0 ? 'below' : 'above'}; ${
				topAt === NS.at(-1)
					? 'the true one rises all the way'
					: topAt === 1
						? 'drawing more never helps'
						: `the true one is highest at n = ${topAt}, ${print(top)}`
			}.`
		];
		sentences.push(
			level === comparisons.length
				? 'The reward model has learned nothing: it gives all answers the same.'
				: `The reward model mispredicts ${wrong} of ${comparisons.length} comparisons${level > 0 ? ` and leaves ${level} open` : ''}; ${against} of the choices go against the true reward.`
		);
		sentences.push(`The KL to the base is ${print(here.kl)} nats, its bound ${print(here.bound)}.`);
		return sentences;
	},
	table: ({ series }) => ({
		columns: [
			{ label: 'n', digits: 0 },
			{ label: 'true reward' },
			{ label: 'learned reward' },
			{ label: 'KL', unit: 'nats' },
			{ label: 'log n − (n − 1)/n', unit: 'nats' }
		],
		rows: NS.map((n, i) => [
			n,
			series.worth.y[i],
			series.learned.y[i],
			series.kl.y[i],
			series.bound.y[i]
		])
	}),
	numbers({ here, top, topAt, comparisons }) {
		const { wrong, against } = counts(comparisons);
		const { worth, learned, kl, bound } = here;
		return { worth, learned, kl, bound, top, topAt, wrong, against };
	},
	questions: {
		turns: {
			type: 'choice',
			ask: 'A reward model that sees substance and length predicts all six comparisons of usual answers rightly. You keep the best of n by it, from n = 1 to 65,536. What does the true reward do?',
			options: [
				{
					text: 'It rises all the way',
					feedback:
						'The model is right where answers were compared. Where does the best of 65,536 lie?'
				},
				{ text: 'It rises, then falls', feedback: 'Look at the teal line.' },
				{
					text: 'It falls from the start',
					feedback: 'Among usual answers the model is right, and small n stays among them.'
				}
			],
			answer(at) {
				const { topAt } = at();
				return topAt === NS.at(-1) ? 0 : topAt === 1 ? 2 : 1;
			},
			explain(at) {
				const { top, topAt, series } = at();
				return `It is highest at n = ${topAt}, ${print(top)} above the usual, and falls to ${print(series.worth.y.at(-1)!)} at 65,536. The learned reward rises all the way, to ${print(series.learned.y.at(-1)!)}.`;
			}
		},
		cure: {
			type: 'choice',
			ask: 'The true reward falls at large n. You may change one thing. After which change is it highest at n = 65,536?',
			options: [
				{
					text: 'Compare long answers too, with the same model',
					feedback:
						'Its reward is a straight line in length, whichever comparisons it is fitted to.'
				},
				{
					text: 'Give the model length², with the same comparisons',
					feedback: 'It could bend now. What in those comparisons tells it to?'
				},
				{
					text: 'Compare answers of equal length only',
					feedback: 'Then nothing in the data speaks of length, and the model does not reward it.'
				},
				{
					text: 'Raise the ridge from 0.1 to 10',
					feedback: 'It makes the reward smaller. Best of n only asks which is larger.'
				}
			],
			answer(at) {
				const ends = CURES.map((changed) => at(changed).series.worth.y.at(-1)!);
				return ends.indexOf(Math.max(...ends));
			},
			explain(at) {
				const [long, bent, matched, ridge] = CURES.map((changed) =>
					print(at(changed).series.worth.y.at(-1)!)
				);
				return `With equal lengths it ends at ${matched}; with length² at ${bent}, with long answers compared at ${long}, with the larger ridge at ${ridge}. Length² and long answers together do better still: ${print(at({ pairs: 'long', features: 'bent' }).series.worth.y.at(-1)!)}.`;
			}
		},
		alike: {
			type: 'number',
			ask: 'In all six comparisons both answers have the same features. You keep the best of 1,024 by the fitted reward. How far is that policy from the base, in nats of KL? The bound says 5.93.',
			min: 0,
			max: 6,
			step: 0.1,
			near: 0.05,
			unit: 'nats',
			tooLow: 'A KL is never below 0.',
			tooHigh: 'What is the reward of each answer, and what does “best” mean if all have the same?',
			answer: (at) => at({ pairs: 'alike' }).here.kl,
			explain: (at) =>
				`${print(at({ pairs: 'alike' }).here.kl)}. The weights are 0, all answers tie, and the first of the draws is kept: the base itself. The bound is the value only where ties are rare.`
		}
	},
	standIns: [
		'A grid of 1,681 answers with two numbers each stands in for a language model’s texts.',
		'The true reward is a formula of ours, so that it can be known.',
		'The reward model fits two or three weights; what features a network would find is given to it.'
	],
	source: [
		'kernels/preference/bradleyTerryLinear.ts',
		'kernels/preference/answerPlane.ts',
		'kernels/preference/bestOfNPolicy.ts'
	]
});

const CURES = [
	{ pairs: 'long' },
	{ features: 'bent' },
	{ pairs: 'matched' },
	{ alpha: 10 }
] as const;

interface Comparison {
	probability: number;
	against: boolean;
}

/** What is left of 0 after summing over all answers is not for print. */
const clean = (x: number) => (Math.abs(x) < 1e-12 ? 0 : x);

/** A probability of ½ to rounding leaves a comparison open. */
function counts(comparisons: readonly Comparison[]) {
	return {
		wrong: comparisons.filter(({ probability }) => probability < 0.5 - EPSILON).length,
		level: comparisons.filter(({ probability }) => Math.abs(probability - 0.5) <= EPSILON).length,
		against: comparisons.filter(({ against }) => against).length
	};
}
