import { Matrix, solve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import {
	defaultSurvey,
	syntheticOpinions,
	type Survey,
	type SurveyConfig
} from '../../../src/kernels/gpo/syntheticOpinions';

const survey = (changed: Partial<SurveyConfig> = {}, seed = 1) =>
	syntheticOpinions({ ...defaultSurvey, ...changed }, createStream(seed));

const plain = survey();

/** Every row but the first of its question, against that first one: [row, first row]. */
function comparisons({ starts, config }: Survey): [number, number][] {
	return Array.from({ length: config.questions }, (_, q) => q).flatMap((q) =>
		Array.from({ length: starts[q + 1] - starts[q] - 1 }, (_, i): [number, number] => [
			starts[q] + i + 1,
			starts[q]
		])
	);
}

describe('shape', () => {
	test('14 groups, 40 questions of 3 to 5 options, shares that sum to 1', () => {
		expect(plain.shares).toHaveLength(14);
		expect(plain.starts).toHaveLength(41);
		expect(plain.x).toHaveLength(plain.starts[40] * 8);
		const sizes = new Set<number>();
		for (let q = 0; q < 40; q++) {
			sizes.add(plain.starts[q + 1] - plain.starts[q]);
			for (const shares of [...plain.shares, ...plain.trueShares]) {
				const sum = shares.subarray(plain.starts[q], plain.starts[q + 1]).reduce((a, b) => a + b);
				expect(sum).toBeCloseTo(1, 12);
			}
		}
		expect([...sizes].sort()).toEqual([3, 4, 5]);
	});

	test('the same stream gives the same survey', () => {
		expect(survey()).toEqual(plain);
		expect(survey({}, 2).x).not.toEqual(plain.x);
	});
});

describe('the model behind it', () => {
	test('without heterogeneity all groups think alike', () => {
		const { trueShares } = survey({ heterogeneity: 0 });
		for (const shares of trueShares) expect(shares).toEqual(trueShares[0]);
	});

	test('the undecided choose evenly', () => {
		const { trueShares, starts } = survey({ decisiveness: 0 });
		for (let q = 0; q < 40; q++) {
			const options = starts[q + 1] - starts[q];
			expect(trueShares[3][starts[q]]).toBeCloseTo(1 / options, 14);
		}
	});

	test('without embedding noise, log share ratios are linear in the embeddings', () => {
		const exact = survey({ embeddingNoise: 0 });
		const pairs = comparisons(exact);
		const dimX = 8;
		const X = new Matrix(
			pairs.map(([row, first]) =>
				Array.from({ length: dimX }, (_, i) => exact.x[row * dimX + i] - exact.x[first * dimX + i])
			)
		);
		const shares = exact.trueShares[5];
		const y = Matrix.columnVector(
			pairs.map(([row, first]) => Math.log(shares[row] / shares[first]))
		);
		// The traits span three of eight dimensions, so the system needs the pseudo-inverse (SVD).
		const fitted = X.mmul(solve(X, y, true));
		fitted.to1DArray().forEach((value, i) => expect(value).toBeCloseTo(y.get(i, 0), 9));
		// Preference of group 5: length decisiveness·√(1 + heterogeneity²·|z|²).
		const preference = solve(X, y, true).norm('frobenius');
		const z = Math.hypot(exact.cultures[10], exact.cultures[11]);
		expect(preference).toBeCloseTo(1.5 * Math.sqrt(1 + 0.25 * z * z), 9);
	});

	test('heterogeneity and polling change neither questions nor cultures', () => {
		const other = survey({ heterogeneity: 2, respondents: 50 });
		expect(other.x).toEqual(plain.x);
		expect(other.starts).toEqual(plain.starts);
		expect(other.cultures).toEqual(plain.cultures);
	});
});

describe('polling', () => {
	test('everyone asked: the exact shares', () => {
		const all = survey({ respondents: Infinity });
		expect(all.shares).toEqual(all.trueShares);
	});

	test('of 200 asked, squared errors are p(1−p)/200 on average', () => {
		let squares = 0;
		let expected = 0;
		plain.shares.forEach((shares, group) => {
			shares.forEach((share, row) => {
				const p = plain.trueShares[group][row];
				squares += (share - p) ** 2;
				expected += (p * (1 - p)) / 200;
				// Shares are counts of 200 people.
				expect(Math.abs(200 * share - Math.round(200 * share))).toBeLessThan(1e-9);
			});
		});
		// Some 2,200 rows: the ratio's standard deviation is about .035 (seed fixed).
		expect(squares / expected).toBeGreaterThan(0.86);
		expect(squares / expected).toBeLessThan(1.14);
	});

	test('dominance asks more people in the first group', () => {
		const { answers } = survey({ dominance: 20 });
		expect(answers[0]).toBe(160_000);
		expect(answers[1]).toBe(8000);
	});
});

test('refuses settings out of range', () => {
	expect(() => survey({ trainGroups: 0 })).toThrow('trainGroups');
	expect(() => survey({ maxOptions: 2 })).toThrow('maxOptions');
	expect(() => survey({ dimX: 2 })).toThrow('dimX');
	expect(() => survey({ heterogeneity: -1 })).toThrow('heterogeneity');
	expect(() => survey({ respondents: 0.5 })).toThrow('respondents');
	expect(() => survey({ embeddingNoise: NaN })).toThrow('embeddingNoise');
});
