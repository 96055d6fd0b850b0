import type { Stream } from '../core/stream';
import { createTokenizer } from '../lm/tokenizer';
import { evaluateExpression } from './expression';
import { printRational, type Operator } from './rational';
import { checkDifficulty, type Checker, type Difficulty, type Problem, type Task } from './task';

export interface CountdownOptions {
	/**
	 * 'lenient' looks at the value alone. The loophole: the target itself is an expression of that value.
	 */
	checker?: Checker;
	/** Always this target, as 24 in the card game. Default: whatever the numbers happened to make. */
	target?: number;
}

export interface CountdownProblem extends Problem {
	/** One expression that reaches the target; there may be others. */
	solution: string;
}

const LARGEST_TARGET = 99;
const MOST_TRIES = 100_000;
const difficulty: Difficulty = { min: 2, max: 5, default: 3, meaning: 'numbers to combine' };
const tokenizer = createTokenizer('0123456789,=:+-*/()');

const givenNumbers = (prompt: string) => prompt.slice(0, prompt.indexOf('=')).split(',');

/**
 * The countdown game: reach the target with + − × ÷ and brackets, each number exactly once.
 *
 *     3,4,6=42:   (3+4)*6
 *
 * Reward: the product of the parts. `expression`: the text is an expression and nothing else;
 * `numbers`: it uses the numbers of the question, each once; `value`: it is worth the target, in exact
 * fractions. Every refusal gives its reason. With 'lenient' the numbers do not count.
 *
 * Questions are made from a random expression over numbers 1 … 9 whose every step is a whole number of
 * at least 1; the answer may use fractions, too. The key is the numbers, sorted, and the target.
 *
 * Throws RangeError for a target that is no integer in 1 … 99; `problem` for a difficulty outside 2 … 5
 * and for a target that no expression was found for.
 */
export function countdown({
	checker = 'strict',
	target
}: CountdownOptions = {}): Task<CountdownProblem> {
	if (
		target !== undefined &&
		!(Number.isInteger(target) && target >= 1 && target <= LARGEST_TARGET)
	) {
		throw new RangeError(
			`countdown: target must be an integer in 1 … ${LARGEST_TARGET}, got ${target}`
		);
	}
	return {
		name: 'countdown',
		title: 'Countdown',
		description: 'Combine all numbers, each once, into an expression worth the target.',
		tokenizer,
		maxPromptLength: 2 * difficulty.max + 3,
		// At the most a pair of brackets for each operator but the outermost.
		maxCompletionLength: 2 * difficulty.max - 1 + 2 * (difficulty.max - 2) + 2,
		difficulty,
		problem(count, stream) {
			checkDifficulty('countdown', difficulty, count);
			for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
				const drawn = drawExpression(count, stream);
				if (drawn === undefined || drawn.value > LARGEST_TARGET) continue;
				if (target !== undefined && drawn.value !== target) continue;
				const { numbers, value, text } = drawn;
				return {
					prompt: `${numbers.join()}=${value}:`,
					answer: String(value),
					key: `${[...numbers].sort().join()}=${value}`,
					solution: text
				};
			}
			throw new RangeError(
				`countdown: target must be within reach of ${count} numbers, found no expression for ${target}`
			);
		},
		demonstration: ({ solution }) => solution,
		reward({ prompt, answer }, completion) {
			const parts = { expression: 0, numbers: 0, value: 0 };
			const refuse = (reason: string) => ({ reward: 0, parts, reason });
			const evaluation = evaluateExpression(completion);
			if (evaluation.value === undefined) return refuse(evaluation.reason);
			parts.expression = 1;
			const value = printRational(evaluation.value);
			parts.value = value === answer ? 1 : 0;
			const misuse = wrongNumbers(givenNumbers(prompt), evaluation.numbers);
			parts.numbers = misuse === undefined ? 1 : 0;
			if (checker === 'strict' && misuse !== undefined) return refuse(misuse);
			if (value !== answer) return refuse(`It is worth ${value}, not ${answer}.`);
			return { reward: 1, parts, reason: `It is worth ${answer}.` };
		}
	};
}

function wrongNumbers(given: string[], used: string[]): string | undefined {
	const left = [...given];
	for (const number of used) {
		const place = left.indexOf(number);
		if (place < 0) {
			return given.includes(number)
				? `${number} is used more often than it is given.`
				: `${number} is not given.`;
		}
		left.splice(place, 1);
	}
	return left.length > 0 ? `${left[0]} is not used.` : undefined;
}

interface Drawn {
	text: string;
	value: number;
	/** How strongly the text holds together: 1 for a sum, 2 for a product, 3 for a number. */
	rank: number;
}

const OPERATORS: Operator[] = ['+', '-', '*', '/'];

/** Random numbers combined two at a time; undefined when a step is no whole number of at least 1. */
function drawExpression(count: number, stream: Stream) {
	const numbers = Array.from({ length: count }, () => String(1 + stream.int(9)));
	const heap: Drawn[] = numbers.map((text) => ({ text, value: Number(text), rank: 3 }));
	const take = () => heap.splice(stream.int(heap.length), 1)[0];
	while (heap.length > 1) {
		const combined = combine(OPERATORS[stream.int(4)], take(), take());
		if (combined === undefined) return undefined;
		heap.push(combined);
	}
	return { numbers, ...heap[0] };
}

function combine(operator: Operator, a: Drawn, b: Drawn): Drawn | undefined {
	const rank = operator === '+' || operator === '-' ? 1 : 2;
	const value = {
		'+': a.value + b.value,
		'-': a.value - b.value,
		'*': a.value * b.value,
		'/': a.value / b.value
	}[operator];
	if (value < 1 || !Number.isInteger(value)) return undefined;
	const left = a.rank < rank ? `(${a.text})` : a.text;
	// a−(b−c) and a÷(b×c) need theirs; a+(b−c) and a×(b÷c) can go without.
	const binds = b.rank > rank || (b.rank === rank && (operator === '+' || operator === '*'));
	return { text: `${left}${operator}${binds ? b.text : `(${b.text})`}`, value, rank };
}
