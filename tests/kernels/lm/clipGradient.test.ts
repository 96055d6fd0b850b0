import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clipGradient } from '../../../src/kernels/lm/clipGradient';
import reference from '../../reference/adamW.json';

const section = reference.sections.find(({ name }) => name === 'clip_grad_norm')!;
interface Case {
	name: string;
	inputs: { gradient: number[]; max_norm: number };
	outputs: { norm: number; gradient: number[] };
}

describe('torch.nn.utils.clip_grad_norm_', () => {
	test.each(section.cases as unknown as Case[])('$name', ({ inputs, outputs }) => {
		const gradient = Float32Array.from(inputs.gradient);
		const { norm } = clipGradient(gradient, inputs.max_norm);
		const near = (got: number, want: number) =>
			expect(Math.abs(got - want)).toBeLessThanOrEqual(section.tolerance.rtol * Math.abs(want));
		near(norm, outputs.norm);
		outputs.gradient.forEach((want, i) => near(gradient[i], want));
	});
});

test('the direction stays and the length is at most the limit', () => {
	fc.assert(
		fc.property(
			fc.array(fc.float({ min: -1000, max: 1000, noNaN: true }), { minLength: 1, maxLength: 20 }),
			fc.double({ min: 0.01, max: 100, noNaN: true }),
			(values, limit) => {
				const before = Float32Array.from(values);
				const after = before.slice();
				const { norm, scale } = clipGradient(after, limit);
				expect(norm).toBeCloseTo(Math.hypot(...before), 8);
				// one rounding to float32 each
				expect(Math.hypot(...after)).toBeLessThanOrEqual(limit * (1 + 1e-7));
				after.forEach((g, i) => expect(g).toBe(Math.fround(before[i] * scale)));
				if (norm < limit - 1e-6) expect(after).toEqual(before);
			}
		),
		{ seed: 1, numRuns: 300 }
	);
});

test('no limit clips nothing; bad input is refused by name', () => {
	const gradient = Float32Array.of(1e30, 2);
	expect(clipGradient(gradient, Infinity).scale).toBe(1);
	expect(clipGradient(new Float32Array(0), 1)).toEqual({ norm: 0, scale: 1 });
	expect(() => clipGradient(gradient, 0)).toThrow('maxGradNorm must be above 0, got 0');
	expect(() => clipGradient(Float32Array.of(1, NaN), 1)).toThrow(
		'clipGradient: gradient[1] must be finite, got NaN'
	);
	expect(() => clipGradient(Float32Array.of(-Infinity), 1)).toThrow('got -Infinity');
});
