import { expect, test } from 'vitest';
import { readPoints } from '../../src/ui/readPoints';
import type { PointsParam } from '../../src/widgets/contract';

const param: PointsParam = {
	type: 'points',
	label: 'Cities',
	item: 'city',
	default: [0, 0, 1, 1],
	min: 0,
	max: 100,
	step: 1,
	minLength: 2,
	maxLength: 3
};

test.each([
	['1 2\n3 4', [1, 2, 3, 4]],
	['1, 2\r\n\r\n3; 4\n', [1, 2, 3, 4]],
	['[1, 2]\n[3, 4.5]', [1, 2, 3, 4.5]]
])('%j is read', (text, points) => {
	expect(readPoints(text, param)).toEqual({ points });
});

test.each([
	['1 2\nx y', 2, 'expected x and y'],
	['1 2 3\n4 5', 1, 'expected x and y'],
	['1 2', 1, 'Points read: 1. 2 to 3 will do'],
	['', 1, 'Points read: 0'],
	['1 2\n3 400', 2, 'city 2 lies outside 0 to 100']
])('%j is refused with its line', (text, line, wrong) => {
	const reading = readPoints(text, param);
	expect(reading).toMatchObject({ line });
	expect('wrong' in reading && reading.wrong).toContain(wrong);
});

test('a format of the parameter comes first', () => {
	const read = () => ({ line: 7, wrong: 'no EOF' });
	expect(readPoints('1 2\n3 4', { ...param, read })).toEqual({ line: 7, wrong: 'no EOF' });
});
