import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupAdvantages } from '../../../src/kernels/rl/groupAdvantages';
import { groupAdvantagePresets } from '../../../src/kernels/rl/groupAdvantagePresets';
import reference from '../../reference/groupAdvantages.json';
import outcomes from '../../reference/outcomeAdvantages.json';
import { decode, expectAllNear, section, type Encoded } from './outside';

interface Inputs {
	rewards?: Encoded[];
	rewards_per_func?: Encoded[][];
	weights?: number[];
	group?: number[];
	num_generations?: number;
	num_samples_per_prompt?: number;
	epsilon?: number;
	norm_adv_by_std_in_grpo?: boolean;
	scale_rewards?: 'group' | 'batch' | 'none';
	multi_objective_aggregation?: 'sum_then_normalize' | 'normalize_then_sum';
	estimator?: 'reinforce_baseline' | 'dr_grpo' | 'group_norm';
}

describe('verl compute_grpo_outcome_advantage', () => {
	const { cases, tolerance } = section<Inputs, Encoded[]>(
		reference,
		'compute_grpo_outcome_advantage'
	);
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const { advantages } = groupAdvantages(inputs.rewards!.map(Number), {
			library: 'verl',
			groups: inputs.group,
			epsilon: inputs.epsilon,
			scaleRewards: inputs.norm_adv_by_std_in_grpo ? 'group' : 'none'
		});
		expectAllNear(advantages, outputs, tolerance);
	});
});

describe('TRL GRPOTrainer', () => {
	const { cases, tolerance } = section<Inputs, Encoded[]>(reference, 'trl_grpo_advantages');
	const single = cases.filter(({ inputs }) => inputs.rewards);
	test.each(single)('$name', ({ inputs, outputs }) => {
		const { advantages } = groupAdvantages(inputs.rewards!.map(Number), {
			library: 'trl',
			numGenerations: inputs.num_generations,
			scaleRewards: inputs.scale_rewards
		});
		expectAllNear(advantages, outputs, tolerance);
	});

	/** A weighted sum that leaves out NaN, and is NaN where all are. */
	const nanSum = (row: number[], weights: readonly number[]) =>
		row.every(Number.isNaN)
			? NaN
			: row.reduce((sum, x, f) => sum + (Number.isNaN(x) ? 0 : x * weights[f]), 0);
	const several = cases.filter(({ inputs }) => inputs.rewards_per_func);
	test.each(several)('$name', ({ inputs, outputs }) => {
		const rows = inputs.rewards_per_func!.map((row) => row.map(Number));
		const weights = inputs.weights!;
		const trl = { library: 'trl', numGenerations: inputs.num_generations } as const;
		if (inputs.multi_objective_aggregation === 'sum_then_normalize') {
			const rewards = rows.map((row) => nanSum(row, weights));
			const scaleRewards = inputs.scale_rewards;
			expectAllNear(
				groupAdvantages(rewards, { ...trl, scaleRewards }).advantages,
				outputs,
				tolerance
			);
			return;
		}
		// normalize_then_sum: each reward function by group, the weighted sum over the batch.
		const perFunction = weights.map(
			(_, f) =>
				groupAdvantages(
					rows.map((row) => row[f]),
					trl
				).advantages
		);
		const sums = rows.map((row, i) =>
			row.every(Number.isNaN)
				? NaN
				: nanSum(
						perFunction.map((own) => own[i]),
						weights
					)
		);
		expectAllNear(groupAdvantages(sums, { library: 'trl' }).advantages, outputs, tolerance);
	});
});

describe('OpenRLHF', () => {
	const { cases, tolerance } = section<Inputs, Encoded[]>(reference, 'openrlhf_group_rewards');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const { advantages } = groupAdvantages(inputs.rewards!.map(Number), {
			library: 'openrlhf',
			numGenerations: inputs.num_samples_per_prompt,
			scaleRewards: inputs.estimator === 'group_norm' ? 'group' : 'none'
		});
		expectAllNear(advantages, outputs, tolerance);
	});
});

describe('verl compute_grpo_vectorized_outcome_advantage', () => {
	interface Vectorized {
		rewards: Encoded[];
		group: number[];
		epsilon: number;
		norm_adv_by_std_in_grpo: boolean;
	}
	const { cases, tolerance } = section<Vectorized, Encoded[]>(
		outcomes,
		'compute_grpo_vectorized_outcome_advantage'
	);
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const { advantages } = groupAdvantages(decode(inputs.rewards), {
			library: 'verl-vectorized',
			groups: inputs.group,
			epsilon: inputs.epsilon,
			scaleRewards: inputs.norm_adv_by_std_in_grpo ? 'group' : 'none'
		});
		expectAllNear(advantages, outputs, tolerance);
	});
});

test('a variance in one pass loses its digits behind a large offset', () => {
	const far = [1e8, 1e8 + 1, 1e8 + 2, 1e8 + 3];
	const largest = (library: 'verl' | 'verl-vectorized') =>
		groupAdvantages(far, { library }).advantages[3];
	expect(largest('verl')).toBeCloseTo(1.1619, 4);
	// as recorded for verl in float64: squares of 1e16 are known to ±2, so the variance of 5/3 is not
	expect(largest('verl-vectorized')).toBeCloseTo(0.9186, 4);
});

test('a variance held at ε or above damps near-equal rewards', () => {
	const rewards = [1, 1.00001, 1, 0.99999];
	expect(groupAdvantages(rewards, { library: 'verl' }).advantages[1]).toBeCloseTo(1.0911, 4);
	expect(groupAdvantages(rewards, { library: 'verl-vectorized' }).scales[0]).toBeCloseTo(
		Math.sqrt(1e-6) + 1e-6,
		12
	);
});

// The reference's all_equal_groups_in_float32 shows float32 rounding; kernels compute in float64.
test('equal rewards that float64 cannot hold exactly stay near 0 in every library', () => {
	for (const library of ['trl', 'verl', 'verl-vectorized', 'openrlhf'] as const) {
		const { advantages } = groupAdvantages(Array(7).fill(0.1), { library });
		// a mean off by 1.4e-17 over an ε of 1e-9
		advantages.forEach((a) => expect(Math.abs(a)).toBeLessThan(2e-8));
	}
});

test('a group of one: 0 in TRL, its reward in verl, NaN in OpenRLHF', () => {
	const alone = (library: 'trl' | 'verl' | 'openrlhf') =>
		groupAdvantages([0.7], { library }).advantages[0];
	expect(alone('trl')).toBe(0);
	expect(alone('verl')).toBeCloseTo(0.7, 5); // 0.7 / (1 + 1e-6)
	expect(alone('openrlhf')).toBeNaN();
	expect(groupAdvantages([0.7]).standardDeviations).toEqual([0]);
});

test('with rewards 0 and 1, ddof 0 and ε = 0 the advantages are the weights of the theory', () => {
	const { advantages, means, standardDeviations, scales } = groupAdvantages([1, 0, 0, 0, 0], {
		ddof: 0,
		epsilon: 0
	});
	expect(means).toEqual([0.2]);
	// p = 0.2: 0.8/0.4 and 0.2/0.4; a handful of roundings
	expect(standardDeviations[0]).toBeCloseTo(0.4, 15);
	expect(scales).toEqual(standardDeviations);
	expect(advantages[0]).toBeCloseTo(2, 14);
	expect(advantages[4]).toBeCloseTo(-0.5, 14);
});

test('the paper has ε inside the root', () => {
	const { scales } = groupAdvantages([1, 0, 0, 0, 0], { library: 'paper', epsilon: 0.09 });
	expect(scales[0]).toBeCloseTo(0.5, 14); // sqrt(0.16 + 0.09)
	expect(groupAdvantagePresets.paper.ddof).toBe(0);
});

const rewardsOf = (min: number, max: number) =>
	fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: min, maxLength: max });

test('each group sums to 0, whatever the scale', () => {
	fc.assert(
		fc.property(
			rewardsOf(2, 12),
			fc.constantFrom('group', 'batch', 'none'),
			fc.constantFrom(0, 1),
			(rewards, scaleRewards, ddof) => {
				const { advantages } = groupAdvantages([...rewards, ...rewards.map((r) => 3 - r)], {
					numGenerations: rewards.length,
					scaleRewards: scaleRewards as 'group',
					ddof: ddof as 0 | 1,
					epsilon: 1e-3
				});
				const sum = advantages.slice(0, rewards.length).reduce((a, b) => a + b, 0);
				// rounding of rewards up to 100, divided by at least 1e-3
				expect(Math.abs(sum)).toBeLessThan(1e-8);
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test('a shift changes nothing, a scale nothing but the share of ε, a permutation the order only', () => {
	fc.assert(
		fc.property(
			rewardsOf(2, 10).filter((rewards) => Math.max(...rewards) - Math.min(...rewards) > 0.1),
			fc.double({ min: -50, max: 50, noNaN: true }),
			fc.double({ min: 0.1, max: 10, noNaN: true }),
			(rewards, shift, scale) => {
				const of = (changed: number[], epsilon = 1e-4) =>
					groupAdvantages(changed, { epsilon }).advantages;
				const base = of(rewards);
				// deviations of 0.03 and more against rewards up to 150: 1e-16 · 150 / 0.03
				of(rewards.map((r) => r + shift)).forEach((a, i) => expect(a).toBeCloseTo(base[i], 10));
				const scaled = of(
					rewards.map((r) => r * scale),
					1e-4 * scale
				);
				scaled.forEach((a, i) => expect(a).toBeCloseTo(base[i], 10));
				of([...rewards].reverse()).forEach((a, i) =>
					expect(a).toBeCloseTo(base[rewards.length - 1 - i], 10)
				);
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test('k successes of G: ddof 1 is sqrt((G−1)/G) times ddof 0', () => {
	fc.assert(
		fc.property(fc.integer({ min: 2, max: 64 }), fc.nat(), (size, draw) => {
			const right = 1 + (draw % (size - 1));
			const rewards = Array.from({ length: size }, (_, i) => (i < right ? 1 : 0));
			const sample = groupAdvantages(rewards, { epsilon: 0, ddof: 1 }).advantages;
			const population = groupAdvantages(rewards, { epsilon: 0, ddof: 0 }).advantages;
			const p = right / size;
			expect(population[0]).toBeCloseTo(Math.sqrt((1 - p) / p), 11); // rounding
			expect(sample[0]).toBeCloseTo(Math.sqrt((size - 1) / size) * population[0], 11);
		}),
		{ seed: 1, numRuns: 100 }
	);
});

test('equal rewards carry no signal, also for ε = 0', () => {
	expect(groupAdvantages([1, 1, 1], { epsilon: 0 }).advantages).toEqual([0, 0, 0]);
	expect(groupAdvantages([0, 0], { epsilon: 0 }).advantages).toEqual([0, 0]);
});

test.each([
	['no rewards', [], {}, 'rewards must not be empty'],
	['a NaN reward', [1, NaN], {}, 'rewards[1] must be finite, got NaN'],
	['an infinite reward', [Infinity, 1], {}, 'rewards[0] must be finite, got Infinity'],
	['an ε below 0', [1, 0], { epsilon: -1 }, 'epsilon must be finite and ≥ 0, got -1'],
	['a group size that does not fit', [1, 0, 1], { numGenerations: 2 }, 'divides the 3 rewards'],
	['too few labels', [1, 0], { groups: [0] }, 'one label per reward (2), got 1']
])('%s is refused', (_, rewards, options, message) => {
	const call = () => groupAdvantages(rewards, options);
	expect(call).toThrow(RangeError);
	expect(call).toThrow(message);
});
