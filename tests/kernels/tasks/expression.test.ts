import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluateExpression } from '../../../src/kernels/tasks/expression';
import { applyOperator, printRational, rational } from '../../../src/kernels/tasks/rational';

function value(text: string): string {
	const result = evaluateExpression(text);
	return result.value === undefined ? result.reason : printRational(result.value);
}

test.each([
	['6/(1-3/4)', '24'],
	['8/(3-8/3)', '24'],
	['1+2*3', '7'],
	['(1+2)*3', '9'],
	['10-3-2', '5'],
	['10-(3-2)', '9'],
	['64/4/2', '8'],
	['64/(4/2)', '32'],
	['2*3/4', '3/2'],
	['1/3-1/2', '-1/6'],
	['0/5', '0'],
	['((((7))))', '7'],
	['99999999999999999999+1', '100000000000000000000']
])('%s = %s', (text, want) => expect(value(text)).toBe(want));

test.each([
	['', 'There is no expression.'],
	['1'.repeat(101), 'It is longer than 100 characters.'],
	['('.repeat(1e6), 'It is longer than 100 characters.'],
	['('.repeat(100), 'The text ends where a number is expected.'],
	['1+', 'The text ends where a number is expected.'],
	['(1+2', 'The text ends where ")" is expected.'],
	['(1+2]', '"]" stands where ")" is expected.'],
	['1+2)', '")" stands where an operator is expected.'],
	['()', '")" stands where a number is expected.'],
	['-1', '"-" stands where a number is expected.'],
	['1--1', '"-" stands where a number is expected.'],
	['2**3', '"*" stands where a number is expected.'],
	['2//3', '"/" stands where a number is expected.'],
	['2^3', '"^" stands where an operator is expected.'],
	['2(3)', '"(" stands where an operator is expected.'],
	['1 + 2', '" " stands where an operator is expected.'],
	['1.5', '"." stands where an operator is expected.'],
	['1e3', '"e" stands where an operator is expected.'],
	['٣+1', '"٣" stands where a number is expected.'],
	['01+2', '01 begins with 0.'],
	['1/0', 'It divides by 0.'],
	['1/(2-2)', 'It divides by 0.'],
	['3+4=7', '"=" stands where an operator is expected.']
])('%j is refused: %s', (text, reason) => expect(value(text)).toBe(reason));

const expression = fc.letrec<{ tree: string }>((tie) => ({
	tree: fc.oneof(
		{ maxDepth: 4, withCrossShrink: true },
		fc.integer({ min: 0, max: 20 }).map(String),
		fc
			.tuple(tie('tree'), fc.constantFrom('+', '-', '*', '/'), tie('tree'), fc.boolean())
			.map(([a, operator, b, bracket]) => (bracket ? `(${a}${operator}${b})` : a + operator + b))
	)
})).tree;

test('it agrees with the evaluation of JavaScript itself', () => {
	fc.assert(
		fc.property(expression, (text) => {
			fc.pre(text.length <= 100);
			const result = evaluateExpression(text);
			const want: number = new Function(`return ${text}`)();
			if (result.value === undefined) {
				// Only a division by 0 can stop a well-formed expression.
				expect(result.reason).toBe('It divides by 0.');
				return;
			}
			const got = Number(result.value.numerator) / Number(result.value.denominator);
			fc.pre(Number.isFinite(want));
			// floats round some ten times on the way, and differences cancel
			expect(got).toBeCloseTo(want, 6);
			expect(result.numbers).toEqual(text.match(/[0-9]+/g));
		}),
		{ seed: 1, numRuns: 1000 }
	);
});

describe('rational', () => {
	test('lowest terms, the sign above', () => {
		expect(rational(6n, -4n)).toEqual({ numerator: -3n, denominator: 2n });
		expect(rational(0n, -5n)).toEqual({ numerator: 0n, denominator: 1n });
		expect(() => rational(1n, 0n)).toThrow('rational: denominator must not be 0');
	});

	test('the laws of a field', () => {
		const number = fc
			.tuple(fc.bigInt({ min: -99n, max: 99n }), fc.bigInt({ min: 1n, max: 99n }))
			.map(([a, b]) => rational(a, b));
		fc.assert(
			fc.property(number, number, number, (x, y, z) => {
				const sum = applyOperator('+', x, y);
				expect(applyOperator('-', sum, y)).toEqual(x);
				expect(applyOperator('*', sum, z)).toEqual(
					applyOperator('+', applyOperator('*', x, z), applyOperator('*', y, z))
				);
				fc.pre(z.numerator !== 0n);
				expect(applyOperator('*', applyOperator('/', x, z), z)).toEqual(x);
			}),
			{ seed: 1, numRuns: 300 }
		);
		const third = rational(1n, 3n);
		expect(printRational(applyOperator('+', third, rational(1n, 6n)))).toBe('1/2');
	});
});
