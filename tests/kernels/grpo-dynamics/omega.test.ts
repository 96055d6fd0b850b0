import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { omegaMinus, omegaPlus, omegaSum } from '../../../src/kernels/grpo-dynamics/omega';
import { groupAdvantages } from '../../../src/kernels/rl/groupAdvantages';
import reference from '../../reference/grpoDynamics.json';

const section = reference.sections.find(({ name }) => name === 'omega')!;

describe('computed apart from this project', () => {
	const cases = section.cases as unknown as {
		name: string;
		inputs: { p: number; eps: number };
		outputs: Record<string, number | string>;
	}[];
	test.each(cases)('$name', ({ inputs: { p, eps }, outputs }) => {
		const near = (got: number, want: number | string) => {
			const target = Number(want);
			if (target === Infinity) return expect(got).toBe(Infinity);
			// 0/0 in the reference; the limit is 0 (see below).
			if (Number.isNaN(target)) return expect(got).toBe(0);
			const { rtol, atol } = section.tolerance;
			expect(Math.abs(got - target)).toBeLessThanOrEqual(atol + rtol * Math.abs(target));
		};
		near(omegaPlus(p, eps), outputs.omega_plus);
		near(omegaMinus(p, eps), outputs.omega_minus);
		near(omegaSum(p, eps), outputs['sum=1/sqrt(p(1-p)+eps)']);
	});
});

test('with ε = 0 the weight that vanishes vanishes like a root', () => {
	expect(omegaMinus(0, 0)).toBe(0);
	expect(omegaPlus(1, 0)).toBe(0);
	expect(omegaMinus(1e-20, 0)).toBeCloseTo(1e-10, 20);
});

test('p = 0.2: a success weighs 2, a failure 0.5', () => {
	// a handful of roundings
	expect(omegaPlus(0.2, 0)).toBeCloseTo(2, 14);
	expect(omegaMinus(0.2, 0)).toBeCloseTo(0.5, 14);
	expect(omegaSum(0.2, 0)).toBeCloseTo(2.5, 14);
});

test('under the sampling policy the whitened reward has mean 0 and, for ε = 0, variance 1', () => {
	fc.assert(
		fc.property(
			fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
			fc.double({ min: 0, max: 1, noNaN: true }),
			fc.constantFrom('std+epsilon', 'sqrt(variance+epsilon)'),
			(p, epsilon, place) => {
				const normalisation = place as 'std+epsilon';
				const plus = omegaPlus(p, epsilon, normalisation);
				const minus = omegaMinus(p, epsilon, normalisation);
				// terms up to 1, a few roundings each
				expect(p * plus - (1 - p) * minus).toBeCloseTo(0, 13);
				expect(plus + minus).toBeCloseTo(omegaSum(p, epsilon, normalisation), 9);
				expect(p * omegaPlus(p, 0) ** 2 + (1 - p) * omegaMinus(p, 0) ** 2).toBeCloseTo(1, 9);
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test('they are the advantages of a group with that success rate', () => {
	const { advantages } = groupAdvantages([1, 0, 0, 0, 0], { library: 'paper', epsilon: 0.01 });
	expect(advantages[0]).toBeCloseTo(omegaPlus(0.2, 0.01), 13);
	expect(advantages[1]).toBeCloseTo(-omegaMinus(0.2, 0.01), 13);
	const trl = groupAdvantages([1, 0, 0, 0, 0], { library: 'trl', ddof: 0 }).advantages;
	expect(trl[0]).toBeCloseTo(omegaPlus(0.2, 1e-4, 'std+epsilon'), 13);
});

test('bad input is refused by name', () => {
	expect(() => omegaPlus(1.1, 0)).toThrow('omegaPlus: p must be in [0, 1], got 1.1');
	expect(() => omegaMinus(0.5, -1)).toThrow('omegaMinus: epsilon must be finite and ≥ 0, got -1');
	expect(() => omegaSum(NaN, 0)).toThrow(RangeError);
});
