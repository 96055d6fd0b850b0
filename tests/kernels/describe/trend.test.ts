import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trend } from '../../../src/kernels/describe/trend';

const direction = (ys: number[], least?: number) =>
	trend(
		ys.map((_, i) => i),
		ys,
		least
	).direction;

describe('trend', () => {
	it.each([
		[[1, 2, 3], 'rises'],
		[[3, 2, 1], 'falls'],
		[[2, 2, 2], 'stays level'],
		[[5], 'stays level'],
		[[0, 2, 1], 'rises, then falls'],
		[[2, 0, 1], 'falls, then rises'],
		[[0, 3, -3, 0], 'swings'],
		[[0, 1, 1.04], 'rises'],
		[[-Infinity, 1, NaN, 2, Infinity], 'rises']
	])('%j %s', (ys, expected) => {
		expect(direction(ys)).toBe(expected);
	});

	it('takes changes up to `least` for none', () => {
		expect(direction([0, 0.4, 0.1], 0.5)).toBe('stays level');
		expect(direction([0, 0.6, 0.1], 0.5)).toBe('rises, then falls');
	});

	it('gives the finite ends and their difference', () => {
		expect(trend([0, 1, 2, 3], [NaN, 1, 4, NaN])).toEqual({
			direction: 'rises',
			first: { x: 1, y: 1, index: 1 },
			last: { x: 2, y: 4, index: 2 },
			change: 3
		});
	});

	it('turns over when the line is turned over', () => {
		const over: Record<string, string> = {
			rises: 'falls',
			falls: 'rises',
			'rises, then falls': 'falls, then rises',
			'falls, then rises': 'rises, then falls',
			'stays level': 'stays level',
			swings: 'swings'
		};
		fc.assert(
			fc.property(fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1 }), (ys) => {
				expect(direction(ys.map((y) => -y))).toBe(over[direction(ys)]);
			}),
			{ seed: 1, numRuns: 200 }
		);
	});

	it('refuses what it cannot describe', () => {
		expect(() => trend([0, 1], [1])).toThrow(RangeError);
		expect(() => trend([0], [NaN])).toThrow(RangeError);
		expect(() => trend([], [])).toThrow(/trend/);
		expect(() => trend([0], [1], -1)).toThrow(/least/);
		expect(() => trend([0], [1], NaN)).toThrow(/least/);
	});
});
