import { expect, test } from 'vitest';
import { maximalLottery } from '../../../src/kernels/social-choice/maximalLottery';
import { threeResponses } from '../../../src/kernels/social-choice/threeResponses';

test('worked value', () => {
	expect(threeResponses(0.6, 0.8, 0.7)).toEqual([
		[0.5, 0.6, expect.closeTo(0.3, 15)],
		[0.4, 0.5, 0.8],
		[0.7, expect.closeTo(0.2, 15), 0.5]
	]);
});

test('60–40, 90–10, 55–45: most weight on the first, whose rivals lie farthest apart', () => {
	const margins = threeResponses(0.6, 0.9, 0.55).map((row) => row.map((p) => 2 * p - 1));
	[0.7273, 0.0909, 0.1818].forEach((want, i) =>
		expect(maximalLottery(margins).lottery[i]).toBeCloseTo(want, 4)
	);
});

test('bad input is named', () => {
	expect(() => threeResponses(0.5, 1.1, 0)).toThrow('share 2');
});
