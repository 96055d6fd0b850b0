import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Aggregation } from '../../../src/kernels/rl/aggregationWeights';
import { valueLoss, type ValueBatch } from '../../../src/kernels/rl/valueLoss';
import reference from '../../reference/valueLoss.json';

type Encoded = number | string;
interface Case {
	name: string;
	inputs: {
		vpreds: number[][];
		old_values: number[][];
		returns: number[][];
		mask: number[][];
		cliprange: number;
		loss_agg_mode?: Aggregation;
		token_level_loss?: boolean;
	};
	outputs: { loss: Encoded; grad_vpred: Encoded[][] };
}

for (const { name: section, tolerance, cases } of reference.sections) {
	describe(section, () => {
		test.each(cases as unknown as Case[])('$name', ({ inputs, outputs }) => {
			const { vpreds, old_values, returns, mask, cliprange } = inputs;
			const got = valueLoss(
				{
					batch: mask.length,
					length: mask[0].length,
					values: vpreds.flat(),
					oldValues: old_values.flat(),
					returns: returns.flat(),
					mask: mask.flat()
				},
				{
					cliprangeValue: cliprange,
					aggregation: inputs.loss_agg_mode,
					lengthEpsilon: 1e-8,
					nonFinite: section === 'value_loss_verl' ? 'where' : 'propagate'
				}
			);
			const near = (value: number, want: Encoded) => {
				const target = Number(want);
				if (!Number.isFinite(target)) return expect(value).toBe(target);
				const bound = tolerance.atol + tolerance.rtol * Math.abs(target);
				expect(Math.abs(value - target)).toBeLessThanOrEqual(bound);
			};
			near(got.loss, outputs.loss);
			outputs.grad_vpred.flat().forEach((want, i) => near(got.gradients[i], want));
		});
	});
}

const number = fc.double({ min: -3, max: 3, noNaN: true });
const list = fc.array(number, { minLength: 6, maxLength: 6 });
const batches = fc.record({ values: list, oldValues: list, returns: list }).map((lists) => ({
	batch: 2,
	length: 3,
	mask: [1, 1, 0, 1, 1, 1],
	...lists
}));

test('the gradient is that of central differences, away from the kinks', () => {
	fc.assert(
		fc.property(batches, (tokens) => {
			const step = 1e-6;
			const { gradients } = valueLoss(tokens, { aggregation: 'grpo' });
			gradients.forEach((gradient, i) => {
				const at = (by: number) =>
					valueLoss(
						{ ...tokens, values: tokens.values.map((v, j) => (i === j ? v + by : v)) },
						{ aggregation: 'grpo' }
					);
				const [up, down] = [at(step), at(-step)];
				fc.pre(up.clipped[i] === down.clipped[i]);
				// squares up to 36: rounding 7e-15 / step
				expect(gradient).toBeCloseTo((up.loss - down.loss) / (2 * step), 7);
			});
		}),
		{ seed: 1, numRuns: 100 }
	);
});

test('never below the plain loss; equal to it without a clip; contributions sum to it', () => {
	fc.assert(
		fc.property(batches, (tokens) => {
			const plain = valueLoss(tokens, { cliprangeValue: Infinity });
			const clipped = valueLoss(tokens);
			expect(clipped.loss).toBeGreaterThanOrEqual(plain.loss);
			expect(plain.clipFraction).toBe(0);
			const squares = [0, 1, 3, 4, 5].map((i) => (tokens.values[i] - tokens.returns[i]) ** 2);
			expect(plain.loss).toBeCloseTo(squares.reduce((a, b) => a + b) / 10, 13);
			const sum = clipped.contributions.reduce((a, b) => a + b, 0);
			expect(Math.abs(sum - clipped.loss)).toBeLessThan(1e-12);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('a value that moved past the clip towards the return rests; one that moved away does not', () => {
	const of = (value: number, target: number) =>
		valueLoss({ batch: 1, length: 1, values: [value], oldValues: [0], returns: [target] });
	expect(of(1, 1)).toMatchObject({ clipFraction: 1 });
	expect(of(1, 1).loss).toBeCloseTo(0.32, 15);
	expect(of(1, 1).gradients[0]).toBe(0);
	expect(of(1, 1).clippedValues[0]).toBe(0.2);
	expect(of(1, -1).gradients[0]).toBe(2);
});

test.each<[string, Partial<ValueBatch>, object, string]>([
	['a short list', { returns: [1] }, {}, 'returns must have batch × length = 2 values, got 1'],
	['a NaN', { values: [0, NaN] }, {}, 'values[1] must be finite, got NaN'],
	['a negative clip', {}, { cliprangeValue: -1 }, 'cliprangeValue must be ≥ 0, got -1'],
	['a batch without tokens', { mask: [0, 0] }, {}, 'mask must keep at least one token']
])('%s is refused', (_, change, options, message) => {
	const tokens = { batch: 1, length: 2, values: [0, 0], oldValues: [0, 0], returns: [0, 0] };
	const call = () => valueLoss({ ...tokens, ...change }, options);
	expect(call).toThrow(RangeError);
	expect(call).toThrow(`valueLoss: ${message}`);
});
