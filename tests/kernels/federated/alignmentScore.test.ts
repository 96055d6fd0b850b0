import { expect, test } from 'vitest';
import { alignmentScore, lowestAlignment } from '../../../src/kernels/federated/alignmentScore';

test('uniform against 50/50 and against 100/0', () => {
	const half = [0.5, 0.5];
	const { score, distances } = alignmentScore([half, half], [half, [1, 0]]);
	expect(distances[0]).toBe(0);
	// 6 digits are what the values were recorded with.
	expect(1 - distances[1]).toBeCloseTo(0.535499, 6);
	expect(score).toBeCloseTo(0.767749, 6);
});

test('opinions without overlap still score .167445', () => {
	expect(alignmentScore([[1, 0, 0]], [[0, 0.5, 0.5]]).score).toBeCloseTo(lowestAlignment, 14);
	expect(lowestAlignment).toBeCloseTo(0.167445, 6);
});

test('a prediction of NaN is refused, or perfect as in the official evaluation', () => {
	const broken = [[NaN, NaN]];
	expect(() => alignmentScore(broken, [[0.9, 0.1]])).toThrow(RangeError);
	expect(alignmentScore(broken, [[0.9, 0.1]], { nanDistance: 'perfect' }).score).toBe(1);
});

test('refuses lists that do not match', () => {
	expect(() => alignmentScore([], [])).toThrow('at least one');
	expect(() => alignmentScore([[1]], [[1], [1]])).toThrow('same questions');
});
