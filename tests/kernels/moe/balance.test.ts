import { describe, expect, test } from 'vitest';
import { createStream } from '$kernels/core/stream';
import { balanceExperts, type BalanceOptions } from '$kernels/moe/balanceExperts';
import { biasUpdate } from '$kernels/moe/biasUpdate';
import { largestFirst } from '$kernels/moe/largestFirst';
import { maxViolation } from '$kernels/moe/maxViolation';
import reference from '../../reference/deepSeek.json';
import { expectAllNear, section } from '../rl/outside';

interface Update {
	tokens_per_expert: number[];
	bias: number[];
	rate: number;
}

describe.each(['megatron', 'torchtitan'] as const)('%s', (library) => {
	const { cases, tolerance } = section<Update, number[]>(reference, `bias_update_${library}`);
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const { bias, tokens_per_expert: loads, rate } = inputs;
		expectAllNear(biasUpdate(bias, loads, { rate, library }), outputs, tolerance);
	});
});

test('what is refused', () => {
	expect(() => biasUpdate([0, 0], [1])).toThrow('loads must have 2 numbers, got 1');
	expect(() => biasUpdate([0], [NaN])).toThrow(RangeError);
	expect(() => maxViolation([])).toThrow('must not all be 0');
	expect(() => maxViolation([1, -1])).toThrow('got -1');
});

test('MaxVio: 0 when even, experts − 1 when one has all', () => {
	expect(maxViolation([5, 5, 5])).toBe(0);
	expect(maxViolation([9, 0, 0])).toBe(2);
	expect(maxViolation([10, 0, 5, 5])).toBe(1);
	expect(largestFirst([1, 3, 3, 2], 2)).toEqual([1, 2]);
});

const base: BalanceOptions = {
	experts: 16,
	tokens: 128,
	steps: 120,
	width: 16,
	heat: 1,
	rate: 0,
	update: 'megatron',
	startBias: 0,
	topK: 4,
	nGroup: 4,
	topkGroup: 2,
	routedScalingFactor: 2.5,
	library: 'official'
};

/** MaxVio over the last 30 steps, a mean for each of 20 seeds. */
const late = (changed: Partial<BalanceOptions>) =>
	Array.from({ length: 20 }, (_, seed) => {
		const steps = [...balanceExperts(createStream(seed), { ...base, ...changed })].slice(-30);
		return steps.reduce((sum, { violation }) => sum + violation, 0) / steps.length;
	});
const median = (xs: number[]) => [...xs].sort((a, b) => a - b)[xs.length >> 1];

test('biases balance the loads, and too large a step makes them swing: 20 seeds', () => {
	const [none, small, large] = [0, 0.01, 0.3].map((rate) => late({ rate }));
	// in every seed, not only on average
	small.forEach((violation, seed) => {
		expect(violation).toBeLessThan(none[seed]);
		expect(violation).toBeLessThan(large[seed]);
	});
	expect(median(small)).toBeLessThan(0.6 * median(large));
});

test('each step hands out tokens·topK places, none of them in a group that was not kept', () => {
	for (const step of balanceExperts(createStream(1), { ...base, rate: 0.05, steps: 30 })) {
		expect(step.loads.reduce((a, b) => a + b, 0)).toBe(128 * 4);
		expect(step.astray).toBe(0);
	}
});

test('the two updates route alike in the official gate, for the whole run', () => {
	const [megatron, torchtitan] = (['megatron', 'torchtitan'] as const).map((update) =>
		[...balanceExperts(createStream(3), { ...base, rate: 0.02, steps: 60, update })].map(
			({ loads }) => loads
		)
	);
	// the shift is one number for all biases; ties within its rounding of 1e-17 do not come up
	expect(torchtitan).toEqual(megatron);
});

test('negative biases lead the other gate into groups that were not kept', () => {
	const astray = (library: 'official' | 'transformers') =>
		[...balanceExperts(createStream(1), { ...base, startBias: -1, steps: 1, library })][0].astray;
	expect(astray('official')).toBe(0);
	expect(astray('transformers')).toBe(128 * 4); // all scores below 0: kept experts come last
});
