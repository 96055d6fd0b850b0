import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cosineSimilarity } from '../../../src/kernels/retrieval/cosineSimilarity';
import { mostSimilar } from '../../../src/kernels/retrieval/mostSimilar';
import { standardise, standardsOf } from '../../../src/kernels/retrieval/standardise';
import reference from '../../reference/cosine.json';
import { decode, expectNear, section, type Encoded } from '../rl/outside';

describe('scikit-learn', () => {
	const { cases, tolerance } = section<
		{ a: Encoded[]; b: Encoded[] },
		Record<'sklearn' | 'torch (eps 1e-8)' | 'scipy 1-cosine distance', number | string>
	>(reference, 'cosine_similarity');
	// scikit-learn's squares underflow at 1e-200; here the direction of the tiny vector counts. NaN throws in both.
	const usual = cases.filter(({ name }) => name !== 'tiny 1e-200' && name !== 'NaN');
	test.each(usual)('$name', ({ inputs, outputs }) => {
		expectNear(cosineSimilarity(decode(inputs.a), decode(inputs.b)), outputs.sklearn, tolerance);
	});
	test('a NaN is refused, as there', () => {
		expect(() => cosineSimilarity([NaN, 1], [1, 1])).toThrow(
			'entry 0 must be finite, got NaN and 1'
		);
	});
	test('tiny and huge vectors keep their direction', () => {
		expect(cosineSimilarity([1e-200, 1e-200], [1, 1])).toBeCloseTo(1, 14);
		expect(cosineSimilarity([1e200, 0], [1, 1])).toBeCloseTo(Math.SQRT1_2, 14);
	});
});

const vectors = (n: number) =>
	fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: n, maxLength: n });

test('symmetric, within [−1, 1], blind to length, worked value', () => {
	expect(cosineSimilarity([1, 0, 1], [1, 1, 0])).toBeCloseTo(0.5, 15);
	fc.assert(
		fc.property(
			vectors(4),
			vectors(4),
			fc.double({ min: 0.01, max: 100, noNaN: true }),
			(a, b, scale) => {
				const cosine = cosineSimilarity(a, b);
				expect(Math.abs(cosine)).toBeLessThanOrEqual(1);
				expect(cosineSimilarity(b, a)).toBeCloseTo(cosine, 12);
				// products of entries down to 1e-308 may lose digits when scaled; the cosine itself is of order 1
				expect(
					cosineSimilarity(
						a.map((x) => scale * x),
						b
					)
				).toBeCloseTo(cosine, 9);
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test('standardised features forget their units, raw ones do not', () => {
	const stored = [
		[30, 2, -5],
		[2, 0.5, 5],
		[22, 5, 0]
	];
	const query = [12, 1, 5];
	const inKilometres = ([x, ...rest]: number[]) => [x / 1000, ...rest];
	const near = (vs: number[][], q: number[]) => mostSimilar(q, vs, 1)[0].position;
	expect(near(stored, query)).not.toBe(near(stored.map(inKilometres), inKilometres(query)));
	const both = [stored, stored.map(inKilometres)].map((vs, i) => {
		const standards = standardsOf(vs);
		const q = i === 0 ? query : inKilometres(query);
		return mostSimilar(
			standardise(q, standards),
			vs.map((v) => standardise(v, standards)),
			3
		);
	});
	expect(both[0].map(({ position }) => position)).toEqual(both[1].map(({ position }) => position));
	both[0].forEach(({ similarity }, i) => expect(similarity).toBeCloseTo(both[1][i].similarity, 12));
});

test('most similar first, earlier of equals first, fewer than k is all', () => {
	const stored = [
		[0, 1],
		[2, 1],
		[5, 0],
		[1, 0]
	];
	expect(mostSimilar([1, 0], stored, 2).map(({ position }) => position)).toEqual([2, 3]);
	expect(mostSimilar([1, 0], stored, 9)).toHaveLength(4);
	expect(
		mostSimilar(
			[1, 0],
			[
				[0, 1],
				[2, 1],
				[5, 0]
			],
			2
		).map(({ position }) => position)
	).toEqual([2, 1]);
});

test('standards: means and deviations, 1 where nothing changes', () => {
	expect(
		standardsOf([
			[0, 5],
			[2, 5]
		])
	).toEqual({ means: [1, 5], deviations: [1, 1] });
	expect(standardise([3, 5], { means: [1, 5], deviations: [2, 1] })).toEqual([1, 0]);
});

test.each([
	[() => cosineSimilarity([], []), 'same length, at least 1, got 0 and 0'],
	[() => cosineSimilarity([1], [1, 2]), 'same length, at least 1, got 1 and 2'],
	[() => mostSimilar([1], [[1]], 0), 'k must be a positive integer, got 0'],
	[() => standardsOf([]), 'vectors must not be empty']
])('bad input is refused (%#)', (call, message) => {
	expect(call).toThrow(RangeError);
	expect(call).toThrow(message);
});
