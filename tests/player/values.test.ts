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

test.each([
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
	[vector, '1,NaN', '1 to 4 numbers from -10 to 10']
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
