import { expect, test } from 'vitest';
import { rewardGroups } from '../../../src/kernels/rl/rewardGroups';

test('labels group by value, in the order of their first appearance', () => {
	expect(rewardGroups('kernel', 4, { groups: [7, 3, 7, 7] })).toEqual({
		groups: [0, 1, 0, 0],
		members: [[0, 2, 3], [1]]
	});
});

test('without labels, runs of numGenerations; without that, one group', () => {
	expect(rewardGroups('kernel', 4, { numGenerations: 2 }).members).toEqual([
		[0, 1],
		[2, 3]
	]);
	expect(rewardGroups('kernel', 3, {}).groups).toEqual([0, 0, 0]);
});

test.each([0, 1.5, 3, NaN])('numGenerations %s for 4 rewards is refused', (numGenerations) => {
	expect(() => rewardGroups('kernel', 4, { numGenerations })).toThrow(
		`kernel: numGenerations must be a positive integer that divides the 4 rewards, got ${numGenerations}`
	);
});
