import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestOfN } from '../../../src/kernels/rl/bestOfN';
import { sum } from './groups';

const outcomes = fc
	.array(
		fc.record({
			weight: fc.double({ min: 0.01, max: 1, noNaN: true }),
			reward: fc.integer({ min: -3, max: 3 })
		}),
		{ minLength: 1, maxLength: 5 }
	)
	.map((list) => {
		const total = sum(list.map(({ weight }) => weight));
		return {
			p: list.map(({ weight }) => weight / total),
			rewards: list.map(({ reward }) => reward)
		};
	});

test('it agrees with going through every draw of n, ties kept at random', () => {
	fc.assert(
		fc.property(outcomes, fc.integer({ min: 1, max: 4 }), ({ p, rewards }, n) => {
			const policy = p.map(() => 0);
			for (let code = 0; code < p.length ** n; code++) {
				const drawn = Array.from(
					{ length: n },
					(_, i) => Math.floor(code / p.length ** i) % p.length
				);
				const chance = drawn.reduce((product, y) => product * p[y], 1);
				const most = Math.max(...drawn.map((y) => rewards[y]));
				const best = drawn.filter((y) => rewards[y] === most);
				for (const y of best) policy[y] += chance / best.length;
			}
			const got = bestOfN(p, rewards, n);
			// up to 625 products of four factors
			policy.forEach((want, y) => expect(got.policy[y]).toBeCloseTo(want, 12));
			expect(got.expectedReward).toBeCloseTo(sum(policy.map((q, y) => q * rewards[y])), 12);
			const kl = sum(policy.map((q, y) => (q === 0 ? 0 : q * Math.log(q / p[y]))));
			expect(got.kl).toBeCloseTo(kl, 12);
		}),
		{ seed: 1, numRuns: 100 }
	);
});

test('the KL stays below log n − (n−1)/n and −log P(best); reward and KL rise with n', () => {
	fc.assert(
		fc.property(outcomes, fc.integer({ min: 1, max: 1000 }), ({ p, rewards }, n) => {
			const now = bestOfN(p, rewards, n);
			const more = bestOfN(p, rewards, n + 1);
			const top = sum(p.filter((_, y) => rewards[y] === Math.max(...rewards)));
			const rounding = 1e-13;
			expect(sum([...now.policy])).toBeCloseTo(1, 12);
			expect(now.kl).toBeLessThanOrEqual(now.klBound + rounding);
			expect(now.kl).toBeLessThanOrEqual(-Math.log(top) + rounding);
			expect(more.kl).toBeGreaterThanOrEqual(now.kl - rounding);
			expect(more.expectedReward).toBeGreaterThanOrEqual(now.expectedReward - rounding);
		}),
		{ seed: 1, numRuns: 300 }
	);
});

test('rewards count by their order alone', () => {
	fc.assert(
		fc.property(outcomes, fc.integer({ min: 1, max: 50 }), ({ p, rewards }, n) => {
			const stretched = bestOfN(
				p,
				rewards.map((r) => Math.exp(r)),
				n
			);
			const plain = bestOfN(p, rewards, n);
			plain.policy.forEach((q, y) => expect(stretched.policy[y]).toBe(q));
		}),
		{ seed: 1, numRuns: 100 }
	);
});

test('many rare outcomes of different reward reach the bound', () => {
	const m = 20000;
	const p = Array(m).fill(1 / m);
	const rewards = p.map((_, y) => y);
	for (const n of [2, 8, 64]) {
		const { kl, klBound } = bestOfN(p, rewards, n);
		// steps of 1/m along a curve that rises over the last 1/n, and 1e-3 to spare
		expect(kl / klBound).toBeGreaterThan(1 - n / m - 1e-3);
		expect(kl).toBeLessThanOrEqual(klBound);
	}
});

test('right and wrong: the chance is pass@n, the KL that of two coins, far below the bound', () => {
	const p = 0.01;
	const n = 1000;
	const { policy, kl, klBound, expectedReward } = bestOfN([1 - p, p], [0, 1], n);
	const pass = 1 - 0.99 ** n;
	expect(policy[1]).toBeCloseTo(pass, 12);
	expect(expectedReward).toBeCloseTo(pass, 12);
	expect(kl).toBeCloseTo(
		pass * Math.log(pass / p) + (1 - pass) * Math.log((1 - pass) / (1 - p)),
		10
	);
	expect(klBound - kl).toBeGreaterThan(1.3);
});

test('the worked value, one draw, a single outcome, and outcomes that never come', () => {
	const { policy, expectedReward, kl, klBound } = bestOfN([0.5, 0.5], [0, 1], 4);
	expect([...policy]).toEqual([1 / 16, 15 / 16]);
	expect(expectedReward).toBe(0.9375);
	expect(kl).toBeCloseTo(0.4593555, 7);
	expect(klBound).toBeCloseTo(0.6362944, 7);
	expect(bestOfN([0.2, 0.8], [3, 1], 1).kl).toBeLessThan(1e-15); // two roundings
	expect(bestOfN([0.2, 0.8], [3, 1], 1).klBound).toBe(0);
	expect([...bestOfN([1], [2], 9).policy]).toEqual([1]);
	expect([...bestOfN([0, 1, 0], [5, 1, -5], 9).policy]).toEqual([0, 1, 0]);
});

test('a best outcome of chance 1e-12 is found with its exact probability', () => {
	const { policy } = bestOfN([1 - 1e-12, 1e-12], [0, 1], 10);
	expect(policy[1] / 1e-11).toBeCloseTo(1, 9); // 1 − 45e-12/10
});

test.each([
	['n', () => bestOfN([1], [0], 0), 'bestOfN: n must be a positive integer, got 0'],
	['n', () => bestOfN([1], [0], 1.5), 'bestOfN: n must be a positive integer, got 1.5'],
	['rewards', () => bestOfN([1], [0, 1], 1), 'rewards must be one per outcome (1), got 2'],
	['rewards', () => bestOfN([1], [NaN], 1), 'bestOfN: rewards[0] must be finite, got NaN'],
	['p', () => bestOfN([0.5, 0.6], [0, 1], 1), 'bestOfN: probabilities must sum to 1, got 1.1'],
	['p', () => bestOfN([2, -1], [0, 1], 1), 'bestOfN: probabilities[0] must be in [0, 1], got 2']
])('a bad %s is refused by name', (_, call, message) => {
	expect(call).toThrow(RangeError);
	expect(call).toThrow(message);
});
