import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { klK1, klK3 } from '../../../src/kernels/rl/klEstimators';
import { tokenRewards } from '../../../src/kernels/rl/tokenRewards';
import reference from '../../reference/tokenRewards.json';
import { expectRowsNear, section, type Encoded } from './outside';
import { sum } from './groups';
import { tokenTables } from './tokenTables';

describe('openrlhf_compute_reward', () => {
	interface Inputs {
		r: number[];
		kl_coef: number;
		kl: number[][];
		action_mask: number[][];
		reward_clip_range: [number, number] | null;
	}
	const { cases, tolerance } = section<Inputs, Encoded[][]>(reference, 'openrlhf_compute_reward');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const got = tokenRewards(inputs.r, inputs.kl, inputs.action_mask, {
			library: 'openrlhf',
			klCoef: inputs.kl_coef,
			rewardClipRange: inputs.reward_clip_range ?? undefined
		});
		expectRowsNear(got, outputs, tolerance);
	});
});

describe('trl_ppo_token_rewards', () => {
	interface Inputs {
		logprobs: number[][];
		ref_logprobs: number[][];
		scores: number[];
		last_token_index: number[];
		kl_estimator: 'k1' | 'k3';
		kl_coef: number;
	}
	const { cases, tolerance } = section<Inputs, Encoded[][]>(reference, 'trl_ppo_token_rewards');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const { logprobs, ref_logprobs: ref, last_token_index: last } = inputs;
		const estimate = inputs.kl_estimator === 'k1' ? klK1 : klK3;
		const kl = logprobs.map((row, i) => row.map((logProb, t) => estimate(logProb, ref[i][t])));
		const mask = logprobs.map((row, i) => row.map((_, t) => (t <= last[i] ? 1 : 0)));
		// the lines recorded come after those that make the log-probabilities of padding equal
		const options = { library: 'trl', maskedKl: 'keep', klCoef: inputs.kl_coef } as const;
		expectRowsNear(tokenRewards(inputs.scores, kl, mask, options), outputs, tolerance);
	});
});

test('the worked value, and where each library puts the score', () => {
	const [row] = tokenRewards([1], [[0.5, -0.2, 0.1]], [[1, 1, 1]], { klCoef: 0.1 });
	[-0.05, 0.02, 0.99].forEach((r, t) => expect(row[t]).toBeCloseTo(r, 14));
	const place = (library: 'trl' | 'verl' | 'openrlhf', mask: number[]) =>
		tokenRewards([1], [[0, 0, 0]], [mask], { library })[0].indexOf(1);
	expect(place('trl', [1, 1, 0])).toBe(2);
	expect(place('trl', [1, 1, 1])).toBe(2);
	expect(place('verl', [1, 1, 0])).toBe(1);
	expect(place('openrlhf', [1, 0, 1])).toBe(2);
	expect(place('openrlhf', [0, 0, 0])).toBe(2);
	expect(place('trl', [0, 0, 0])).toBe(0);
});

test('each row sums to its score less β times the KL of its unmasked tokens', () => {
	fc.assert(
		fc.property(
			tokenTables,
			fc.double({ min: 0, max: 2, noNaN: true }),
			({ values: kl, mask }, klCoef) => {
				const scores = mask.map((_, i) => i - 1);
				tokenRewards(scores, kl, mask, { klCoef }).forEach((row, i) => {
					const paid = sum(kl[i].map((x, t) => x * mask[i][t]));
					expect(sum(row)).toBeCloseTo(scores[i] - klCoef * paid, 12); // nine numbers below 10
					expect(row.every((r, t) => mask[i][t] === 1 || r === 0)).toBe(true);
				});
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test('scores are held within the clip range before they are placed', () => {
	const options = { klCoef: 0, rewardClipRange: [-1, 1] } as const;
	expect(tokenRewards([5, -5, 0.5], [[0], [0], [0]], [[1], [1], [1]], options)).toEqual([
		[1],
		[-1],
		[0.5]
	]);
});

test.each([
	['β', () => tokenRewards([1], [[0]], [[1]], { klCoef: -0.1 }), 'klCoef must be ≥ 0, got -0.1'],
	['β', () => tokenRewards([1], [[0]], [[1]], { klCoef: NaN }), 'klCoef must be finite, got NaN'],
	['a row', () => tokenRewards([1], [[0]], [[0]]), 'mask[0] must keep at least one token'],
	['a row', () => tokenRewards([1], [[]], [[]]), 'tokenRewards: kl[0] must not be empty'],
	['scores', () => tokenRewards([], [[0]], [[1]]), 'scores must be one per row (1), got 0'],
	['scores', () => tokenRewards([NaN], [[0]], [[1]]), 'scores[0] must be finite, got NaN'],
	['a range', () => tokenRewards([1], [[0]], [[1]], { rewardClipRange: [1, -1] }), 'must rise']
])('%s: bad input is refused by name', (_, call, message) => {
	expect(call).toThrow(RangeError);
	expect(call).toThrow(message);
});
