import { expect, test } from 'vitest';
import { print } from '../../../src/kernels/describe/print';

test.each([
	[0.123456, '0.123'],
	[-0.012345, '−0.0123'],
	[1234.5, '1230'],
	[0, '0'],
	[1e-9, '1e−9']
])('%d is printed as %s', (value, text) => {
	expect(print(value)).toBe(text);
});

test('the digits can be chosen', () => {
	expect(print(Math.PI, 5)).toBe('3.1416');
});
