import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskedMean } from '../../../src/kernels/rl/maskedMean';
import type { MaskedLibrary } from '../../../src/kernels/rl/maskedPresets';
import { maskedVariance } from '../../../src/kernels/rl/maskedVariance';
import { whiten } from '../../../src/kernels/rl/whiten';
import reference from '../../reference/maskedStatistics.json';
import { decodeRows, expectNear, expectRowsNear, section, type Encoded } from './outside';
import { ones, tokenTables } from './tokenTables';

interface Inputs {
	values: Encoded[][];
	mask: number[][];
	unbiased?: boolean;
	shift_mean?: boolean;
}

const sections: [string, MaskedLibrary][] = [
	['masked_stats_verl', 'verl'],
	['masked_stats_trl_ppo', 'trl'],
	['masked_stats_search_r1_old_verl', 'searchR1'],
	['masked_stats_openrlhf', 'openrlhf']
];
for (const [name, library] of sections) {
	describe(name, () => {
		const { cases, tolerance } = section<Inputs, Encoded | Encoded[][]>(reference, name);
		test.each(cases)('$name', ({ inputs, outputs, raises }) => {
			const values = decodeRows(inputs.values);
			const { mask, unbiased, shift_mean: shiftMean } = inputs;
			const run = (): number | number[][] => {
				if (shiftMean !== undefined) {
					// the function itself; only TRL's trainer sets masked tokens to 0 after it
					return whiten(values, mask, { library, shiftMean, maskedTokens: 'whiten' }).whitened;
				}
				if (unbiased !== undefined) {
					return maskedVariance(values, mask, { library, ddof: unbiased ? 1 : 0 });
				}
				return maskedMean(values, mask, { library });
			};
			if (raises) return expect(run).toThrow('mask must keep at least');
			const got = run();
			if (Array.isArray(outputs)) expectRowsNear(got as number[][], outputs, tolerance);
			else expectNear(got as number, outputs, tolerance);
		});
	});
}

describe('openrlhf_batch_advantage_normalisation', () => {
	interface BatchInputs {
		advantages: Encoded[][];
		mask: number[][];
		no_std_norm: boolean;
	}
	const { cases, tolerance } = section<BatchInputs, Encoded[][]>(
		reference,
		'openrlhf_batch_advantage_normalisation'
	);
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const { whitened } = whiten(decodeRows(inputs.advantages), inputs.mask, {
			library: 'openrlhf',
			normalisation: inputs.no_std_norm ? 'none' : undefined
		});
		expectRowsNear(whitened, outputs, tolerance);
	});
});

test('the worked values of the docstrings', () => {
	expect(maskedMean([[1, 2, 9]], [[1, 1, 0]])).toBe(1.5);
	expect(maskedVariance([[1, 2, 9]], [[1, 1, 0]])).toBe(0.5);
	const { whitened, mean, variance, scale } = whiten([[1, 3, 9]], [[1, 1, 0]]);
	expect([mean, variance]).toEqual([2, 2]);
	expect(scale).toBeCloseTo(Math.SQRT2, 8);
	expect(whitened[0][0]).toBeCloseTo(-0.7071, 4);
	expect(whitened[0][2]).toBe(0);
});

test('a masked token: 0 in TRL’s trainer, shifted in the others', () => {
	const masked = (library?: MaskedLibrary) =>
		whiten([[1, 3, 2, 9]], [[1, 1, 1, 0]], { library }).whitened[0][3];
	expect(masked()).toBe(0);
	expect(masked('trl')).toBe(0);
	expect(masked('verl')).toBeCloseTo(7, 6); // (9 − 2) / 1
	expect(masked('openrlhf')).toBeCloseTo(7 / Math.sqrt(2 / 3), 6);
});

test('mean 0 and variance 1 over unmasked tokens; the order of rows does not matter', () => {
	fc.assert(
		fc.property(tokenTables, ({ values, mask }) => {
			const kept = values.flatMap((row, i) => row.filter((_, t) => mask[i][t]));
			fc.pre(kept.length > 1 && Math.max(...kept) - Math.min(...kept) > 0.1);
			const { whitened } = whiten(values, mask, { epsilon: 0 });
			// up to 32 values of a spread of 0.1 … 10
			expect(maskedMean(whitened, mask)).toBeCloseTo(0, 10);
			expect(maskedVariance(whitened, mask)).toBeCloseTo(1, 10);
			const turned = whiten([...values].reverse(), [...mask].reverse(), { epsilon: 0 }).whitened;
			whitened.forEach((row, i) =>
				row.forEach((w, t) => expect(turned[mask.length - 1 - i][t]).toBeCloseTo(w, 10))
			);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('a shift and a positive scale of the values change nothing; masked values play no part', () => {
	fc.assert(
		fc.property(
			tokenTables,
			fc.double({ min: -5, max: 5, noNaN: true }),
			fc.double({ min: 0.1, max: 5, noNaN: true }),
			({ values, mask }, shift, scale) => {
				const kept = values.flatMap((row, i) => row.filter((_, t) => mask[i][t]));
				fc.pre(kept.length > 1 && Math.max(...kept) - Math.min(...kept) > 0.1);
				const base = whiten(values, mask, { epsilon: 0 }).whitened;
				const moved = whiten(
					values.map((row, i) => row.map((v, t) => (mask[i][t] ? v * scale + shift : NaN))),
					mask,
					{ epsilon: 0 }
				).whitened;
				base.forEach((row, i) => row.forEach((w, t) => expect(moved[i][t]).toBeCloseTo(w, 9)));
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test('with shiftMean false the mean stays; with normalisation none the spread does', () => {
	const values = [[1, 2, 6]];
	const mask = ones(values);
	const scaled = whiten(values, mask, { shiftMean: false }).whitened;
	expect(maskedMean(scaled, mask)).toBeCloseTo(3, 12);
	expect(maskedVariance(scaled, mask)).toBeCloseTo(1, 7); // ε = 1e-8 beside 7
	expect(whiten(values, mask, { normalisation: 'none' })).toMatchObject({
		whitened: [[-2, -1, 3]],
		scale: 1
	});
});

test('equal values whiten to 0, also for ε = 0', () => {
	expect(whiten([[2, 2]], [[1, 1]], { epsilon: 0 }).whitened).toEqual([[0, 0]]);
});

test.each([
	['no token', () => maskedMean([[1]], [[0]]), 'maskedMean: mask must keep at least one token'],
	['one token', () => maskedVariance([[1]], [[1]]), 'maskedVariance: mask must keep at least 2'],
	['a NaN', () => maskedMean([[1, NaN]], [[1, 1]]), 'maskedMean: values[0][1] must be finite'],
	['a share', () => maskedMean([[1]], [[0.5]]), 'maskedMean: mask[0][0] must be 0 or 1, got 0.5'],
	['rows', () => maskedMean([[1]], [[1], [1]]), "values must have the mask's 2 rows, got 1"],
	['tokens', () => whiten([[1, 2]], [[1]]), "values[0] must have the mask's 1 tokens, got 2"],
	['ε', () => whiten([[1, 2]], [[1, 1]], { epsilon: -1 }), 'whiten: epsilon must be finite and ≥ 0']
])('%s: bad input is refused by name', (_, call, message) => {
	expect(call).toThrow(RangeError);
	expect(call).toThrow(message);
});

test('one token is enough for a population variance', () => {
	expect(maskedVariance([[3]], [[1]], { ddof: 0 })).toBe(0);
});
