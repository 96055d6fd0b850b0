import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bradleyTerryLinear } from '../../../src/kernels/preference/bradleyTerryLinear';
import { bradleyTerryRidge } from '../../../src/kernels/preference/bradleyTerryRidge';
import reference from '../../reference/rewardModel.json';
import { expectAllNear, section } from '../rl/outside';

interface Inputs {
	differences: number[][];
	alpha: number;
}

describe('SciPy’s BFGS', () => {
	const { cases, tolerance } = section<Inputs, number[]>(reference, 'bradley_terry_linear');
	test.each(cases)('$name', ({ inputs: { differences, alpha }, outputs }) => {
		expectAllNear(bradleyTerryLinear(differences, alpha).weights, outputs, tolerance);
	});
});

const games = fc.array(
	fc
		.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }))
		.filter(([i, j]) => i !== j),
	{ minLength: 1, maxLength: 12 }
);

test('with one feature an answer it is the ridge of strengths', () => {
	fc.assert(
		fc.property(games, fc.double({ min: 0.01, max: 10, noNaN: true }), (played, alpha) => {
			const wins = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
			for (const [winner, loser] of played) wins[winner][loser]++;
			const differences = played.map(([winner, loser]) =>
				[0, 1, 2, 3].map((k) => Number(k === winner) - Number(k === loser))
			);
			const { weights, objective } = bradleyTerryLinear(differences, alpha);
			const want = bradleyTerryRidge(wins, alpha);
			weights.forEach((w, k) => expect(w).toBeCloseTo(want.strengths[k], 9));
			expect(objective).toBeCloseTo(want.objective, 9);
		}),
		{ seed: 1, numRuns: 100 }
	);
});

test('a feature that no comparison varies gets nothing; choices turned round turn the weights round', () => {
	const differences = [
		[1, 0, -2],
		[0.5, 0, 1],
		[-3, 0, 1]
	];
	const { weights } = bradleyTerryLinear(differences, 0.1);
	expect(weights[1]).toBe(0);
	const turned = differences.map((d) => d.map((x) => -x));
	bradleyTerryLinear(turned, 0.1).weights.forEach((w, j) => expect(w).toBeCloseTo(-weights[j], 12));
});

test('answers with equal features tell nothing', () => {
	const { weights, probabilities, objective } = bradleyTerryLinear(
		[
			[0, 0],
			[0, 0]
		],
		1
	);
	expect(weights.map(Math.abs)).toEqual([0, 0]);
	expect(probabilities).toEqual([0.5, 0.5]);
	expect(objective).toBeCloseTo(2 * Math.LN2, 14);
});

test('worked value: w = σ(−w)', () => {
	const [w] = bradleyTerryLinear([[1]], 0.5).weights;
	expect(w).toBeCloseTo(0.401058, 6);
	expect(w).toBeCloseTo(1 / (1 + Math.exp(w)), 12);
});

test.each<[string, number[][], number, string]>([
	['no comparisons', [], 1, 'differences must not be empty'],
	['lengths that differ', [[1, 2], [1]], 1, 'differences[1] must have 2 numbers, got 1'],
	['NaN', [[NaN]], 1, 'differences[0] must be finite'],
	['no ridge', [[1]], 0, 'alpha must be positive and finite, got 0']
])('%s: refused', (_, differences, alpha, message) => {
	expect(() => bradleyTerryLinear(differences, alpha)).toThrow(RangeError);
	expect(() => bradleyTerryLinear(differences, alpha)).toThrow(message);
});
