import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupAdvantages } from '../../../src/kernels/rl/groupAdvantages';
import { rlooAdvantages } from '../../../src/kernels/rl/rlooAdvantages';
import type { RlooLibrary } from '../../../src/kernels/rl/rlooPresets';
import reference from '../../reference/outcomeAdvantages.json';
import { exactGradient, groupRewards, meanGradient, sum } from './groups';
import { decode, expectAllNear, section, type Encoded } from './outside';

interface Inputs {
	rewards: Encoded[];
	group?: number[];
	num_generations?: number;
	num_samples_per_prompt?: number;
	normalize_advantages?: boolean;
}

const sections: [string, RlooLibrary][] = [
	['compute_rloo_outcome_advantage', 'verl'],
	['compute_rloo_vectorized_outcome_advantage', 'verl-vectorized'],
	['trl_rloo_advantages', 'trl'],
	['openrlhf_group_rewards', 'openrlhf']
];
for (const [name, library] of sections) {
	describe(`${library}: ${name}`, () => {
		const { cases, tolerance } = section<Inputs, Encoded[]>(reference, name);
		test.each(cases)('$name', ({ inputs, outputs }) => {
			const { advantages } = rlooAdvantages(decode(inputs.rewards), {
				library,
				groups: inputs.group,
				numGenerations: inputs.num_generations ?? inputs.num_samples_per_prompt,
				normalizeAdvantages: inputs.normalize_advantages
			});
			expectAllNear(advantages, outputs, tolerance);
		});
	});
}

test('the baseline is the mean of the others', () => {
	const { advantages, baselines, groups } = rlooAdvantages([1, 0, 0.5, 0.5, 4, 2], {
		groups: [7, 7, 7, 7, 1, 1]
	});
	[1 / 3, 2 / 3, 0.5, 0.5, 2, 4].forEach((b, i) => expect(baselines[i]).toBeCloseTo(b, 14));
	[2 / 3, -2 / 3, 0, 0, 2, -2].forEach((a, i) => expect(advantages[i]).toBeCloseTo(a, 14));
	expect(groups).toEqual([0, 0, 0, 0, 1, 1]);
});

test('a group of one: 0 in TRL, its reward in verl, NaN in OpenRLHF, 0 by default', () => {
	const alone = (library?: RlooLibrary) => rlooAdvantages([0.7], { library }).advantages[0];
	expect(alone('trl')).toBe(0);
	expect(alone('verl')).toBe(0.7);
	expect(alone('openrlhf')).toBeNaN();
	expect(alone()).toBe(0);
	expect(rlooAdvantages([0.7], { normalizeAdvantages: true, epsilon: 0 }).advantages).toEqual([0]);
});

test('G/(G−1) times the centred reward, which sums to 0', () => {
	fc.assert(
		fc.property(groupRewards(), (rewards) => {
			const { advantages } = rlooAdvantages(rewards);
			const centred = groupAdvantages(rewards, { scaleRewards: 'none' }).advantages;
			const factor = rewards.length / (rewards.length - 1);
			// sums of ten numbers up to 10
			advantages.forEach((a, i) => expect(a).toBeCloseTo(factor * centred[i], 12));
			expect(sum(advantages)).toBeCloseTo(0, 12);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('a shift changes nothing, a scale scales, a permutation permutes', () => {
	fc.assert(
		fc.property(
			groupRewards(),
			fc.double({ min: -5, max: 5, noNaN: true }),
			fc.double({ min: -3, max: 3, noNaN: true }),
			(rewards, shift, scale) => {
				const base = rlooAdvantages(rewards).advantages;
				const shifted = rlooAdvantages(rewards.map((r) => r + shift)).advantages;
				const scaled = rlooAdvantages(rewards.map((r) => r * scale)).advantages;
				const turned = rlooAdvantages([...rewards].reverse()).advantages;
				// rounding of numbers below 100
				base.forEach((a, i) => {
					expect(shifted[i]).toBeCloseTo(a, 12);
					expect(scaled[i]).toBeCloseTo(a * scale, 12);
					expect(turned[base.length - 1 - i]).toBeCloseTo(a, 12);
				});
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test('summed over every draw, its gradient is that of E[r]; the group mean as baseline shortens it', () => {
	const exact = exactGradient(1, ([r]) => r);
	for (const size of [2, 3, 4]) {
		const leaveOneOut = meanGradient(size, (_, rewards) => rlooAdvantages(rewards).advantages);
		const centred = meanGradient(
			size,
			(_, rewards) => groupAdvantages(rewards, { scaleRewards: 'none' }).advantages
		);
		// up to 256 draws of terms below 1
		leaveOneOut.forEach((g, j) => expect(g).toBeCloseTo(exact[j], 13));
		centred.forEach((g, j) => expect(g).toBeCloseTo(((size - 1) / size) * exact[j], 13));
	}
});

test.each([
	['no rewards', [], {}, 'rlooAdvantages: rewards must not be empty'],
	['a NaN reward', [1, NaN], {}, 'rlooAdvantages: rewards[1] must be finite, got NaN'],
	['an ε below 0', [1, 0], { epsilon: -1 }, 'epsilon must be finite and ≥ 0, got -1'],
	['a size that does not fit', [1, 0, 1], { numGenerations: 2 }, 'divides the 3 rewards, got 2'],
	['too few labels', [1, 0], { groups: [0] }, 'one label per reward (2), got 1']
])('%s is refused', (_, rewards, options, message) => {
	expect(() => rlooAdvantages(rewards, options)).toThrow(RangeError);
	expect(() => rlooAdvantages(rewards, options)).toThrow(message);
});
