import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gae } from '../../../src/kernels/rl/gae';
import type { GaeLibrary } from '../../../src/kernels/rl/gaePresets';
import { rewardToGo } from '../../../src/kernels/rl/rewardToGo';
import { whiten } from '../../../src/kernels/rl/whiten';
import reference from '../../reference/tokenAdvantages.json';
import { decodeRows, expectRowsNear, section, type Encoded } from './outside';
import { ones, tokenTables } from './tokenTables';

interface Inputs {
	token_level_rewards: number[][];
	values: Encoded[][];
	mask: number[][];
	gamma: number;
	lambda: number;
}
interface Outputs {
	advantages?: Encoded[][];
	advantages_whitened?: Encoded[][];
	returns: Encoded[][];
}

const sections: [string, GaeLibrary][] = [
	['gae_verl_before_whitening', 'verl'],
	['gae_verl', 'verl'],
	['gae_search_r1_old_verl', 'searchR1'],
	['gae_openrlhf', 'openrlhf'],
	['gae_trl_ppo', 'trl']
];
for (const [name, library] of sections) {
	describe(name, () => {
		const { cases, tolerance } = section<Inputs, Outputs>(reference, name);
		test.each(cases)('$name', ({ inputs, outputs, raises }) => {
			const { token_level_rewards: rewards, mask, gamma, lambda: lam } = inputs;
			const values = decodeRows(inputs.values);
			const { advantages, returns } = gae(rewards, values, mask, { gamma, lam, library });
			const whitened = () => whiten(advantages, mask, { library }).whitened;
			if (raises) return expect(whitened).toThrow('mask must keep at least');
			expectRowsNear(returns, outputs.returns, tolerance);
			if (outputs.advantages) expectRowsNear(advantages, outputs.advantages, tolerance);
			if (outputs.advantages_whitened) {
				expectRowsNear(whitened(), outputs.advantages_whitened, tolerance);
			}
		});
	});
}

const rewards = [[0, 0, 0, 1]];
const values = [[0.2, 0.4, 0.5, 0.7]];
const everyToken = ones(rewards);

test('the worked value of the docstring, and Search-R1’s γ = λ = 1', () => {
	const { advantages } = gae(rewards, values, everyToken);
	[0.7327125, 0.56075, 0.485, 0.3].forEach((a, t) => expect(advantages[0][t]).toBeCloseTo(a, 14));
	const returnLess = gae(rewards, values, everyToken, { lam: 1 }).advantages;
	[0.8, 0.6, 0.5, 0.3].forEach((a, t) => expect(returnLess[0][t]).toBeCloseTo(a, 14));
});

test('the token before a tool’s output has three different advantages', () => {
	const mask = [[1, 0, 0, 1]];
	const raw = (library: GaeLibrary) =>
		gae([[0, 0, 0.1, 1]], values, mask, { library, gamma: 0.9, lam: 0.5 }).advantages[0][0];
	// verl: 0.9·0.7 − 0.2 + 0.45·0.3
	expect(raw('verl')).toBeCloseTo(0.565, 14);
	// OpenRLHF: −0.2 + 0.45·(0 + 0.45·(0.9·0.7 + 0.45·0.3))
	expect(raw('openrlhf')).toBeCloseTo(-0.0450875, 14);
	// TRL and Search-R1: 0.16 + 0.45·(0.05 + 0.45·(0.23 + 0.45·0.3))
	expect(raw('trl')).toBeCloseTo(0.2564125, 14);
	expect(raw('searchR1')).toBe(raw('trl'));
});

const kinds = ['skip', 'step', 'zero'] as const;
const shares = fc.double({ min: 0, max: 1, noNaN: true });

test('λ = 1 is the discounted rewards to come less the value', () => {
	fc.assert(
		fc.property(tokenTables, shares, fc.constantFrom(...kinds), (tables, gamma, maskedTokens) => {
			const every = ones(tables.mask);
			const { advantages, returns } = gae(tables.rewards, tables.values, every, {
				gamma,
				lam: 1,
				maskedTokens
			});
			const ahead = rewardToGo(tables.rewards, every, { gamma });
			// sums of nine numbers below 5
			advantages.forEach((row, i) =>
				row.forEach((a, t) => {
					expect(a).toBeCloseTo(ahead[i][t] - tables.values[i][t], 12);
					expect(returns[i][t]).toBeCloseTo(ahead[i][t], 12);
				})
			);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('λ = 0 is the TD error; any λ sums the TD errors ahead with weights (γλ)^k', () => {
	fc.assert(
		fc.property(tokenTables, shares, shares, ({ rewards: r, values: v, mask }, gamma, lam) => {
			const every = ones(mask);
			const { deltas, advantages } = gae(r, v, every, { gamma, lam });
			const td = gae(r, v, every, { gamma, lam: 0 }).advantages;
			r.forEach((row, i) =>
				row.forEach((_, t) => {
					const delta = r[i][t] + gamma * (v[i][t + 1] ?? 0) - v[i][t];
					expect(td[i][t]).toBeCloseTo(delta, 12);
					expect(deltas[i][t]).toBeCloseTo(delta, 12);
					const ahead = deltas[i].slice(t).reduce((s, d, k) => s + d * (gamma * lam) ** k, 0);
					expect(advantages[i][t]).toBeCloseTo(ahead, 11);
				})
			);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('skipping masked tokens is GAE of the sequence without them', () => {
	fc.assert(
		fc.property(tokenTables, shares, shares, ({ rewards: r, values: v, mask }, gamma, lam) => {
			const skipped = gae(r, v, mask, { gamma, lam, maskedTokens: 'skip' });
			const only = (rows: number[][]) => rows.map((row, i) => row.filter((_, t) => mask[i][t]));
			const short = gae(only(r), only(v), ones(only(r)), { gamma, lam });
			for (const name of ['deltas', 'advantages', 'returns'] as const) {
				only(skipped[name]).forEach((row, i) =>
					row.forEach((x, t) => expect(x).toBeCloseTo(short[name][i][t], 12))
				);
			}
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('γ = λ = 1 and no rewards on masked tokens: the libraries agree on unmasked ones', () => {
	fc.assert(
		fc.property(tokenTables, ({ rewards: r, values: v, mask }) => {
			const paid = r.map((row, i) => row.map((x, t) => x * mask[i][t]));
			const of = kinds.map(
				(maskedTokens) => gae(paid, v, mask, { lam: 1, maskedTokens }).advantages
			);
			mask.forEach((row, i) =>
				row.forEach((kept, t) => {
					if (!kept) return;
					expect(of[1][i][t]).toBeCloseTo(of[0][i][t], 12);
					expect(of[2][i][t]).toBeCloseTo(of[0][i][t], 12);
				})
			);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('a value function that is right leaves no advantage', () => {
	const r = [[1, 0, 2, -1]];
	const exact = rewardToGo(r, ones(r), { gamma: 0.9 });
	const { advantages } = gae(r, exact, ones(r), { gamma: 0.9, lam: 0.7 });
	advantages[0].forEach((a) => expect(a).toBeCloseTo(0, 14));
});

test.each([
	['γ', () => gae(rewards, values, everyToken, { gamma: 1.1 }), 'gamma must be in [0, 1], got 1.1'],
	['λ', () => gae(rewards, values, everyToken, { lam: NaN }), 'lam must be in [0, 1], got NaN'],
	['a NaN', () => gae([[NaN]], [[0]], [[0]]), 'gae: rewards[0][0] must be finite, got NaN'],
	['a NaN', () => gae([[0]], [[NaN]], [[1]]), 'gae: values[0][0] must be finite, got NaN'],
	['rows', () => gae([[0]], [[0], [0]], [[1]]), "values must have the mask's 1 rows, got 2"],
	['a mask', () => gae([[0]], [[0]], [[2]]), 'gae: mask[0][0] must be 0 or 1, got 2']
])('%s: bad input is refused by name', (_, call, message) => {
	expect(call).toThrow(RangeError);
	expect(call).toThrow(message);
});
