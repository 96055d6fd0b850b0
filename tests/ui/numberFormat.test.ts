import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatExact, formatNumber, parseNumber, readNumber } from '../../src/ui/numberFormat';
import { marksOf } from '../../src/ui/numberMarks';

describe('formatNumber', () => {
	it.each([
		[0.5, 3, '0.5'],
		[1.23456, 3, '1.235'],
		[-2, 3, '−2'],
		[0.1 + 0.2, 9, '0.3'],
		[-0, 3, '0'],
		[1234567, 3, '1234567'],
		// What would be rounded to 0 still says how large it is.
		[0.00042, 3, '0.00042'],
		[-0.00001234, 3, '−1.2e−5'],
		[1e-5, 9, '1e−5'],
		[0.0001, 9, '0.0001'],
		[2.5e24, 3, '2.5e+24'],
		[NaN, 3, 'not a number'],
		[Infinity, 3, '∞'],
		[-Infinity, 3, '−∞']
	])('%f to %i digits is %s', (x, digits, text) => {
		expect(formatNumber(x, digits)).toBe(text);
	});

	it('never writes a hyphen for a minus, and never 0 for what is not 0', () => {
		fc.assert(
			fc.property(fc.double({ noNaN: true }), fc.integer({ min: 0, max: 12 }), (x, digits) => {
				const text = formatNumber(x, digits);
				expect(text).not.toContain('-');
				expect(/^−?0$/.test(text)).toBe(x === 0);
			}),
			{ seed: 1, numRuns: 500 }
		);
	});
});

describe('formatExact', () => {
	it.each([
		[0.1 + 0.2, '0.3'],
		[0.123456789, '0.123456789'],
		[-1.1e-9, '−1.1e−9'],
		[NaN, 'not a number']
	])('%d is %s', (x, text) => {
		expect(formatExact(x)).toBe(text);
	});

	it('is read back as the number it came from', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: -999_999_999_999, max: 999_999_999_999 }),
				fc.integer({ min: -30, max: 30 }),
				(mantissa, exponent) => {
					// Twelve significant digits: all that the text keeps.
					const x = Number(`${mantissa}e${exponent}`);
					expect(parseNumber(formatExact(x))).toBe(x === 0 ? 0 : x);
				}
			),
			{ seed: 1, numRuns: 1000 }
		);
	});
});

describe('parseNumber', () => {
	it.each([
		['0.5', 0.5],
		['.5', 0.5],
		['5.', 5],
		['0,5', 0.5],
		[',5', 0.5],
		['1e-3', 0.001],
		['1E3', 1000],
		['1,5e−3', 0.0015],
		['−2', -2],
		['-2', -2],
		['+2', 2],
		['  7\n', 7]
	])('reads %j', (text, x) => {
		expect(parseNumber(text)).toBe(x);
	});

	it.each([
		'',
		' ',
		'.',
		',',
		'-',
		'abc',
		'1 2',
		'1,000,5',
		'1.000,5',
		'0x10',
		'1e',
		'1e999',
		'Infinity',
		'∞',
		'NaN',
		'--1',
		'5 %',
		'1/3',
		'１'
	])('refuses %j', (text) => {
		expect(parseNumber(text)).toBeUndefined();
	});

	it('gives a finite number or nothing, whatever is typed', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789.,eE+-− ') })),
				(text) => {
					const x = parseNumber(text);
					expect(x === undefined || Number.isFinite(x)).toBe(true);
				}
			),
			{ seed: 1, numRuns: 1000 }
		);
	});
});

describe('readNumber', () => {
	it.each([
		['en', '1,500', [1.5, 1500]],
		['en', '1.500', [1.5]],
		['en', '0,500', [0.5]],
		['en', '1,234.5', [1234.5]],
		['en', '−1,234,567', [-1234567]],
		['en', '1.234,5', []],
		['de', '0,5', [0.5]],
		['de', '0.5', [0.5]],
		['de', '1,500', [1.5]],
		['de', '1.500', [1.5, 1500]],
		['de', '1.234,5', [1234.5]],
		['de', '1,234.5', []],
		['de', '1,5e−3', [0.0015]],
		['fr', '12 500,5', [12500.5]],
		['fr', '12\u202f500', [12500]],
		['fr', '1 2', []],
		['de-CH', '1’500.25', [1500.25]],
		['fa', '0٫5', [0.5]]
	])('in %s takes %j as %j', (language, text, read) => {
		expect(readNumber(text, marksOf(language))).toEqual(read);
	});

	it('reads what the box of a language shows', () => {
		const language = fc.constantFrom('en', 'de', 'fr', 'de-CH', 'pt-BR', 'fa', 'ja', 'hi');
		const number = fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.nat(8));
		fc.assert(
			fc.property(language, number, (language, [digits, places]) => {
				const x = digits / 10 ** places;
				const marks = marksOf(language);
				expect(readNumber(formatExact(x).replace('.', marks.decimal), marks)).toEqual([x + 0]);
			}),
			{ seed: 6, numRuns: 500 }
		);
	});
});
