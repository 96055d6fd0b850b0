import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logit, sigmoid } from '../../../src/kernels/core/sigmoid';
import {
	successMap,
	successMapLogit,
	successMapLogitSlope,
	successMapSlope
} from '../../../src/kernels/grpo-dynamics/successMap';
import reference from '../../reference/grpoDynamics.json';

describe('edges, computed apart from this project', () => {
	const section = reference.sections.find(({ name }) => name === 'h_edges')!;
	const cases = section.cases as unknown as {
		name: string;
		inputs: { beta: number; p_ref: number; eps: number; p: number };
		outputs: { h: number };
	}[];
	test.each(cases)('$name', ({ inputs: { beta, p_ref, eps, p }, outputs }) => {
		const { rtol, atol } = section.tolerance;
		const got = successMap(p, { pRef: p_ref, beta, epsilon: eps });
		expect(Math.abs(got - outputs.h)).toBeLessThanOrEqual(atol + rtol * outputs.h);
	});
});

const params = fc.record({
	pRef: fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }),
	beta: fc.double({ min: 0.2, max: 50, noNaN: true }),
	epsilon: fc.double({ min: 0, max: 0.2, noNaN: true }),
	normalisation: fc.constantFrom('std+epsilon' as const, 'sqrt(variance+epsilon)' as const)
});
const inner = fc.double({ min: 0.01, max: 0.99, noNaN: true });

test('it depends on p(1−p) only, exceeds the reference and is least at 1/2', () => {
	fc.assert(
		fc.property(inner, params, (p, options) => {
			const h = successMap(p, options);
			// 1 − p is rounded, and logits up to 50 carry that on
			expect(successMap(1 - p, options)).toBeCloseTo(h, 12);
			expect(h).toBeGreaterThanOrEqual(options.pRef);
			expect(successMapLogit(logit(p), options)).toBeGreaterThan(logit(options.pRef));
			expect(h).toBeGreaterThanOrEqual(successMap(0.5, options) * (1 - 1e-14));
		}),
		{ seed: 1, numRuns: 300 }
	);
});

test('both slopes agree with finite differences', () => {
	fc.assert(
		fc.property(inner, params, (p, options) => {
			const step = 1e-5;
			const slope = (successMap(p + step, options) - successMap(p - step, options)) / (2 * step);
			const got = successMapSlope(p, options);
			// third derivatives grow like p^−3.5/β: relative to the largest slope possible here
			const scale = 1 + 1 / (options.beta * (p * (1 - p)) ** 1.5);
			expect(Math.abs(got - slope)).toBeLessThan(1e-5 * scale);
			const t = logit(p);
			const logitSlope =
				(successMapLogit(t + step, options) - successMapLogit(t - step, options)) / (2 * step);
			// values up to 50: rounding 1e-14/step, curvature step²
			expect(successMapLogitSlope(t, options)).toBeCloseTo(logitSlope, 7);
		}),
		{ seed: 1, numRuns: 300 }
	);
});

test('the slope changes its sign with p ↔ 1−p and vanishes at 1/2', () => {
	const options = { pRef: 0.3, beta: 1.5, epsilon: 1e-5 };
	expect(successMapSlope(0.3, options)).toBeCloseTo(-0.31626883, 8);
	expect(successMapSlope(0.7, options)).toBeCloseTo(0.31626883, 8);
	expect(successMapSlope(0.5, options)).toBe(0);
});

test('in logits the map survives where 1 − p is lost', () => {
	const options = { pRef: 0.3, beta: 0.1, epsilon: 1e-5 };
	const at = successMapLogit(60, options);
	expect(sigmoid(60)).toBe(1);
	// at p = 1 − 1e−26 the root is ε alone: logit 0.3 + 10/sqrt(1e−5)
	expect(at).toBeCloseTo(-0.8472978603872036 + 10 / Math.sqrt(1e-5), 8);
	expect(successMapLogitSlope(60, options)).toBeGreaterThan(0);
	expect(successMapLogitSlope(800, options)).toBe(0);
});

test('ε → 0 is continuous; β → ∞ leaves the reference; p_ref 0 stays 0', () => {
	const at = (epsilon: number) => successMap(0.2, { pRef: 0.2, beta: 2, epsilon });
	expect(at(1e-12)).toBeCloseTo(at(0), 10); // ε/(2·0.16^1.5·β), a quarter of it
	expect(at(0)).toBeCloseTo(0.465979, 6); // sigmoid(logit 0.2 + 1/(2·0.4))
	expect(successMap(0.2, { pRef: 0.37, beta: 1e9 })).toBeCloseTo(0.37, 8);
	expect(successMap(0, { pRef: 0, beta: 1, epsilon: 0 })).toBe(0);
	expect(successMap(0, { pRef: 0.3, beta: 1, epsilon: 0 })).toBe(1);
	expect(successMapSlope(0, { pRef: 0.3, beta: 1, epsilon: 0 })).toBe(0);
});

test('whitening pushes at least as hard as its absence, which is 1/β', () => {
	fc.assert(
		fc.property(inner, params, (p, options) => {
			fc.pre(options.normalisation !== 'std+epsilon');
			const meanOnly = logit(options.pRef) + 1 / options.beta;
			// p(1−p) + ε ≤ 0.45, so Ω > 1
			expect(successMapLogit(logit(p), options)).toBeGreaterThan(meanOnly);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('bad input is refused by name', () => {
	expect(() => successMap(0.5, { pRef: 2, beta: 1 })).toThrow('pRef must be in [0, 1], got 2');
	expect(() => successMap(0.5, { pRef: 0.5, beta: 0 })).toThrow('beta must be positive and finite');
	expect(() => successMap(-1, { pRef: 0.5, beta: 1 })).toThrow('p must be in [0, 1], got -1');
	expect(() => successMap(0.5, { pRef: 0.5, beta: 1, epsilon: -1 })).toThrow('epsilon must be');
});
