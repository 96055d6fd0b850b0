import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gate } from '$kernels/moe/gate';
import type { GateOptions } from '$kernels/moe/gateOptions';
import reference from '../../reference/deepSeek.json';
import { expectAllNear, section, type Encoded } from '../rl/outside';

interface Inputs {
	router_logits: number[][];
	top_k: number;
	n_group: number;
	topk_group: number;
	bias: number[];
	routed_scaling_factor: number;
}

interface Outputs {
	experts_ascending: number[][];
	weights_in_that_order: Encoded[][];
}

describe.each([
	['official', 'gate_official_deepseek_v3'],
	['transformers', 'gate_hf_deepseek_v3']
] as const)('%s', (library, name) => {
	const { cases, tolerance } = section<Inputs, Outputs>(reference, name);
	test.each(cases)('$name', ({ name: caseName, inputs, outputs }) => {
		inputs.router_logits.forEach((logits, row) => {
			const { experts, weights } = gate(logits, {
				topK: inputs.top_k,
				nGroup: inputs.n_group,
				topkGroup: inputs.topk_group,
				bias: inputs.bias,
				routedScalingFactor: inputs.routed_scaling_factor,
				library
			});
			const order = experts.map((_, i) => i).sort((i, j) => experts[i] - experts[j]);
			const chosen = order.map((i) => experts[i]);
			if (library === 'transformers' && outputs.weights_in_that_order[row].length === 3) {
				// the four experts of the discarded group tie at 0, and which three win is left open
				expect(chosen.every((i) => i >= 4)).toBe(true);
				expect(outputs.experts_ascending[row].every((i) => i >= 4)).toBe(true);
				return;
			}
			// where all scores are 0 every expert ties; the weights are the same whichever wins
			if (!caseName.startsWith('all scores underflow')) {
				expect(chosen).toEqual(outputs.experts_ascending[row]);
			}
			expectAllNear(
				order.map((i) => weights[i]),
				outputs.weights_in_that_order[row],
				tolerance
			);
		});
	});
});

test('a bias turns the choice and stays out of the weights', () => {
	const { experts, weights } = gate([2, 1, 0, -1, 0.5, 0.4, 0.3, 0.2], {
		topK: 2,
		nGroup: 2,
		topkGroup: 1,
		bias: [0, 0, 0, 0, 1, 1, 1, 1]
	});
	expect(experts).toEqual([4, 5]);
	expect(weights[0]).toBeCloseTo(0.5097333372880104, 12); // rounding
});

const logitsOf = fc.array(fc.double({ min: -6, max: 6, noNaN: true }), {
	minLength: 16,
	maxLength: 16
});
const v3: GateOptions = { topK: 4, nGroup: 4, topkGroup: 2, routedScalingFactor: 2.5 };

test('weights sum to the scale, and chosen experts lie in kept groups', () => {
	fc.assert(
		fc.property(logitsOf, logitsOf, (logits, bias) => {
			const { experts, weights, groups } = gate(logits, { ...v3, bias });
			expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(2.5, 12); // rounding
			expect(new Set(experts).size).toBe(4);
			expect(experts.every((i) => groups.includes(Math.floor(i / 4)))).toBe(true);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('raising the bias of a chosen expert leaves its weight, where the choice stays', () => {
	fc.assert(
		fc.property(logitsOf, fc.double({ min: 0, max: 2, noNaN: true }), (logits, more) => {
			const plain = gate(logits, v3);
			const bias = logits.map((_, i) => (plain.experts.includes(i) ? more : 0));
			const raised = gate(logits, { ...v3, bias });
			expect([...raised.experts].sort()).toEqual([...plain.experts].sort());
			raised.experts.forEach((i, place) =>
				expect(raised.weights[place]).toBeCloseTo(plain.weights[plain.experts.indexOf(i)], 12)
			);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('one shift of all biases changes nothing in the official gate, and does in the other', () => {
	fc.assert(
		fc.property(
			// Apart by more than rounding, for a tie may fall either way.
			fc
				.uniqueArray(fc.integer({ min: -4000, max: 4000 }), { minLength: 16, maxLength: 16 })
				.map((logits) => logits.map((x) => x / 1000)),
			fc.double({ min: -2, max: 2, noNaN: true }),
			(logits, shift) => {
				const bias = logits.map(() => shift);
				expect([...gate(logits, { ...v3, bias }).experts].sort()).toEqual(
					[...gate(logits, v3).experts].sort()
				);
			}
		),
		{ seed: 1, numRuns: 200 }
	);
	const logits = [2, 1, 0, -1, 0.5, 0.4, 0.3, 0.2];
	const options = { topK: 2, nGroup: 2, topkGroup: 1, library: 'transformers' } as const;
	expect(gate(logits, options).experts).toEqual([0, 1]);
	expect(gate(logits, { ...options, bias: logits.map(() => -2) }).experts).toEqual([4, 5]);
});

test.each([
	['a NaN logit', [1, NaN], { topK: 1 }, 'logits[1] must be finite'],
	['groups that do not divide', [1, 2, 3], { topK: 1, nGroup: 2 }, 'divide the 3 experts'],
	['more than can be reached', [1, 2, 3, 4], { topK: 3, nGroup: 2, topkGroup: 1 }, 'topK must be'],
	['too many groups', [1, 2], { topK: 1, nGroup: 2, topkGroup: 3 }, 'topkGroup must be in 1 … 2'],
	['a short bias', [1, 2], { topK: 1, bias: [1] }, 'bias must have 2 numbers, got 1']
])('%s is refused', (_, logits, options, message) => {
	expect(() => gate(logits, options)).toThrow(message);
	expect(() => gate(logits, options)).toThrow(RangeError);
});
