import fc from 'fast-check';
import { expect, test } from 'vitest';
import { softmax } from '../../../src/kernels/core/softmax';
import { bestOfNPolicy } from '../../../src/kernels/preference/bestOfNPolicy';

/** Every way to draw n answers, with the first best one kept. */
function byEnumeration(base: ArrayLike<number>, rewards: readonly number[], n: number): number[] {
	const kept = new Array<number>(base.length).fill(0);
	for (let code = 0; code < base.length ** n; code++) {
		let best = -1;
		let probability = 1;
		for (let draw = 0, rest = code; draw < n; draw++) {
			const answer = rest % base.length;
			rest = Math.floor(rest / base.length);
			probability *= base[answer];
			if (best < 0 || rewards[answer] > rewards[best]) best = answer;
		}
		kept[best] += probability;
	}
	return kept;
}

const problems = fc.record({
	logits: fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 2, maxLength: 5 }),
	levels: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 5, maxLength: 5 }),
	n: fc.integer({ min: 1, max: 4 })
});

test('it is what all draws of n give, ties included', () => {
	fc.assert(
		fc.property(problems, ({ logits, levels, n }) => {
			const base = softmax(logits);
			const rewards = levels.slice(0, base.length);
			const want = byEnumeration(base, rewards, n);
			const { probabilities, winRate, expectedReward } = bestOfNPolicy(base, rewards, n);
			probabilities.forEach((p, y) => expect(p).toBeCloseTo(want[y], 12));
			let wins = 0;
			want.forEach((p, y) =>
				base.forEach((q, other) => (wins += p * q * (1 + Math.sign(rewards[y] - rewards[other]))))
			);
			expect(winRate).toBeCloseTo(wins / 2, 12);
			expect(expectedReward).toBeCloseTo(
				want.reduce((sum, p, y) => sum + p * rewards[y], 0),
				12
			);
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('the KL stays below log n − (n − 1)/n and log 1/P(best), the win rate below n/(n + 1)', () => {
	fc.assert(
		fc.property(problems, fc.integer({ min: 1, max: 1000 }), ({ logits, levels }, n) => {
			const base = softmax(logits);
			const rewards = levels.slice(0, base.length);
			const { kl, klBound, winRate } = bestOfNPolicy(base, rewards, n);
			expect(kl).toBeLessThanOrEqual(klBound + 1e-12);
			const top = Math.max(...rewards);
			const best = base.reduce((sum, p, y) => sum + (rewards[y] === top ? p : 0), 0);
			expect(kl).toBeLessThanOrEqual(-Math.log(best) + 1e-12);
			expect(winRate).toBeLessThanOrEqual(n / (n + 1) + 1e-12);
		}),
		{ seed: 1, numRuns: 300 }
	);
});

test('more draws never lower the reward or the KL, and answers of equal reward keep their proportions', () => {
	fc.assert(
		fc.property(problems, ({ logits, levels, n }) => {
			const base = softmax(logits);
			const rewards = levels.slice(0, base.length);
			const [fewer, more] = [n, n + 1].map((draws) => bestOfNPolicy(base, rewards, draws));
			expect(more.expectedReward).toBeGreaterThanOrEqual(fewer.expectedReward - 1e-12);
			expect(more.kl).toBeGreaterThanOrEqual(fewer.kl - 1e-12);
			for (let y = 1; y < base.length; y++) {
				if (rewards[y] !== rewards[0]) continue;
				const [p, q] = [more.probabilities[0], more.probabilities[y]];
				expect(p * base[y]).toBeCloseTo(q * base[0], 12);
			}
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('the bound is reached where every answer is rare, and missed where few matter', () => {
	const uniform = (count: number) => new Array<number>(count).fill(1 / count);
	const ranks = Array.from({ length: 20000 }, (_, y) => y);
	const fine = bestOfNPolicy(uniform(20000), ranks, 8);
	// Riemann sum of a smooth function with steps of 1/20000
	expect(fine.kl).toBeCloseTo(fine.klBound, 5);
	expect(fine.winRate).toBeCloseTo(8 / 9, 4);
	const coarse = bestOfNPolicy([0.5, 0.5], [1, 0], 1000);
	expect(coarse.kl).toBeCloseTo(Math.LN2, 12);
	expect(coarse.klBound).toBeCloseTo(5.908755, 6);
});

test('one draw is the base; rare answers keep their digits', () => {
	const one = bestOfNPolicy([0.2, 0.3, 0.5], [1, 1, 0], 1);
	one.probabilities.forEach((p, y) => expect(p).toBeCloseTo([0.2, 0.3, 0.5][y], 15));
	expect(one.kl).toBeLessThan(1e-15);
	const rare = bestOfNPolicy([1e-20, 1 - 1e-20], [1, 0], 5);
	expect(rare.probabilities[0] / 5e-20).toBeCloseTo(1, 12);
});

test('worked value; answers that the base never gives, and rewards that are all equal', () => {
	const { probabilities, kl, klBound } = bestOfNPolicy([0.5, 0.5], [1, 0], 2);
	expect(Array.from(probabilities)).toEqual([0.75, 0.25]);
	expect(kl).toBeCloseTo(0.130812, 6);
	expect(klBound).toBeCloseTo(0.193147, 6);
	expect(bestOfNPolicy([0, 0.5, 0.5], [5, 1, 0], 2).probabilities[0]).toBe(0);
	const tied = bestOfNPolicy([0.1, 0.2, 0.7], [3, 3, 3], 9);
	expect(tied.kl).toBeLessThan(1e-15);
	expect(tied.winRate).toBeCloseTo(0.5, 14);
});

test.each<[string, number[], number[], number, string]>([
	['no draws', [1], [0], 0, 'n must be a positive integer, got 0'],
	['half a draw', [1], [0], 1.5, 'n must be a positive integer, got 1.5'],
	['rewards that do not fit', [1], [], 1, 'rewards must be 1 long, got 0'],
	['NaN', [0.5, 0.5], [NaN, 1], 1, 'rewards[0] must be finite, got NaN'],
	['no distribution', [0.5, 0.6], [0, 1], 1, 'must be ≥ 0 and sum to 1'],
	['a negative probability', [1.5, -0.5], [0, 1], 1, 'must be ≥ 0 and sum to 1']
])('%s: refused', (_, base, rewards, n, message) => {
	expect(() => bestOfNPolicy(base, rewards, n)).toThrow(RangeError);
	expect(() => bestOfNPolicy(base, rewards, n)).toThrow(message);
});
