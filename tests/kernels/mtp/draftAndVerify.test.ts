import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftAndVerify } from '$kernels/mtp/draftAndVerify';

const distribution = fc
	.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 })
	.map((xs) => {
		const sum = xs.reduce((a, b) => a + b, 0);
		return xs.map((x) => x / sum);
	});

test('the token that comes out is distributed as the model’s, whatever drafts', () => {
	fc.assert(
		fc.property(distribution, distribution, (p, q) => {
			const { output, acceptance } = draftAndVerify(p, q);
			output.forEach((x, i) => expect(x).toBeCloseTo(p[i], 12)); // rounding
			// 1 − total variation
			const distance = p.reduce((sum, x, i) => sum + Math.abs(x - q[i]), 0) / 2;
			expect(acceptance).toBeCloseTo(1 - distance, 12);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('tokens a pass: 1 + α + … + α^D', () => {
	const tokens = (acceptance: number, depth: number) =>
		draftAndVerify([acceptance, 1 - acceptance], [1, 0], depth).tokensPerPass;
	expect(tokens(0.85, 1)).toBeCloseTo(1.85, 12);
	expect(tokens(0.9, 1)).toBeCloseTo(1.9, 12);
	expect(tokens(0.5, 3)).toBeCloseTo(1.875, 12);
	expect(tokens(1, 4)).toBe(5);
	expect(tokens(0, 4)).toBe(1);
});

test('a worked value, and drafts that are always right', () => {
	const { acceptance, residual, tokensPerPass } = draftAndVerify([0.5, 0.5], [0.9, 0.1]);
	expect(acceptance).toBeCloseTo(0.6, 12);
	expect(residual[0]).toBe(0);
	expect(residual[1]).toBe(1);
	expect(tokensPerPass).toBeCloseTo(1.6, 12);
	expect(draftAndVerify([0.25, 0.75], [0.25, 0.75]).residual).toEqual([0, 0]);
});

test('what is refused', () => {
	expect(() => draftAndVerify([1], [0.5, 0.5])).toThrow('q must have 1 numbers, got 2');
	expect(() => draftAndVerify([0.5, 0.6], [0.5, 0.5])).toThrow('p must be probabilities');
	expect(() => draftAndVerify([1], [1], -1)).toThrow('depth must be');
});
