import { print } from '$kernels/describe/print';
import { allAnswers, creditError } from '$kernels/policy-gradient/creditError';
import { tokenCredit } from '$kernels/policy-gradient/tokenCredit';
import { decidingToken, tokenTask } from '$kernels/policy-gradient/tokenTask';
import { learnTokenValues, tokenValues } from '$kernels/policy-gradient/tokenValues';
import { wholeCredit } from '$kernels/policy-gradient/wholeCredit';
import { defineWidget } from '$widgets/contract';

const LAMBDAS = Array.from({ length: 21 }, (_, i) => i / 20);

const exact = {
	test: 'tests/kernels/policy-gradient/creditError.test.ts',
	against: 'closed forms, finite differences, and a sum over all answers',
	tolerance: '1e-12; 1e-8 for differences'
};
const credit = {
	test: 'tests/kernels/policy-gradient/tokenCredit.test.ts',
	against: 'Q − V summed over all answers',
	tolerance: '1e-12 absolute'
};
const learned = {
	test: 'tests/kernels/policy-gradient/tokenCredit.test.ts',
	against: 'the exact values, with 40,000 answers',
	tolerance: 'five standard errors'
};

export const spec = defineWidget({
	name: 'token-credit',
	version: 1,
	title: 'Which token earned the reward?',
	paper: 'policy-gradients',
	params: {
		task: {
			type: 'choice',
			label: 'An answer is right if',
			options: {
				most: 'more than half of its tokens are right',
				one: 'its middle token is right',
				all: 'all of its tokens are right'
			},
			default: 'most'
		},
		length: {
			type: 'stepper',
			label: 'Tokens an answer',
			symbol: 'T',
			min: 1,
			max: 9,
			step: 1,
			default: 7
		},
		lam: {
			type: 'range',
			label: 'Trust in the reward against the values',
			symbol: 'λ',
			library: { trl: 'lam', verl: 'algorithm.lam' },
			help: 'With 0 a token gets the step from one value to the next, with 1 the reward less the value before it.',
			min: 0,
			max: 1,
			step: 0.05,
			default: 0.95
		},
		valueAnswers: {
			type: 'range',
			label: 'Answers that the values were learned from',
			help: 'Each state’s value is the mean reward of the answers that came through it.',
			scale: 'log',
			min: 1,
			max: 10_000,
			step: 1,
			whole: true,
			default: 16
		},
		answer: {
			type: 'vector',
			label: 'The answer shown',
			item: 'token',
			length: 'length',
			default: [1, 0, 1, 1, 0, 1, 0],
			min: 0,
			max: 1,
			step: 1,
			minLength: 1,
			maxLength: 9,
			inDrawing: true
		},
		rate: {
			type: 'range',
			label: 'How often a token is right',
			min: 0.1,
			max: 0.9,
			step: 0.05,
			default: 0.5,
			more: true
		},
		numGenerations: {
			type: 'range',
			label: 'Answers an estimate',
			symbol: 'G',
			library: { trl: 'num_generations', verl: 'rollout.n' },
			min: 1,
			max: 64,
			step: 1,
			whole: true,
			default: 8,
			more: true
		}
	},
	presets: {
		usual: {
			label: 'Few answers to learn from',
			reason: 'Values from 16 answers: somewhere between 0 and 1 λ is best.',
			values: {}
		},
		plenty: {
			label: 'Well-learned values',
			reason: 'Now the shorter λ, the better: the values know more than one reward does.',
			values: { valueAnswers: 5000, lam: 0 }
		},
		middle: {
			label: 'One token decides',
			reason: 'Whole-answer credit pushes six tokens that changed nothing.',
			values: { task: 'one', valueAnswers: 64, lam: 0 }
		},
		guess: {
			label: 'Values from two answers',
			reason: 'λ = 0 believes them, and is wrong in the mean, however many answers are averaged.',
			values: { valueAnswers: 2, lam: 0, numGenerations: 64 },
			limit: true
		},
		all: {
			label: 'All must be right',
			reason: 'Even perfect values do not beat one number for the whole answer here.',
			values: { task: 'all', rate: 0.8, valueAnswers: 10_000, lam: 1 },
			limit: true
		}
	},
	quantities: {
		error: {
			label: 'Error of the gradient',
			kind: 'trained here',
			role: 'policy',
			evidence: exact
		},
		noisePart: { label: 'its noise', kind: 'trained here', role: 'b', evidence: exact },
		biasPart: { label: 'its bias', kind: 'trained here', role: 'failure', evidence: exact },
		whole: {
			label: 'Error with one number for the whole answer',
			kind: 'exact',
			evidence: exact
		},
		perfect: {
			label: 'Error at this λ with exact values',
			kind: 'exact',
			evidence: exact
		},
		best: { label: 'Best λ', kind: 'trained here', digits: 2, evidence: learned },
		here: { label: 'Error at this λ', kind: 'trained here', evidence: exact },
		middleCredit: {
			label: 'Credit of the middle token',
			kind: 'trained here',
			digits: 2,
			evidence: credit
		}
	},
	random: true,
	run({ task: kind, length, lam, valueAnswers, answer, rate, numGenerations }, stream) {
		const task = tokenTask(kind, length);
		const { answers } = allAnswers(length, rate);
		const known = tokenValues(task, rate);
		const values = learnTokenValues(task, rate, valueAnswers, stream);
		/** Bias and noise of the mean of G answers. */
		const errorOf = (credits: readonly (readonly number[])[]) => {
			const { bias, noise } = creditError(task, rate, credits);
			return { bias, noise: noise / Math.sqrt(numGenerations) };
		};
		const total = ({ bias, noise }: { bias: number; noise: number }) => Math.hypot(bias, noise);
		const errors = LAMBDAS.map((l) => errorOf(tokenCredit(task, values, answers, l)));
		const shown = answer.map((token) => token >= 0.5);
		const end = shown.reduce((state, right, t) => task.next(state, right, t), 0);
		const start = known[0][0];
		return {
			reward: task.reward(end),
			start,
			credits: {
				own: tokenCredit(task, known, [shown], 0)[0],
				estimated: tokenCredit(task, values, [shown], lam)[0],
				whole: wholeCredit(task, [shown], start)[0]
			},
			here: total(errorOf(tokenCredit(task, values, answers, lam))),
			whole: total(errorOf(wholeCredit(task, answers, start))),
			perfect: total(errorOf(tokenCredit(task, known, answers, lam))),
			best: bestLambda(errors.map(total)),
			series: {
				error: { x: LAMBDAS, y: errors.map(total) },
				noisePart: { x: LAMBDAS, y: errors.map(({ noise }) => noise) },
				biasPart: { x: LAMBDAS, y: errors.map(({ bias }) => bias) }
			}
		};
	},
	describe({ here, whole, best, reward, credits, start, series: { error } }, { lam, answer }) {
		const right = answer.filter((token) => token >= 0.5).length;
		const idle = credits.own.filter((c) => Math.abs(c) < 1e-12).length;
		return [
			`With λ = ${print(lam)} a gradient is off by ${print(here)} times the exact one’s length; with one number for the whole answer by ${print(whole)}. Best is λ = ${print(best)}, with ${print(Math.min(...error.y))}.`,
			`The answer shown has ${right} of ${answer.length} tokens right and earns ${reward}, where ${print(start)} was to be expected; ${idle === 0 ? 'every token of it changed that chance' : `${idle} of its tokens changed nothing`}.`
		];
	},
	table: ({ credits }, { answer }) => ({
		columns: [
			{ label: 'token', digits: 0 },
			{ label: 'is' },
			{ label: 'its own credit, exactly' },
			{ label: 'estimated' },
			{ label: 'of the whole answer' }
		],
		rows: answer.map((token, t) => [
			t + 1,
			token >= 0.5 ? 'right' : 'wrong',
			credits.own[t],
			credits.estimated[t],
			credits.whole[t]
		])
	}),
	numbers: ({ here, whole, perfect, best, credits }) => ({
		here,
		whole,
		perfect,
		best,
		middleCredit: credits.estimated[decidingToken(credits.estimated.length)]
	}),
	questions: {
		longer: {
			type: 'number',
			ask: 'Only the middle token decides, and every token of the answer gets the same credit. Answers grow from 3 tokens to 9. By what factor does the noise of the gradient grow?',
			min: 1,
			max: 9,
			step: 0.1,
			near: 0.25,
			tooLow: 'Each further token brings noise of its own.',
			tooHigh: 'The noises of the tokens are independent: their squares add up.',
			answer: (at) => growth(at),
			explain: (at) =>
				`By ${print(growth(at))}: the six further tokens deserve nothing, and their pushes are noise whose squares add up, so it grows like √(T − 1).`
		},
		lambda: {
			type: 'choice',
			ask: 'More than half of 7 tokens must be right. A gradient averages 8 answers. Over 20 seeds, which λ has the smallest error with values learned from 16 answers, and which with values from 5,000?',
			options: [
				{
					text: '1 in both cases',
					feedback: 'λ = 1 never trusts the values, however good they are.'
				},
				{
					text: 'Something in between with 16, 0 with 5,000',
					feedback: 'The better the values, the more they can be trusted; compare the two curves.'
				},
				{ text: '0 in both cases', feedback: 'λ = 0 believes values that 16 answers made.' },
				{
					text: '0 with 16, 1 with 5,000',
					feedback: 'Good values are a reason for a small λ, not for a large one.'
				}
			],
			answer(at) {
				const [few, many] = [16, 5000].map((count) => bestOver(at, count));
				if (few === 1 && many === 1) return 0;
				if (few === 0) return many === 0 ? 2 : 3;
				return 1;
			},
			explain(at) {
				const [few, many] = [16, 5000].map((count) => bestOver(at, count));
				return `In the mean of 20 seeds λ = ${print(few)} is best with 16 answers and λ = ${print(many)} with 5,000. A small λ takes over the values’ errors, a large one the noise of the tokens to come.`;
			}
		},
		all: {
			type: 'choice',
			ask: 'Every one of 7 tokens must be right, and each is, with 0.8. The values are known exactly. How noisy is the gradient with λ = 0, against one number for the whole answer?',
			options: [
				{
					text: 'Less than half as noisy',
					feedback: 'That is so where most tokens must be right. Here a single mistake decides.'
				},
				{
					text: 'About as noisy',
					feedback: 'Look at the preset “All must be right”.'
				},
				{ text: 'More than twice as noisy', feedback: 'It is not that bad.' }
			],
			answer(at) {
				const { perfect, whole } = at({ task: 'all', rate: 0.8, lam: 0 });
				return perfect < whole / 2 ? 0 : perfect > 2 * whole ? 2 : 1;
			},
			explain(at) {
				const { perfect, whole } = at({ task: 'all', rate: 0.8, lam: 0 });
				return `${print(perfect)} against ${print(whole)}. The first mistake carries all the credit, and it is rare and large: that is what the noise is made of, and no value takes it away.`;
			}
		}
	},
	standIns: [
		'Tokens that are right or wrong, each with a logit of its own, stand in for a language model’s, so that every answer can be summed.',
		'A table of the states that answers pass through stands in for a value network.'
	],
	source: [
		'kernels/policy-gradient/tokenTask.ts',
		'kernels/policy-gradient/tokenValues.ts',
		'kernels/policy-gradient/tokenCredit.ts',
		'kernels/policy-gradient/wholeCredit.ts',
		'kernels/policy-gradient/creditError.ts',
		'kernels/rl/gae.ts'
	]
});

function bestLambda(errors: readonly number[]): number {
	return LAMBDAS[errors.indexOf(Math.min(...errors))];
}

function growth(at: (changed: object) => { whole: number }): number {
	const [short, long] = [3, 9].map((length) => at({ task: 'one', length }).whole);
	return long / short;
}

/** The λ of the smallest mean error over 20 seeds. */
function bestOver(
	at: (changed: object, seed: number) => { series: { error: { y: readonly number[] } } },
	valueAnswers: number
): number {
	const runs = Array.from({ length: 20 }, (_, i) => at({ valueAnswers }, i + 1).series.error.y);
	return bestLambda(LAMBDAS.map((_, i) => runs.reduce((sum, y) => sum + y[i], 0)));
}
