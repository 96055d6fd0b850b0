import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toCsv } from '../../src/player/csv';

test('heads carry units; numbers keep their full precision', () => {
	const columns = [{ label: 'step' }, { label: 'regret', unit: 'tokens' }];
	expect(toCsv({ columns, rows: [[1, 0.1 + 0.2]] })).toBe(
		'step,regret (tokens)\r\n1,0.30000000000000004\r\n'
	);
});

test('quotes, commas and line breaks stay in their cell', () => {
	expect(toCsv({ columns: [{ label: 'a' }], rows: [['say "x", then\nstop']] })).toBe(
		'a\r\n"say ""x"", then\nstop"\r\n'
	);
});

test('no cell of words starts as a formula of a spreadsheet', () => {
	fc.assert(
		fc.property(fc.constantFrom('=', '+', '-', '@'), fc.string(), (first, rest) => {
			const [, cell] = toCsv({ columns: [{ label: 'a' }], rows: [[first + rest]] }).split('\r\n');
			expect(cell).toMatch(/^"?'/);
		}),
		{ seed: 1 }
	);
});
