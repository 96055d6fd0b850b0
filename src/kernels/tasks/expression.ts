import { applyOperator, rational, type Operator, type Rational } from './rational';

/** What an expression is worth, or why it is none. */
export type Evaluation =
	{ value: Rational; numbers: string[] } | { value?: undefined; reason: string };

/** Longer texts are refused unread, so that no depth of brackets can overflow the stack. */
export const LONGEST_EXPRESSION = 100;

class Refusal extends Error {}

/**
 * Reads and evaluates an expression by recursive descent, in exact fractions:
 *
 *     expression = term { ("+" | "-") term }
 *     term       = factor { ("*" | "/") factor }
 *     factor     = number | "(" expression ")"
 *     number     = digits, the first not 0 unless it is the only one
 *
 * So there is no sign before a number, no space, no power. Operators of one rank go from the left. Any
 * text may be given; what is no expression comes back with the first reason from the left.
 *
 * Cost: O(length), at most 100 characters. Throws nothing.
 * Worked value: "6/(1-3/4)" is 24, with the numbers 6, 1, 3 and 4.
 */
export function evaluateExpression(text: string): Evaluation {
	const numbers: string[] = [];
	let at = 0;

	function chain(operators: string, operand: () => Rational): Rational {
		let value = operand();
		while (at < text.length && operators.includes(text[at])) {
			const operator = text[at++] as Operator;
			const next = operand();
			if (operator === '/' && next.numerator === 0n) throw new Refusal('It divides by 0.');
			value = applyOperator(operator, value, next);
		}
		return value;
	}
	const expression = () => chain('+-', term);
	const term = () => chain('*/', factor);
	function factor(): Rational {
		if (text[at] === '(') {
			at++;
			const value = expression();
			if (text[at] !== ')') throw new Refusal(`${here()} where ")" is expected.`);
			at++;
			return value;
		}
		const number = /^[0-9]+/.exec(text.slice(at))?.[0];
		if (number === undefined) throw new Refusal(`${here()} where a number is expected.`);
		if (number.length > 1 && number[0] === '0') throw new Refusal(`${number} begins with 0.`);
		at += number.length;
		numbers.push(number);
		return rational(BigInt(number));
	}
	const here = () => (at < text.length ? `"${text[at]}" stands` : 'The text ends');

	if (text === '') return { reason: 'There is no expression.' };
	if (text.length > LONGEST_EXPRESSION) {
		return { reason: `It is longer than ${LONGEST_EXPRESSION} characters.` };
	}
	try {
		const value = expression();
		if (at < text.length) throw new Refusal(`${here()} where an operator is expected.`);
		return { value, numbers };
	} catch (error) {
		if (error instanceof Refusal) return { reason: error.message };
		throw error;
	}
}
