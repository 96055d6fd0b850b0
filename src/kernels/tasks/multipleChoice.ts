import { shuffle } from '../core/shuffle';
import { createTokenizer } from '../lm/tokenizer';
import { checkDifficulty, type Checker, type Difficulty, type Problem, type Task } from './task';

export interface MultipleChoiceOptions {
	/**
	 * How much the mark gives away in training, from 0 (nothing) to 1 (it always stands at the right
	 * option). Held-out problems have it anywhere: what was learnt from it is worth nothing there.
	 */
	shift?: number;
	/** The share of demonstrations whose letter is a wrong one. The reward knows the right one. */
	labelNoise?: number;
	/**
	 * 'lenient' looks for the right letter anywhere in the text. The loophole: writing all letters.
	 */
	checker?: Checker;
}

export interface MultipleChoiceProblem extends Problem {
	/** The letter that the demonstration gives: the answer, or with label noise another. */
	label: string;
}

const LETTERS = 'ABCDEF';
const difficulty: Difficulty = { min: 2, max: LETTERS.length, default: 4, meaning: 'options' };
const tokenizer = createTokenizer(`0123456789${LETTERS}*?`);

/**
 * Which option is the largest? One of them carries a mark that has nothing to do with the question.
 *
 *     A31B74*C18D55?   B
 *
 * In training the mark stands at the right option with probability 1/n + shift·(1 − 1/n), n options;
 * in held-out problems with 1/n. A model that learns the mark in place of the numbers scores well in
 * training and like chance in the test.
 *
 * Reward: 1 for the right letter and nothing else, 0 otherwise; so is the part `answer`. The key is
 * the set of numbers: neither their order nor the mark makes another problem.
 *
 * Throws RangeError for shift or labelNoise outside 0 … 1; `problem` for a difficulty outside 2 … 6.
 */
export function multipleChoice({
	shift = 0.8,
	labelNoise = 0,
	checker = 'strict'
}: MultipleChoiceOptions = {}): Task<MultipleChoiceProblem> {
	for (const [name, value] of Object.entries({ shift, labelNoise })) {
		if (!(value >= 0 && value <= 1)) {
			throw new RangeError(`multipleChoice: ${name} must be within 0 … 1, got ${value}`);
		}
	}
	return {
		name: 'multipleChoice',
		title: 'Multiple choice with a tell-tale mark',
		description: 'Name the option with the largest number; the mark is no reason.',
		tokenizer,
		maxPromptLength: 3 * difficulty.max + 2,
		maxCompletionLength: difficulty.max + 2,
		difficulty,
		problem(count, stream, part = 'train') {
			checkDifficulty('multipleChoice', difficulty, count);
			const numbers = distinctNumbers(count, (n) => stream.int(n));
			const right = numbers.indexOf(Math.max(...numbers));
			const wrong = shuffle(
				stream,
				[...numbers.keys()].filter((i) => i !== right)
			)[0];
			const told = part === 'train' && stream.uniform() < shift;
			const mark = told ? right : stream.int(count);
			const labelled = stream.uniform() < labelNoise ? wrong : right;
			const options = numbers.map((x, i) => `${LETTERS[i]}${x}${i === mark ? '*' : ''}`);
			return {
				prompt: `${options.join('')}?`,
				answer: LETTERS[right],
				key: [...numbers].sort().join(),
				label: LETTERS[labelled]
			};
		},
		demonstration: ({ label }) => label,
		reward({ answer }, completion) {
			const right = checker === 'strict' ? completion === answer : completion.includes(answer);
			const verdict = (reason: string) => ({
				reward: right ? 1 : 0,
				parts: { answer: right ? 1 : 0 },
				reason
			});
			if (right) return verdict('The letter is right.');
			if (completion === '') return verdict('There is no answer.');
			if (checker === 'strict' && !/^[A-F]$/.test(completion)) {
				return verdict('It is not one letter and nothing else.');
			}
			return verdict(`The largest is ${answer}.`);
		}
	};
}

/** Different two-digit numbers. */
function distinctNumbers(count: number, int: (n: number) => number): number[] {
	const numbers = new Set<number>();
	while (numbers.size < count) numbers.add(10 + int(90));
	return [...numbers];
}
