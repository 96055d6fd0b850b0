import { expect, test } from 'vitest';
import {
	importanceRatios,
	type ImportanceRatioOptions,
	type ImportanceSamplingLevel
} from '../../../src/kernels/rl/importanceRatios';

const LOG_RATIOS = [0.1, 0.3, -2];
const of = (options: ImportanceRatioOptions, logRatios = LOG_RATIOS, mask = [1, 1, 0]) =>
	importanceRatios(Float64Array.from(logRatios), mask, 1, logRatios.length, options);
const near = (got: Float64Array, want: number[]) =>
	want.forEach((value, i) => expect(got[i]).toBeCloseTo(value, 15));

test('token, sequence and sum: the masked token has no say in its sequence', () => {
	near(of({}).ratios, [Math.exp(0.1), Math.exp(0.3), Math.exp(-2)]);
	near(of({ importanceSamplingLevel: 'sequence' }).ratios, Array(3).fill(Math.exp(0.2)));
	near(of({ importanceSamplingLevel: 'sequence' }).shares, [0.5, 0.5, 0.5]);
	near(of({ importanceSamplingLevel: 'sequence_token' }).ratios, Array(3).fill(Math.exp(0.2)));
	near(of({ importanceSamplingLevel: 'sequence_token' }).shares, [1, 1, 1]);
	near(of({ importanceSamplingLevel: 'sequence_sum' }).ratios, Array(3).fill(Math.exp(0.4)));
	near(of({ importanceSamplingLevel: 'sequence_sum' }).shares, [1, 1, 1]);
});

test('a sequence of one token has the token’s ratio; an empty one has ratio 1', () => {
	for (const importanceSamplingLevel of ['sequence', 'sequence_token', 'sequence_sum'] as const) {
		near(of({ importanceSamplingLevel }, [0.7], [1]).ratios, [Math.exp(0.7)]);
		near(of({ importanceSamplingLevel }, [0.7, 3], [0, 0]).ratios, [1, 1]);
	}
});

test('clamps hold the ratio and stop its gradient', () => {
	const token = of({ logRatioClamp: 20 }, [1000, -1000, 20, NaN], [1, 1, 1, 1]);
	near(token.ratios, [Math.exp(20), Math.exp(-20), Math.exp(20)]);
	expect([...token.shares]).toEqual([0, 0, 1, 0]);
	expect(of({}, [1000], [1]).ratios[0]).toBe(Infinity);
	const sequence = of(
		{ importanceSamplingLevel: 'sequence_token', sequenceLogRatioMax: 10 },
		[30, 10],
		[1, 1]
	);
	near(sequence.ratios, [Math.exp(10), Math.exp(10)]);
	expect([...sequence.shares]).toEqual([0, 0]);
});

test('a NaN on a masked token gets into its sequence only where it leaks', () => {
	const values = [0.1, 0.3, NaN];
	const importanceSamplingLevel = 'sequence';
	near(of({ importanceSamplingLevel }, values).ratios, Array(3).fill(Math.exp(0.2)));
	expect(of({ importanceSamplingLevel, leaks: true }, values).ratios[0]).toBeNaN();
});

test('bad input is refused by name', () => {
	const level = 'answer' as ImportanceSamplingLevel;
	expect(() => of({ importanceSamplingLevel: level })).toThrow(
		'importanceRatios: importanceSamplingLevel must be token, sequence'
	);
	expect(() => of({ logRatioClamp: -1 })).toThrow('logRatioClamp must be ≥ 0, got -1');
	expect(() => of({ sequenceLogRatioMax: NaN })).toThrow(
		'sequenceLogRatioMax must be ≥ 0, got NaN'
	);
});
