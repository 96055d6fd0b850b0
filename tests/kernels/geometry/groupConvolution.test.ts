import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	correlate,
	groupConvolution,
	liftingConvolution,
	turnOriented
} from '../../../src/kernels/geometry/groupConvolution';
import { quarterTurns, turnGrid, type Grid } from '../../../src/kernels/geometry/gridTurns';

const wholeGrid = (side: number): fc.Arbitrary<Grid> =>
	fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: side, maxLength: side }), {
		minLength: side,
		maxLength: side
	});
const four = fc.array(wholeGrid(3), { minLength: 4, maxLength: 4 });
const turns = fc.integer({ min: -5, max: 5 });
/** −0 and 0 are the same number here. */
const plain = (maps: readonly Grid[]) => maps.map((map) => map.map((row) => row.map((x) => x + 0)));

describe('turns of a picture', () => {
	test('four quarter turns, or one there and one back, change nothing', () => {
		fc.assert(
			fc.property(wholeGrid(5), turns, (grid, k) => {
				expect(quarterTurns(quarterTurns(grid, k), -k)).toEqual(grid);
				expect(quarterTurns(grid, 4)).toEqual(grid);
				expect(turnGrid(grid, 90 * k)).toEqual(quarterTurns(grid, k));
			}),
			{ seed: 1, numRuns: 100 }
		);
	});

	test('any angle: near a quarter turn it is one, and a round picture stays', () => {
		const grid = [
			[1, 2, 3],
			[4, 5, 6],
			[7, 8, 9]
		];
		turnGrid(grid, 89.9999).forEach((row, i) =>
			row.forEach((value, j) => expect(value).toBeCloseTo(quarterTurns(grid, 1)[i][j], 4))
		);
		const side = Array.from({ length: 21 }, (_, i) => i - 10);
		const bell = side.map((y) => side.map((x) => Math.exp(-(x * x + y * y) / 18)));
		turnGrid(bell, 37).forEach((row, i) =>
			// Bilinear interpolation of a bell of width 3 is off by up to 1/8 of its curvature, 0.02.
			row.forEach((value, j) => expect(Math.abs(value - bell[i][j])).toBeLessThan(0.03))
		);
	});
});

describe('convolutions on the group p4', () => {
	test('lifting: a turned picture gives turned maps, handed on; to the last bit', () => {
		fc.assert(
			fc.property(wholeGrid(9), wholeGrid(3), turns, (grid, filter, k) => {
				const turned = liftingConvolution(quarterTurns(grid, k), filter);
				expect(plain(turned)).toEqual(plain(turnOriented(liftingConvolution(grid, filter), k)));
			}),
			{ seed: 2, numRuns: 60 }
		);
	});

	test('group layers obey the same law, so two can be stacked', () => {
		fc.assert(
			fc.property(wholeGrid(7), wholeGrid(3), four, turns, (grid, first, second, k) => {
				const net = (picture: Grid) => groupConvolution(liftingConvolution(picture, first), second);
				expect(plain(net(quarterTurns(grid, k)))).toEqual(plain(turnOriented(net(grid), k)));
			}),
			{ seed: 3, numRuns: 30 }
		);
	});

	test('a plain correlation with an uneven filter does not, a shift it does', () => {
		const filter = [
			[0, 1, 0],
			[0, 0, 0],
			[0, 0, 0]
		];
		const dot = [0, 1, 2, 3, 4].map((i) =>
			[0, 1, 2, 3, 4].map((j) => (i === 2 && j === 2 ? 1 : 0))
		);
		expect(correlate(quarterTurns(dot, 1), filter)).not.toEqual(
			quarterTurns(correlate(dot, filter), 1)
		);
		// ψ is 1 one row up, so [f ⋆ ψ](t) = f one row above t: the dot moves down.
		expect(correlate(dot, filter)[3][2]).toBe(1);
	});
});

test('the worked value, and bad input refused by name', () => {
	expect(
		quarterTurns(
			[
				[1, 2],
				[3, 4]
			],
			1
		)
	).toEqual([
		[2, 4],
		[1, 3]
	]);
	expect(() => quarterTurns([[1, 2]], 1)).toThrow('quarterTurns: grid must be square');
	expect(() => quarterTurns([[1]], 0.5)).toThrow('turns must be whole, got 0.5');
	expect(() => turnGrid([[1]], NaN)).toThrow('degrees must be finite');
	const even = [
		[1, 2],
		[3, 4]
	];
	expect(() => correlate([[1]], even)).toThrow('a filter must have an odd side, got 2');
	expect(() => groupConvolution([[[1]]], [[[1]]])).toThrow('must have 4 parts, got 1 and 1');
});
