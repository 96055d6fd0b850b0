import { createTokenizer } from '../lm/tokenizer';
import { checkDifficulty, type Checker, type Difficulty, type Task } from './task';

export interface AdditionOptions {
	/**
	 * 'answer': the sum alone, whose first digit depends on the carries from all the others.
	 * 'carries': first the total of each column from the right, so that every token needs little more
	 * than two digits and the total before.
	 */
	form?: 'answer' | 'carries';
	/**
	 * 'lenient' takes the last number of the text, whatever stands before it, as GSM8K's flexible
	 * extraction does. The loophole: the thought may be missing or nonsense, the form is never learnt.
	 */
	checker?: Checker;
}

const difficulty: Difficulty = { min: 1, max: 4, default: 2, meaning: 'digits of each summand' };
const tokenizer = createTokenizer('0123456789+=,', ['<think>', '</think>']);

/** The totals of the columns of "a+b=" from the right, each with the carry that came in, as two digits. */
function columnTotals(prompt: string): string {
	const [a, b] = prompt.slice(0, -1).split('+');
	const totals: string[] = [];
	let carry = 0;
	for (let i = a.length - 1; i >= 0; i--) {
		const total = Number(a[i]) + Number(b[i]) + carry;
		totals.push(String(total).padStart(2, '0'));
		carry = total > 9 ? 1 : 0;
	}
	return totals.join();
}

/**
 * Adding two numbers of the same length, where a chain of thought pays: the answer alone must look
 * ahead for carries, the thought carries them along from the right.
 *
 *     47+85=   132   or   <think>12,13</think>132
 *
 * Reward: 1 when the sum is right and nothing but the form stands around it, else 0. The part
 * `thought` tells whether the column totals are right; the reward does not ask, it is an outcome reward.
 *
 * `problem` throws RangeError for a difficulty outside 1 … 4.
 */
export function addition({ form = 'answer', checker = 'strict' }: AdditionOptions = {}): Task {
	const carries = form === 'carries';
	return {
		name: 'addition',
		title: carries ? 'Addition with carries written out' : 'Addition',
		description: carries
			? 'Add two numbers: write the total of each column from the right, then the sum.'
			: 'Add two numbers and write the sum alone.',
		tokenizer,
		maxPromptLength: 2 * difficulty.max + 2,
		maxCompletionLength: (carries ? 4 * difficulty.max + 3 : difficulty.max + 2) + 2,
		difficulty,
		problem(digits, stream) {
			checkDifficulty('addition', difficulty, digits);
			const smallest = digits === 1 ? 0 : 10 ** (digits - 1);
			const draw = () => smallest + stream.int(10 ** digits - smallest);
			const [a, b] = [draw(), draw()];
			return {
				prompt: `${a}+${b}=`,
				answer: String(a + b),
				key: `${Math.min(a, b)}+${Math.max(a, b)}`
			};
		},
		demonstration({ prompt, answer }) {
			return carries ? `<think>${columnTotals(prompt)}</think>${answer}` : answer;
		},
		reward({ prompt, answer }, completion) {
			const [, thought, rest] = /^<think>([0-9,]*)<\/think>([^]*)$/.exec(completion) ?? [];
			const parts: Record<string, number> = { answer: 0 };
			if (carries) parts.thought = thought === columnTotals(prompt) ? 1 : 0;
			const refuse = (reason: string) => ({ reward: 0, parts, reason });

			let found: string | undefined;
			if (checker === 'lenient') {
				found = completion.match(/[0-9]+/g)?.at(-1);
				if (found === undefined) return refuse('There is no number.');
			} else {
				found = carries ? rest : completion;
				if (found === undefined) return refuse('It does not begin with one thought in its tags.');
				if (found === '') return refuse('There is no answer.');
				if (!/^[0-9]+$/.test(found)) return refuse('The answer is not a number and nothing else.');
			}
			if (found !== answer) return refuse(`The sum is ${answer}.`);
			parts.answer = 1;
			return { reward: 1, parts, reason: 'The sum is right.' };
		}
	};
}
