import { print } from '$kernels/describe/print';
import { methodLabels, methodOf, type MethodName } from '$kernels/policy-landscape/methods';
import {
	methodTokens,
	sampleBatch,
	type MethodTokens,
	type SameBatch
} from '$kernels/policy-landscape/sameBatch';
import { defineWidget } from '$widgets/contract';

const GROUP = 4;
const LENGTHS = [3, 5, 2, 8, 6, 8, 3, 5];
const LONGEST = Math.max(...LENGTHS);

const evidence = {
	test: 'tests/kernels/policy-landscape/sameBatch.test.ts',
	against: 'closed forms; the losses against TRL and verl in tests/kernels/rl/policyLoss.test.ts',
	tolerance: '1e-12'
};

interface Side extends MethodTokens {
	label: string;
	/** Pushes in units of their mean size over the batch's tokens. */
	relative: number[][];
	/** Share of all push on each answer. */
	shares: number[];
	/** Share of the tokens whose push the clip holds at 0. */
	held: number;
}

function sideOf(name: MethodName, batch: SameBatch): Side {
	const tokens = methodTokens(methodOf(name), batch);
	const sizes = tokens.pushes.map((row) => row.reduce((sum, push) => sum + Math.abs(push), 0));
	const all = sizes.reduce((sum, size) => sum + size, 0);
	const count = batch.mask.flat().reduce((sum, kept) => sum + kept, 0);
	const heldTokens = tokens.branches
		.flatMap((row, i) => row.map((branch, t) => [branch, tokens.pushes[i][t]] as const))
		.filter(([branch, push]) => branch !== 'ratio' && branch !== 'masked' && push === 0);
	return {
		...tokens,
		label: methodLabels[name],
		relative: tokens.pushes.map((row) => row.map((push) => (all > 0 ? (push * count) / all : 0))),
		shares: sizes.map((size) => (all > 0 ? size / all : 0)),
		held: heldTokens.length / count
	};
}

/** The longest answer to each question. */
const longest = [0, GROUP].map((from) => {
	const own = LENGTHS.slice(from, from + GROUP);
	return from + own.indexOf(Math.max(...own));
});
const longShare = ({ shares }: Side) => longest.reduce((sum, i) => sum + shares[i], 0);
const secondShare = ({ shares }: Side) =>
	shares.slice(GROUP).reduce((sum, share) => sum + share, 0);
const percent = (share: number) => `${print(100 * share)} %`;

export const spec = defineWidget({
	name: 'same-batch',
	version: 1,
	title: 'What does each algorithm make of the same batch?',
	paper: 'ppo-to-grpo',
	params: {
		first: { type: 'choice', label: 'Algorithm A', options: methodLabels, default: 'grpo' },
		second: { type: 'choice', label: 'Algorithm B', options: methodLabels, default: 'dr_grpo' },
		drift: {
			type: 'range',
			label: 'How far the policy has moved',
			help: 'Deviation of log π − log π_old over the tokens. At 0 every ratio is 1.',
			min: 0,
			max: 1,
			step: 0.01,
			default: 0.1,
			unit: 'nats'
		},
		answer: {
			type: 'stepper',
			label: 'Look at answer',
			help: 'Answers 1 to 4 are to the first question, 5 to 8 to the second.',
			min: 1,
			max: LENGTHS.length,
			step: 1,
			default: 4
		},
		token: {
			type: 'stepper',
			label: 'and at its token',
			help: 'Where the answer is shorter, its last token.',
			min: 1,
			max: LONGEST,
			step: 1,
			default: 1
		},
		rewards: {
			type: 'vector',
			label: 'Rewards',
			symbol: 'r_i',
			item: 'reward',
			default: [1, 1, 0, 0, 1, 0, 0, 0],
			min: -2,
			max: 2,
			step: 0.5,
			minLength: LENGTHS.length,
			maxLength: LENGTHS.length,
			more: true
		}
	},
	presets: {
		length: {
			label: 'Who pays for length?',
			reason:
				'Both wrong answers to question 1 get the same push from GRPO, whatever their length.',
			values: { drift: 0 }
		},
		factor: {
			label: 'One and the same',
			reason: 'RLOO and Dr. GRPO differ by a factor, which a learning rate takes up.',
			values: { first: 'rloo', second: 'dr_grpo', drift: 0 }
		},
		whole: {
			label: 'A clip for whole answers',
			reason: 'GSPO’s ratio belongs to the answer: it is held whole, or not at all.',
			values: { first: 'gspo', second: 'grpo', drift: 0.2 }
		},
		kept: {
			label: 'Clipped and still learning',
			reason: 'Where DAPO’s clip holds a token, CISPO pushes it with a bounded weight.',
			values: { first: 'dapo', second: 'cispo', drift: 0.6 }
		},
		critic: {
			label: 'Token by token',
			reason: 'Only PPO’s critic tells the tokens of an answer apart before the clip does.',
			values: { first: 'ppo', second: 'grpo', drift: 0 }
		},
		silent: {
			label: 'Nothing to compare',
			reason: 'All answers to question 1 are right: a group says nothing, a batch still does.',
			values: {
				first: 'grpo',
				second: 'reinforce_plus_plus',
				drift: 0,
				rewards: [1, 1, 1, 1, 1, 0, 0, 0]
			},
			limit: true
		}
	},
	quantities: {
		first: { label: 'A: share of the push', kind: 'sampled', role: 'a', mark: 'bar', evidence },
		second: { label: 'B: share of the push', kind: 'sampled', role: 'b', mark: 'bar', evidence },
		firstLong: {
			label: 'A: share on the longest answers',
			kind: 'sampled',
			unit: '%',
			digits: 0,
			evidence
		},
		secondLong: {
			label: 'B: share on the longest answers',
			kind: 'sampled',
			unit: '%',
			digits: 0,
			evidence
		},
		firstHard: { label: 'A: share on question 2', kind: 'sampled', unit: '%', digits: 0, evidence },
		secondHard: {
			label: 'B: share on question 2',
			kind: 'sampled',
			unit: '%',
			digits: 0,
			evidence
		},
		firstHeld: {
			label: 'A: tokens that the clip holds',
			kind: 'sampled',
			unit: '%',
			digits: 1,
			evidence
		},
		secondHeld: {
			label: 'B: tokens that the clip holds',
			kind: 'sampled',
			unit: '%',
			digits: 1,
			evidence
		}
	},
	random: true,
	run({ first, second, drift, answer, token, rewards }, stream) {
		const batch = sampleBatch(stream, { rewards, lengths: LENGTHS, numGenerations: GROUP, drift });
		const sides = [sideOf(first, batch), sideOf(second, batch)] as const;
		const x = rewards.map((_, i) => i + 1);
		return {
			rewards,
			mask: batch.mask,
			sides,
			chosen: { answer: answer - 1, token: Math.min(token, LENGTHS[answer - 1]) - 1 },
			series: { first: { x, y: sides[0].shares }, second: { x, y: sides[1].shares } }
		};
	},
	describe({ sides, chosen: { answer, token } }) {
		const [a, b] = sides;
		const chain = ({ label, weights, coefficients, advantages, pushes }: Side) => {
			const [w, c, A, push] = [weights, coefficients, advantages, pushes].map(
				(rows) => rows[answer][token]
			);
			const product = `${print(w)} × ${print(c)} × ${print(A)}`;
			return push === 0 && A !== 0
				? `${label} gives weight × coefficient × advantage = ${product}, but the clip holds it: 0`
				: `${label} gives weight × coefficient × advantage = ${product} = ${print(push)}`;
		};
		const quiet = sides.filter(({ shares }) => shares.every((share) => share === 0));
		const sentences =
			quiet.length > 0
				? [`${quiet[0].label} pushes nothing here.`]
				: [
						`${a.label} puts ${percent(longShare(a))} of its push on the longest answer to each question, ${b.label} ${percent(longShare(b))}; on question 2 they put ${percent(secondShare(a))} and ${percent(secondShare(b))}.`
					];
		sentences.push(`At token ${token + 1} of answer ${answer + 1}, ${chain(a)}; ${chain(b)}.`);
		if (a.held + b.held > 0) {
			sentences.push(
				`The clip holds ${percent(a.held)} of the tokens in ${a.label} and ${percent(b.held)} in ${b.label}.`
			);
		}
		return sentences;
	},
	table({ sides, rewards, mask }) {
		const columns = sides.flatMap(({ label }, i) =>
			['advantage', 'ratio', 'coefficient', 'weight', 'push'].map((what) => ({
				label: `${'AB'[i]} ${label}: ${what}`,
				digits: 4
			}))
		);
		return {
			columns: [
				{ label: 'answer', digits: 0 },
				{ label: 'reward', digits: 1 },
				{ label: 'token', digits: 0 },
				...columns
			],
			rows: rewards.flatMap((reward, i) =>
				mask[i].flatMap((kept, t) =>
					kept
						? [
								[
									i + 1,
									reward,
									t + 1,
									...sides.flatMap(({ advantages, ratios, coefficients, weights, pushes }) =>
										[advantages, ratios, coefficients, weights, pushes].map((rows) => rows[i][t])
									)
								]
							]
						: []
				)
			)
		};
	},
	numbers: ({ sides: [a, b] }) => ({
		firstLong: 100 * longShare(a),
		secondLong: 100 * longShare(b),
		firstHard: 100 * secondShare(a),
		secondHard: 100 * secondShare(b),
		firstHeld: 100 * a.held,
		secondHeld: 100 * b.held
	}),
	questions: {
		length: {
			type: 'choice',
			ask: 'GRPO has two wrong answers to the same question, one of 2 tokens and one of 8, and the policy has not moved since it sampled them. Which is pushed down more, all its tokens together?',
			options: [
				{
					text: 'The long one, four times as much',
					feedback: 'That is Dr. GRPO, where every token weighs the same.'
				},
				{
					text: 'Both as much',
					feedback: 'GRPO divides by the length of the answer; look at the sums again.'
				},
				{
					text: 'The short one',
					feedback: 'A token of it is pushed harder, but it has fewer of them.'
				}
			],
			answer(at) {
				const { shares } = at({ first: 'grpo', drift: 0 }).sides[0];
				const [short, long] = [shares[2], shares[3]];
				if (Math.abs(long / short - 1) < 1e-9) return 1;
				return long > short ? 0 : 2;
			},
			explain(at) {
				const { relative, shares } = at({ first: 'grpo', drift: 0 }).sides[0];
				return `Both get ${percent(shares[3])} of the whole push. A token of the short one gets ${print(relative[2][0] / relative[3][0])} times that of the long one: being wrong at length costs less a token.`;
			}
		},
		silent: {
			type: 'choice',
			ask: 'All four answers to question 1 are right, one of four to question 2. Which of these still learns from question 1?',
			options: [
				{
					text: 'GRPO',
					feedback: 'Each of its advantages is a reward less the mean of its own group.'
				},
				{
					text: 'RLOO',
					feedback: 'It leaves one answer out, and the other three got the same reward.'
				},
				{
					text: 'REINFORCE++',
					feedback: 'Its mean is that of the batch; look at which answers beat it.'
				}
			],
			answer: (at) => QUESTIONED.findIndex((first) => firstShareWhenRight(at, first) > 0),
			explain: (at) =>
				`REINFORCE++ compares with the whole batch, and puts ${percent(firstShareWhenRight(at, 'reinforce_plus_plus'))} of its push on question 1. For GRPO and RLOO the group is silent.`
		},
		held: {
			type: 'number',
			ask: 'The policy has moved by a deviation of 0.2 nats a token. What share of the tokens does GSPO’s clip hold, on average over 20 batches?',
			min: 0,
			max: 100,
			step: 5,
			unit: '%',
			near: 8,
			tooLow:
				'GSPO’s ε is 0.0003: almost any answer has moved further than that, one way or the other.',
			tooHigh:
				'The clip holds only moves that the advantage asked for; about half go the other way.',
			answer: (at) => 100 * meanHeld(at),
			explain: (at) =>
				`${percent(meanHeld(at))}: nearly every answer’s ratio is off 1 by more than ε, and in about half of them in the direction that the clip stops.`
		}
	},
	standIns: [
		'The batch is made up: eight answers of fixed lengths to two questions, their log-ratios drawn at random. All that follows from it is computed.',
		'PPO’s critic is a value that goes evenly from the question’s mean reward to the answer’s own.',
		'The penalty to the reference and DAPO’s drawing again of groups without signal are left out here.'
	],
	source: [
		'kernels/policy-landscape/sameBatch.ts',
		'kernels/policy-landscape/methods.ts',
		'kernels/policy-landscape/methodAdvantages.ts',
		'kernels/rl/policyLoss.ts',
		'kernels/rl/policyLossPresets.ts',
		'kernels/rl/aggregationWeights.ts'
	]
});

const QUESTIONED = ['grpo', 'rloo', 'reinforce_plus_plus'] as const;

/** Share of an algorithm's push on question 1 when all answers to it are right. */
function firstShareWhenRight(
	at: (changed?: object) => { sides: readonly Side[] },
	first: (typeof QUESTIONED)[number]
): number {
	const { shares } = at({ first, drift: 0, rewards: [1, 1, 1, 1, 1, 0, 0, 0] }).sides[0];
	return shares.slice(0, GROUP).reduce((sum, share) => sum + share, 0);
}

/** Share of the tokens that GSPO's clip holds, over 20 seeds. */
function meanHeld(at: (changed?: object, seed?: number) => { sides: readonly Side[] }): number {
	const runs = Array.from(
		{ length: 20 },
		(_, i) => at({ first: 'gspo', drift: 0.2 }, i + 1).sides[0].held
	);
	return runs.reduce((sum, held) => sum + held, 0) / runs.length;
}
