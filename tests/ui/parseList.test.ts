import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatExact } from '../../src/ui/numberFormat';
import { parseList } from '../../src/ui/parseList';

describe('parseList', () => {
	it.each([
		['1 0 0 1', [1, 0, 0, 1]],
		['1,0,0,1', [1, 0, 0, 1]],
		['1, 0, 0.5', [1, 0, 0.5]],
		['[1, 0]', [1, 0]],
		['[0,5]', [0, 5]],
		['[ 0.5 ]', [0.5]],
		['0,5; 1', [0.5, 1]],
		['0,5 0,25', [0.5, 0.25]],
		['1\t0\n−1\n', [1, 0, -1]]
	])('reads %j', (text, list) => {
		expect(parseList(text)).toEqual(list);
	});

	it.each(['', '7', '0,5', '[]', 'hello world', '1 two 3', '[1, 2', '1;;2'])(
		'leaves %j alone',
		(text) => {
			expect(parseList(text)).toBeUndefined();
		}
	);

	it.each([' ', ', ', '; ', '\n', '\t'])('reads back a list written with %j', (between) => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 2, maxLength: 16 }),
				(list) => {
					const numbers = list.map((x) => x / 100);
					expect(parseList(numbers.map(formatExact).join(between))).toEqual(numbers);
				}
			),
			{ seed: 1, numRuns: 200 }
		);
	});
});
