import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reinforcePlusPlus } from '../../../src/kernels/rl/reinforcePlusPlus';
import { remaxAdvantages } from '../../../src/kernels/rl/remaxAdvantages';
import { rewardToGo } from '../../../src/kernels/rl/rewardToGo';
import { maskedMean } from '../../../src/kernels/rl/maskedMean';
import { maskedVariance } from '../../../src/kernels/rl/maskedVariance';
import reference from '../../reference/tokenAdvantages.json';
import { expectRowsNear, section, type Encoded } from './outside';
import { ones, tokenTables } from './tokenTables';

interface Inputs {
	token_level_rewards: number[][];
	mask: number[][];
	gamma: number;
	reward_baselines: number[];
}
interface Outputs {
	advantages: Encoded[][];
	returns: Encoded[][];
}

describe('reinforce_plus_plus_verl', () => {
	const { cases, tolerance } = section<Inputs, Outputs>(reference, 'reinforce_plus_plus_verl');
	test.each(cases)('$name', ({ inputs, outputs, raises }) => {
		const { token_level_rewards: rewards, mask, gamma } = inputs;
		const run = () => reinforcePlusPlus(rewards, mask, { gamma, library: 'verl' });
		if (raises) return expect(run).toThrow('mask must keep at least 2 tokens');
		const { advantages, returns } = run();
		expectRowsNear(advantages, outputs.advantages, tolerance);
		expectRowsNear(returns, outputs.returns, tolerance);
	});
});

describe('reinforce_cumulative_returns_openrlhf', () => {
	const { cases, tolerance } = section<Inputs, Outputs>(
		reference,
		'reinforce_cumulative_returns_openrlhf'
	);
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const { token_level_rewards: rewards, mask, gamma } = inputs;
		for (const library of ['openrlhf', undefined] as const) {
			expectRowsNear(rewardToGo(rewards, mask, { gamma, library }), outputs.returns, tolerance);
		}
	});
});

describe('remax_verl', () => {
	const { cases, tolerance } = section<Inputs, Outputs>(reference, 'remax_verl');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const { advantages, returns } = remaxAdvantages(
			inputs.token_level_rewards,
			inputs.reward_baselines,
			inputs.mask
		);
		expectRowsNear(advantages, outputs.advantages, tolerance);
		expectRowsNear(returns, outputs.returns, tolerance);
	});
});

test('a tool call in the middle cuts the final reward off in verl, not in OpenRLHF', () => {
	const rewards = [[0, 0, 0, 1]];
	const mask = [[1, 0, 1, 1]];
	expect(rewardToGo(rewards, mask)).toEqual([[1, 1, 1, 1]]);
	expect(rewardToGo(rewards, mask, { library: 'verl' })).toEqual([[0, 1, 1, 1]]);
});

test('G_t = r_t + γ G_{t+1}, and with γ = 1 the whole is the sum', () => {
	fc.assert(
		fc.property(
			tokenTables,
			fc.double({ min: 0, max: 1, noNaN: true }),
			({ rewards, mask }, gamma) => {
				const every = ones(mask);
				for (const library of ['verl', 'openrlhf'] as const) {
					// nothing masked: they agree
					rewardToGo(rewards, every, { gamma, library }).forEach((row, i) =>
						row.forEach((g, t) => {
							const ahead = rewards[i].slice(t).reduce((s, r, k) => s + r * gamma ** k, 0);
							expect(g).toBeCloseTo(ahead, 12); // nine numbers below 5
						})
					);
				}
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test('REINFORCE++: mean 0, variance 1 over the tokens of the batch, with each library’s ddof', () => {
	const rewards = [
		[0, 0, 1],
		[0, 0.5, 0],
		[-1, 0, 0]
	];
	const mask = [
		[1, 1, 1],
		[1, 1, 0],
		[1, 0, 0]
	];
	for (const [library, ddof] of [
		['verl', 1],
		['openrlhf', 0],
		[undefined, 1]
	] as const) {
		const { advantages, returns, mean, variance } = reinforcePlusPlus(rewards, mask, { library });
		// verl's mean divides by 6 + 1e-8
		expect(mean).toBeCloseTo((1 + 1 + 1 + 0.5 + 0.5 - 1) / 6, 8);
		expect(variance).toBeCloseTo(maskedVariance(returns, mask, { ddof }), 7);
		expect(maskedMean(advantages, mask)).toBeCloseTo(0, 8);
		// ε = 1e-8 beside a variance near 0.5
		expect(maskedVariance(advantages, mask, { ddof })).toBeCloseTo(1, 6);
		expect(advantages[2][2] === 0).toBe(library !== 'openrlhf');
	}
});

test('the worked values of the docstrings', () => {
	const mask = [[1], [1], [1]];
	const { advantages } = reinforcePlusPlus([[1], [0], [1]], mask);
	[0.5774, -1.1547, 0.5774].forEach((a, i) => expect(advantages[i][0]).toBeCloseTo(a, 4));
	expect(remaxAdvantages([[0, 0, 1]], [0.25], [[1, 1, 1]]).advantages).toEqual([
		[0.75, 0.75, 0.75]
	]);
});

test.each([
	['γ', () => rewardToGo([[1]], [[1]], { gamma: -1 }), 'gamma must be in [0, 1], got -1'],
	['a NaN', () => rewardToGo([[1, NaN]], [[1, 1]]), 'rewards[0][1] must be finite, got NaN'],
	['a row', () => rewardToGo([[1]], [[1, 1]]), "rewards[0] must have the mask's 2 tokens, got 1"],
	[
		'baselines',
		() => remaxAdvantages([[1]], [], [[1]]),
		'baselines must be one per row (1), got 0'
	],
	[
		'a baseline',
		() => remaxAdvantages([[1]], [NaN], [[1]]),
		'baselines[0] must be finite, got NaN'
	],
	['one token', () => reinforcePlusPlus([[1]], [[1]]), 'mask must keep at least 2 tokens']
])('%s: bad input is refused by name', (_, call, message) => {
	expect(call).toThrow(RangeError);
	expect(call).toThrow(message);
});
