import { print } from '$kernels/describe/print';
import type { MetaHistoryPoint, MetaRun } from '$kernels/test-time/trainMeta';
import { trainMeta } from '$kernels/test-time/trainMeta';
import { TRAIN_META_DEFAULTS, type MetaAlgorithm } from '$kernels/test-time/trainMetaOptions';
import { defineWidget } from '$widgets/contract';

const ARMS = {
	outcome: 'outcome',
	penalty: 'length-penalty',
	mrt: 'mrt'
} as const satisfies Record<string, MetaAlgorithm>;
type Arm = keyof typeof ARMS;

const GRID = 24;
const evidence = {
	test: 'tests/kernels/test-time/trainMeta.test.ts',
	against: 'exact gradients, outcome RL bit for bit at α = 0, and exact sums over all traces',
	tolerance: 'five standard errors for gradients, 1e-9 for the sums'
};
const trained = (label: string, role?: 'a' | 'b' | 'c', digits = 3) =>
	({ label, kind: 'trained here', role, digits, evidence }) as const;

export const spec = defineWidget({
	name: 'meta-training',
	version: 1,
	title: 'What does each reward teach about spending tokens?',
	paper: '23-mrt',
	params: {
		maxCompletionLength: {
			type: 'range',
			label: 'Token budget of an answer',
			library: { trl: 'max_completion_length' },
			help: 'The hardest problem needs 1,225 tokens if it is halved, far more if candidates are tried one by one.',
			min: 800,
			max: 9600,
			step: 200,
			whole: true,
			default: 4800,
			unit: 'tokens'
		},
		alpha: {
			type: 'range',
			label: 'Weight of progress in MRT',
			symbol: 'α',
			help: 'At 0 MRT is outcome RL, draw for draw.',
			min: 0,
			max: 4,
			step: 0.25,
			default: 1
		},
		lengthPenalty: {
			type: 'range',
			label: 'Price of a full budget, length penalty',
			min: 0,
			max: 4,
			step: 0.1,
			default: 1
		},
		lossType: {
			type: 'choice',
			label: 'Loss',
			library: { trl: 'loss_type' },
			help: 'grpo divides each trace by its own length; dr_grpo all by the longest there can be.',
			options: { grpo: 'grpo', dr_grpo: 'dr_grpo' },
			default: 'grpo'
		},
		continuationBaseline: {
			type: 'choice',
			label: 'MRT subtracts',
			help: 'From the reward of each continuation: the success if forced to answer at its start, or the mean of its group.',
			options: { termination: 'success if stopped here', group: 'the group’s mean' },
			default: 'termination',
			more: true
		},
		penalize: {
			type: 'choice',
			label: 'Length penalty prices',
			options: { all: 'every trace', correct: 'right ones only' },
			default: 'all',
			more: true
		},
		learningRate: {
			type: 'range',
			label: 'Learning rate',
			library: { trl: 'learning_rate' },
			scale: 'log',
			min: 1,
			max: 60,
			step: 1,
			default: 6,
			more: true
		},
		numGenerations: {
			type: 'stepper',
			label: 'Traces of one problem',
			symbol: 'G',
			library: { trl: 'num_generations', verl: 'rollout.n' },
			min: 2,
			max: 16,
			step: 1,
			default: 8,
			more: true
		},
		trainingTokens: {
			type: 'range',
			label: 'Tokens to train with',
			help: 'All that is generated counts: traces, prefixes, forced answers.',
			min: 0.5,
			max: 8,
			step: 0.5,
			default: 5,
			unit: 'million',
			more: true
		}
	},
	presets: {
		spare: {
			label: 'Tokens to spare',
			reason: 'Outcome RL is right in the end and re-verifies on the way; MRT gets there sooner.',
			values: {},
			seed: 2
		},
		tight: {
			label: 'A tight budget',
			reason: 'With nothing to waste, there is nothing for MRT to save.',
			values: { maxCompletionLength: 1400 },
			seed: 2,
			limit: true
		},
		groupMean: {
			label: 'Without the stopping baseline',
			reason: 'MRT’s continuations with GRPO’s own baseline: the gain is gone.',
			values: { continuationBaseline: 'group' },
			seed: 2,
			limit: true
		},
		drGrpo: {
			label: 'Dr. GRPO’s loss',
			reason: 'Without the division by length, outcome RL comes out ahead here.',
			values: { lossType: 'dr_grpo', learningRate: 20 },
			seed: 2,
			limit: true
		},
		priceRight: {
			label: 'Price right answers only',
			reason: 'A length penalty that spares wrong answers no longer gives up the hard problem.',
			values: { penalize: 'correct' },
			seed: 2
		}
	},
	quantities: {
		outcomeRegret: trained('Outcome reward', 'a'),
		penaltyRegret: trained('Length penalty', 'b'),
		mrtRegret: trained('MRT', 'c'),
		outcomeCurve: trained('Outcome reward', 'a'),
		penaltyCurve: trained('Length penalty', 'b'),
		mrtCurve: trained('MRT', 'c'),
		outcomeSuccess: trained('Outcome: success'),
		penaltySuccess: trained('Length penalty: success'),
		mrtSuccess: trained('MRT: success'),
		outcomeTokens: trained('Outcome: tokens', undefined, 0),
		penaltyTokens: trained('Length penalty: tokens', undefined, 0),
		mrtTokens: trained('MRT: tokens', undefined, 0)
	},
	random: true,
	long: true,
	*run(values, stream, { signal, onProgress }) {
		const { maxCompletionLength, trainingTokens, ...shared } = values;
		const budget = maxCompletionLength;
		const maxTrainingTokens = trainingTokens * 1e6;
		const train = (arm: Arm) =>
			trainMeta(
				{
					...shared,
					algorithm: ARMS[arm],
					maxTrainingTokens,
					task: { ...TRAIN_META_DEFAULTS.task, maxCompletionLength: budget }
				},
				stream
			);
		const runs = { outcome: train('outcome'), penalty: train('penalty'), mrt: train('mrt') };
		const latest = {} as Record<Arm, MetaRun>;
		const arms = Object.keys(ARMS) as Arm[];
		while (arms.some((arm) => !latest[arm]?.done)) {
			for (const arm of arms) {
				signal?.throwIfAborted();
				const next = latest[arm]?.done ? undefined : runs[arm].next();
				if (next?.value) latest[arm] = next.value;
			}
			const behind = Math.min(...arms.map((arm) => latest[arm].history.at(-1)!.cost.tokens));
			onProgress?.(Math.min(1, behind / maxTrainingTokens));
			yield toResult(latest, budget, maxTrainingTokens);
		}
	},
	describe({ last }) {
		const { outcome, penalty, mrt } = last;
		const saved = outcome.tokens / mrt.tokens;
		return [
			`MRT is right with ${print(mrt.success)} in ${Math.round(mrt.tokens)} tokens, outcome reward with ${print(outcome.success)} in ${Math.round(outcome.tokens)}: ${saved >= 1 ? `${print(saved)} times as many` : `${print(1 / saved)} times fewer`}.`,
			`The length penalty leaves ${Math.round(penalty.tokens)} tokens and a success of ${print(penalty.success)}.`
		];
	},
	table: ({ series }) => ({
		columns: [
			{ label: 'training tokens', unit: 'million', digits: 2 },
			{ label: 'regret, outcome' },
			{ label: 'regret, length penalty' },
			{ label: 'regret, MRT' }
		],
		rows: series.outcomeRegret.x.map((tokens, i) => [
			tokens,
			orBlank(series.outcomeRegret.y[i]),
			orBlank(series.penaltyRegret.y[i]),
			orBlank(series.mrtRegret.y[i])
		])
	}),
	numbers: ({ last: { outcome, penalty, mrt } }) => ({
		outcomeSuccess: outcome.success,
		outcomeTokens: outcome.tokens,
		penaltySuccess: penalty.success,
		penaltyTokens: penalty.tokens,
		mrtSuccess: mrt.success,
		mrtTokens: mrt.tokens
	}),
	questions: {
		spends: {
			type: 'choice',
			ask: 'Three policies learn a search with tokens to spare: from the outcome alone, from the outcome less a price for length, and from outcome and progress (MRT). Which ends up with the fewest tokens an answer?',
			options: [
				{
					text: 'Outcome reward',
					feedback:
						'It is paid for being right, not for being quick: idle checking costs it nothing.'
				},
				{
					text: 'Length penalty',
					feedback: 'A price on every token does make answers short; look again.'
				},
				{
					text: 'MRT',
					feedback: 'Progress rewards finding out, and finding out still takes tokens.'
				}
			],
			answer: (at) => {
				const tokens = means(at, ({ tokens }) => tokens);
				return tokens.indexOf(Math.min(...tokens));
			},
			explain(at) {
				const [outcome, penalty, mrt] = means(at, ({ tokens }) => tokens);
				const success = means(at, ({ success }) => success);
				return `Over 20 seeds: ${Math.round(outcome)}, ${Math.round(penalty)} and ${Math.round(mrt)} tokens. But being shortest is not being right: the successes are ${print(success[0])}, ${print(success[1])} and ${print(success[2])}.`;
			}
		},
		tight: {
			type: 'choice',
			ask: 'The token budget falls from 4,800 to 1,400, about what the hardest problem needs. How does MRT’s lead over outcome reward, in tokens an answer, change?',
			options: [
				{ text: 'It grows', feedback: 'What MRT saves is waste, and a tight budget leaves none.' },
				{ text: 'It shrinks to almost nothing', feedback: 'Look at both token counts again.' },
				{ text: 'It stays', feedback: 'Outcome reward wastes what the budget lets it waste.' }
			],
			answer(at) {
				const lead = (budget: number) => {
					const [outcome, , mrt] = means(at, ({ tokens }) => tokens, budget);
					return outcome / mrt - 1;
				};
				const [wide, tight] = [lead(4800), lead(1400)];
				return tight > 1.1 * wide ? 0 : tight < 0.25 * wide ? 1 : 2;
			},
			explain(at) {
				const [outcome, , mrt] = means(at, ({ tokens }) => tokens, 1400);
				return `At 1,400 outcome reward spends ${Math.round(outcome)} tokens and MRT ${Math.round(mrt)}, over 20 seeds: outcome reward can only waste what it is given.`;
			}
		}
	},
	standIns: [
		'A search among up to 64 candidates stands in for mathematics, and four kinds of episode (try one, halve, check again, answer) for stretches of thought.',
		'A table of probabilities stands in for the language model; its forced answer picks evenly among what remains.'
	],
	source: [
		'kernels/test-time/trainMeta.ts',
		'kernels/test-time/continuationGradient.ts',
		'kernels/test-time/outcomeGradient.ts',
		'kernels/test-time/lengthPenalty.ts',
		'kernels/test-time/searchTask.ts',
		'kernels/test-time/evaluateMeta.ts'
	]
});

function toResult(latest: Record<Arm, MetaRun>, budget: number, maxTrainingTokens: number) {
	const grid = Array.from({ length: GRID + 1 }, (_, i) => i / GRID);
	const regret = (arm: Arm) => ({
		x: grid.map((share) => (share * maxTrainingTokens) / 1e6),
		y: grid.map((share) => regretAt(latest[arm], share * maxTrainingTokens))
	});
	const curve = (arm: Arm) => {
		const { tokenCurve } = latest[arm].history.at(-1)!;
		return {
			x: grid.map((share) => share * budget),
			y: grid.map((share) => tokenCurve.findLast(({ tokens }) => tokens <= share * budget)!.success)
		};
	};
	const end = (arm: Arm) => {
		const { accuracy, meanTokens } = latest[arm].history.at(-1)!;
		return { success: accuracy, tokens: meanTokens };
	};
	return {
		last: { outcome: end('outcome'), penalty: end('penalty'), mrt: end('mrt') },
		series: {
			outcomeRegret: regret('outcome'),
			penaltyRegret: regret('penalty'),
			mrtRegret: regret('mrt'),
			outcomeCurve: curve('outcome'),
			penaltyCurve: curve('penalty'),
			mrtCurve: curve('mrt')
		}
	};
}

/** Normalised regret over the whole budget, of the policy that this many training tokens had made; NaN before that. */
function regretAt({ history, done }: MetaRun, tokens: number): number {
	const reached = done || history.at(-1)!.cost.tokens >= tokens;
	const point = reached
		? history.findLast((candidate: MetaHistoryPoint) => candidate.cost.tokens <= tokens)
		: undefined;
	return point?.normalizedRegret.at(-1)!.regret ?? NaN;
}

type Ends = Record<Arm, { success: number; tokens: number }>;

/** Means over 20 seeds of something about the three trained policies, in the order of the arms. */
function means(
	at: (changed?: object, seed?: number) => { last: Ends },
	read: (end: Ends[Arm]) => number,
	maxCompletionLength = 4800
): number[] {
	const seeds = Array.from({ length: 20 }, (_, i) => i + 1);
	const ends = seeds.map((seed) => at({ maxCompletionLength }, seed).last);
	return (Object.keys(ARMS) as Arm[]).map(
		(arm) => ends.reduce((sum, end) => sum + read(end[arm]), 0) / seeds.length
	);
}

function orBlank(value: number): number | string {
	return Number.isNaN(value) ? '' : value;
}
