import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkValue, decodeValue, encodeValue } from '../../src/player/values';
import type { Param } from '../../src/widgets/contract';

const range: Param = { type: 'range', label: 'β', min: 0, max: 1, step: 0.01, default: 0.04 };
const stepper: Param = { type: 'stepper', label: 'G', min: 1, max: 64, step: 1, default: 8 };
const choice: Param = {
	type: 'choice',
	label: 'Scale',
	options: { group: 'by group', none: 'not' },
	default: 'group'
};
const toggle: Param = { type: 'switch', label: 'Clip', default: false };
const vector: Param = {
	type: 'vector',
	label: 'Rewards',
	item: 'reward',
	default: [1, 0],
	min: -10,
	max: 10,
	step: 0.1,
	minLength: 1,
	maxLength: 4
};

const text: Param = { type: 'text', label: 'Answer', default: '', maxLength: 12 };
const lines: Param = { ...text, lines: 2 };
const ranking: Param = {
	type: 'ranking',
	label: 'Voter',
	items: ['A', 'B', 'C'],
	default: [0, 1, 2]
};
const points: Param = {
	type: 'points',
	label: 'Cities',
	item: 'city',
	default: [0, 0, 1, 1],
	min: 0,
	max: 9,
	step: 1,
	minLength: 1,
	maxLength: 2
};

test.each([
	[text, '<b>4</b>', '<b>4</b>'],
	[lines, 'a\nb', 'a\nb'],
	[ranking, '2,0,1', [2, 0, 1]],
	[points, '1,2,3,4', [1, 2, 3, 4]],
	[range, '0.5', 0.5],
	[range, '1e-3', 0.001],
	[stepper, '16', 16],
	[choice, 'none', 'none'],
	[toggle, 'true', true],
	[vector, '1,0,-2.5', [1, 0, -2.5]]
])('a fitting setting is read', (param, text, value) => {
	expect(decodeValue(text, param)).toEqual({ value });
});

test.each([
	[text, 'a\nb', 'one line of at most 12 characters'],
	[text, 'a\u0000b', 'one line of at most 12 characters'],
	[text, '0123456789abc', 'one line of at most 12 characters'],
	[lines, 'a\u001bb', 'text of at most 12 characters'],
	[ranking, '0,1', 'an order of the numbers 0 to 2, each once'],
	[ranking, '0,1,1', 'an order of the numbers 0 to 2, each once'],
	[ranking, '0,1,3', 'an order of the numbers 0 to 2, each once'],
	[points, '1,2,3', 'x and y, from 0 to 9, of each city in turn (1 to 2 of them)'],
	[points, '1,10', 'x and y, from 0 to 9, of each city in turn (1 to 2 of them)'],
	[points, '', 'x and y, from 0 to 9, of each city in turn (1 to 2 of them)'],
	[range, '1.01', 'a number from 0 to 1'],
	[range, '', 'a number from 0 to 1'],
	[range, '0x1', 'a number from 0 to 1'],
	[range, 'Infinity', 'a number from 0 to 1'],
	[stepper, '2.5', 'a whole number from 1 to 64'],
	[choice, 'constructor', 'one of group, none'],
	[choice, '<img src=x>', 'one of group, none'],
	[toggle, '1', 'true or false'],
	[vector, '', '1 to 4 numbers from -10 to 10'],
	[vector, '1,2,3,4,5', '1 to 4 numbers from -10 to 10'],
	[vector, '1,NaN', '1 to 4 numbers from -10 to 10'],
	[{ ...vector, minLength: 4 }, '1', '4 numbers from -10 to 10']
])('a setting that does not fit says what was expected', (param, text, expected) => {
	expect(decodeValue(text, param)).toEqual({ expected });
});

test('what is written into an address is read back unchanged', () => {
	fc.assert(
		fc.property(
			fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 4 }),
			(values) => {
				const plain = values.map((value) => value + 0);
				expect(decodeValue(encodeValue(plain), vector)).toEqual({
					value: plain.map((v) => v || 0)
				});
			}
		),
		{ seed: 1 }
	);
});

test('nothing but a fitting value passes the check', () => {
	fc.assert(
		fc.property(fc.anything(), (anything) => {
			const checked = checkValue(anything, vector);
			if ('value' in checked) {
				const items = checked.value as number[];
				expect(items.length).toBeGreaterThanOrEqual(1);
				expect(items.every((item) => item >= -10 && item <= 10)).toBe(true);
			}
		}),
		{ seed: 1 }
	);
});
