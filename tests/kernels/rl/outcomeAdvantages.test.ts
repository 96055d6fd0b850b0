import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { broadcastAdvantages } from '../../../src/kernels/rl/broadcastAdvantages';
import { gpgAdvantages } from '../../../src/kernels/rl/gpgAdvantages';
import { groupAdvantages } from '../../../src/kernels/rl/groupAdvantages';
import { opoAdvantages } from '../../../src/kernels/rl/opoAdvantages';
import { passAtKAdvantages } from '../../../src/kernels/rl/passAtKAdvantages';
import { reinforcePlusPlusBaseline } from '../../../src/kernels/rl/reinforcePlusPlusBaseline';
import reference from '../../reference/outcomeAdvantages.json';
import tokens from '../../reference/tokenAdvantages.json';
import { exactGradient, groupRewards, meanGradient, policy, sum } from './groups';
import {
	decode,
	decodeRows,
	expectAllNear,
	expectRowsNear,
	section,
	type Encoded
} from './outside';

interface Inputs {
	rewards: Encoded[];
	group: number[];
	config?: { norm_adv_by_std_in_grpo: boolean };
}
const inVerl = (name: string) => section<Inputs, Encoded[]>(reference, name);

describe('verl compute_opo_outcome_advantage', () => {
	const { cases, tolerance } = inVerl('compute_opo_outcome_advantage');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const rewards = decode(inputs.rewards);
		const lengths = rewards.map(() => 1); // as in the reference
		const options = { library: 'verl', groups: inputs.group } as const;
		expectAllNear(opoAdvantages(rewards, lengths, options).advantages, outputs, tolerance);
	});
});

describe('verl compute_gpg_outcome_advantage', () => {
	const { cases, tolerance } = inVerl('compute_gpg_outcome_advantage');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const options = { library: 'verl', groups: inputs.group } as const;
		const { advantages } = gpgAdvantages(decode(inputs.rewards), options);
		expectAllNear(advantages, outputs, tolerance);
	});
});

describe('verl compute_grpo_passk_outcome_advantage', () => {
	const { cases, tolerance } = inVerl('compute_grpo_passk_outcome_advantage');
	test.each(cases)('$name', ({ inputs, outputs, raises }) => {
		const run = () =>
			passAtKAdvantages(decode(inputs.rewards), {
				library: 'verl',
				groups: inputs.group,
				scaleRewards: inputs.config!.norm_adv_by_std_in_grpo ? 'group' : 'none'
			}).advantages;
		if (raises) expect(run).toThrow('must have at least 2 rewards, got 1');
		else expectAllNear(run(), outputs, tolerance);
	});
});

describe('verl compute_reinforce_plus_plus_baseline_outcome_advantage', () => {
	const { cases, tolerance } = inVerl('compute_reinforce_plus_plus_baseline_outcome_advantage');
	test.each(cases)('$name', ({ inputs, outputs, raises }) => {
		const rewards = decode(inputs.rewards);
		const mask = rewards.map(() => [1]); // as in the reference
		const run = () =>
			reinforcePlusPlusBaseline(rewards, mask, { library: 'verl', groups: inputs.group });
		if (raises) expect(run).toThrow('mask must keep at least 2 tokens, it keeps 1');
		else expectAllNear(run().advantages.flat(), outputs, tolerance);
	});
});

describe('verl: outcome advantages over tokens', () => {
	interface TokenInputs {
		token_level_rewards: number[][];
		mask: number[][];
		group: number[];
		norm_std?: boolean;
		eps?: number;
		estimator?: string;
	}
	const { cases, tolerance } = section<TokenInputs, Encoded[][]>(
		tokens,
		'verl_outcome_advantages_broadcast_over_tokens'
	);
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const { mask, group: groups } = inputs;
		const rewards = inputs.token_level_rewards.map(sum);
		const { advantages } =
			inputs.estimator === 'opo'
				? opoAdvantages(rewards, mask.map(sum), { groups, library: 'verl' })
				: groupAdvantages(rewards, { groups, epsilon: inputs.eps, library: 'verl' });
		expectRowsNear(broadcastAdvantages(advantages, mask), decodeRows(outputs), tolerance);
	});
});

test('the worked values of the docstrings', () => {
	expect(opoAdvantages([1, 0], [3, 1])).toEqual({
		advantages: [0.25, -0.75],
		baselines: [0.75],
		groups: [0, 0]
	});
	expect(gpgAdvantages([1, 0, 0, 0]).advantages).toEqual([3, -1, -1, -1]);
	expect(passAtKAdvantages([0, 1, 0.25], { scaleRewards: 'none' }).advantages).toEqual([
		0, 0.75, 0
	]);
	expect(
		broadcastAdvantages(
			[2, -1],
			[
				[1, 1],
				[1, 0]
			]
		)
	).toEqual([
		[2, 2],
		[-1, -0]
	]);
	const { advantages, centred, means, scale } = reinforcePlusPlusBaseline([1, 0], [[1], [1]]);
	expect(advantages[0][0]).toBeCloseTo(0.7071, 4);
	expect(centred).toEqual([0.5, -0.5]);
	expect(means).toEqual([0.5]);
	expect(scale).toBeCloseTo(Math.sqrt(0.5), 7); // ε = 1e-8 inside the root
});

const answers = fc.integer({ min: 2, max: 8 }).chain((size) =>
	fc.record({
		rewards: fc.array(fc.double({ min: -10, max: 10, noNaN: true }), {
			minLength: size,
			maxLength: size
		}),
		lengths: fc.array(fc.integer({ min: 1, max: 50 }), { minLength: size, maxLength: size })
	})
);

test('OPO: length-weighted advantages sum to 0; a shift changes nothing; equal lengths are Dr. GRPO', () => {
	fc.assert(
		fc.property(
			answers,
			fc.double({ min: -5, max: 5, noNaN: true }),
			({ rewards, lengths }, shift) => {
				const { advantages } = opoAdvantages(rewards, lengths);
				// sums of eight products below 500
				expect(sum(advantages.map((a, i) => a * lengths[i]))).toBeCloseTo(0, 9);
				const shifted = opoAdvantages(
					rewards.map((r) => r + shift),
					lengths
				).advantages;
				const equal = opoAdvantages(
					rewards,
					rewards.map(() => 7)
				).advantages;
				const centred = groupAdvantages(rewards, { scaleRewards: 'none' }).advantages;
				advantages.forEach((a, i) => {
					expect(shifted[i]).toBeCloseTo(a, 12);
					expect(equal[i]).toBeCloseTo(centred[i], 12);
				});
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test('GPG: a tenth of the answers earning makes advantages ten times the centred ones', () => {
	const rewards = Array.from({ length: 20 }, (_, i) => (i < 2 ? 1 : 0));
	const { advantages, alpha } = gpgAdvantages(rewards, { numGenerations: 4 });
	const centred = groupAdvantages(rewards, { numGenerations: 4, scaleRewards: 'none' }).advantages;
	expect(alpha).toBe(10);
	advantages.forEach((a, i) => expect(a).toBeCloseTo(10 * centred[i], 14));
	expect(gpgAdvantages([0, 0]).advantages).toEqual([0, 0]);
});

test('pass@k: each answer’s part in the maximum of the group', () => {
	fc.assert(
		fc.property(groupRewards(), (rewards) => {
			const { advantages } = passAtKAdvantages(rewards, { scaleRewards: 'none' });
			rewards.forEach((_, i) => {
				const others = rewards.filter((__, j) => j !== i);
				expect(advantages[i]).toBe(Math.max(...rewards) - Math.max(...others));
			});
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('pass@k: summed over every draw, its gradient is that of the expected maximum', () => {
	for (const size of [2, 3, 4]) {
		const exact = exactGradient(size, (rewards) => Math.max(...rewards));
		const sampled = meanGradient(
			size,
			(_, rewards) => passAtKAdvantages(rewards, { scaleRewards: 'none' }).advantages
		);
		// up to 256 draws of terms below 10; the loss's mean over the group divides by its size
		sampled.forEach((g, j) => expect(size * g).toBeCloseTo(exact[j], 13));
	}
});

test('any baseline that does not depend on the answer leaves the mean gradient as it is', () => {
	const exact = exactGradient(1, ([r]) => r);
	for (const baseline of [-3, 0, sum(policy.rewards) / 4, 100]) {
		const sampled = meanGradient(1, (_, rewards) => rewards.map((r) => r - baseline));
		// rounding of numbers up to 100
		sampled.forEach((g, j) => expect(g).toBeCloseTo(exact[j], 12));
	}
});

test('REINFORCE++ with baseline: mean 0 and deviation 1 over tokens, so a silent group is not silent', () => {
	const mask = [
		[1, 1, 1, 1],
		[1, 0, 0, 0],
		[1, 1, 0, 0],
		[1, 1, 1, 0]
	];
	const { advantages } = reinforcePlusPlusBaseline([1, 0, 1, 1], mask, { numGenerations: 2 });
	const kept = advantages.flatMap((row, i) => row.filter((_, t) => mask[i][t]));
	expect(sum(kept)).toBeCloseTo(0, 12);
	// ε = 1e-8 beside a variance near 0.1
	expect(sum(kept.map((a) => a * a)) / (kept.length - 1)).toBeCloseTo(1, 6);
	// the right answer of the first group is longer, so the mean over tokens is above 0
	expect(advantages[2][0]).toBeLessThan(-0.1);
	expect(advantages[2][2]).toBe(0);
});

test.each([
	['OPO', () => opoAdvantages([1, 0], [1]), 'lengths must be one per reward (2), got 1'],
	['OPO', () => opoAdvantages([1, 0], [1, -1]), 'lengths[1] must be a whole number ≥ 0, got -1'],
	['OPO', () => opoAdvantages([1, 0], [0, 0]), 'lengths of group 0 must not all be 0'],
	['OPO', () => opoAdvantages([1, NaN], [1, 1]), 'rewards[1] must be finite, got NaN'],
	['GPG', () => gpgAdvantages([1, Infinity]), 'rewards[1] must be finite, got Infinity'],
	['pass@k', () => passAtKAdvantages([]), 'passAtKAdvantages: rewards must not be empty'],
	['pass@k', () => passAtKAdvantages([1, NaN]), 'rewards[1] must be finite, got NaN'],
	['pass@k', () => passAtKAdvantages([1, 0], { epsilon: NaN }), 'epsilon must be finite'],
	['broadcast', () => broadcastAdvantages([1], [[1], [1]]), 'one per row of the mask (2), got 1'],
	['broadcast', () => broadcastAdvantages([1], [[0.5]]), 'mask[0][0] must be 0 or 1, got 0.5']
])('%s: bad input is refused by name', (_, call, message) => {
	expect(call).toThrow(RangeError);
	expect(call).toThrow(message);
});
