import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStream } from '../../../src/kernels/core/stream';
import { methodOf, methods, type MethodName } from '../../../src/kernels/policy-landscape/methods';
import { methodTokens, sampleBatch } from '../../../src/kernels/policy-landscape/sameBatch';

const names = Object.keys(methods) as MethodName[];

/** Two questions of four answers; the policy has not moved, or has. */
const batchAt = (drift: number, seed = 1) =>
	sampleBatch(createStream(seed), {
		rewards: [1, 1, 0, 0, 1, 0, 0, 0],
		lengths: [3, 5, 2, 8, 6, 8, 3, 5],
		numGenerations: 4,
		drift
	});

const perAnswer = (pushes: number[][]) =>
	pushes.map((row) => row.reduce((sum, push) => sum + push, 0));

test('worked value: two answers of one token', () => {
	const batch = sampleBatch(createStream(1), {
		rewards: [1, 0],
		lengths: [1, 1],
		numGenerations: 2,
		drift: 0
	});
	expect(methodTokens(methodOf('rloo'), batch).pushes).toEqual([[0.5], [-0.5]]);
	expect(methodTokens(methodOf('dr_grpo'), batch).pushes).toEqual([[0.25], [-0.25]]);
});

describe('a policy that has not moved', () => {
	const batch = batchAt(0);
	const at = (name: MethodName) => methodTokens(methodOf(name), batch);

	test('has every ratio 1 and no clip', () => {
		for (const name of names) {
			const { ratios, branches } = at(name);
			const seen = ratios.flat().filter((_, i) => batch.mask.flat()[i] === 1);
			expect(new Set(seen)).toEqual(new Set([1]));
			expect(new Set(branches.flat())).toEqual(new Set(['ratio', 'masked']));
		}
	});

	test('so GSPO pushes as GRPO does, and CISPO as DAPO', () => {
		for (const [a, b] of [
			['gspo', 'grpo'],
			['cispo', 'dapo']
		] as const) {
			const other = at(b).pushes.flat();
			// sums of a row's weights in another order
			at(a)
				.pushes.flat()
				.forEach((push, i) => expect(push).toBeCloseTo(other[i], 14));
		}
	});

	test('RLOO pushes as Dr. GRPO, but for one factor: T·G/(G−1)', () => {
		const rloo = at('rloo').pushes.flat();
		const factor = (8 * 4) / 3;
		at('dr_grpo')
			.pushes.flat()
			.forEach((push, i) => expect(factor * push).toBeCloseTo(rloo[i], 14));
	});

	test('GRPO pushes an answer as hard whatever its length, Dr. GRPO in proportion to it', () => {
		// answers 2 and 3 of the first question are both wrong, of 2 and 8 tokens
		const grpo = perAnswer(at('grpo').pushes);
		const drGrpo = perAnswer(at('dr_grpo').pushes);
		expect(grpo[3] / grpo[2]).toBeCloseTo(1, 12);
		expect(drGrpo[3] / drGrpo[2]).toBeCloseTo(4, 12);
	});

	test('GRPO’s pushes on a question sum to 0 over its answers', () => {
		const [first, second] = [0, 4].map((from) =>
			perAnswer(at('grpo').pushes)
				.slice(from, from + 4)
				.reduce((sum, push) => sum + push, 0)
		);
		expect(first).toBeCloseTo(0, 14);
		expect(second).toBeCloseTo(0, 14);
	});
});

test('each push is weight × coefficient × advantage, or 0 on the clip', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...names),
			fc.double({ min: 0, max: 2, noNaN: true }),
			fc.integer({ min: 0, max: 1000 }),
			(name, drift, seed) => {
				const batch = batchAt(drift, seed);
				const { advantages, coefficients, weights, pushes, branches } = methodTokens(
					methodOf(name),
					batch
				);
				pushes.forEach((row, i) =>
					row.forEach((push, t) => {
						const held = branches[i][t] !== 'ratio' && name !== 'cispo';
						const expected = held ? 0 : weights[i][t] * coefficients[i][t] * advantages[i][t];
						expect(push).toBeCloseTo(batch.mask[i][t] ? expected : 0, 12);
					})
				);
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test('GSPO’s clip takes an answer whole, and CISPO’s takes no token’s push', () => {
	for (let seed = 1; seed <= 20; seed++) {
		const batch = batchAt(0.3, seed);
		const gspo = methodTokens(methodOf('gspo'), batch);
		gspo.branches.forEach((row, i) => {
			expect(new Set(row.filter((_, t) => batch.mask[i][t] === 1)).size).toBe(1);
		});
		const cispo = methodTokens(methodOf('cispo'), batch);
		cispo.pushes.forEach((row, i) =>
			row.forEach((push, t) => {
				if (batch.mask[i][t] && cispo.advantages[i][t] !== 0) expect(push).not.toBe(0);
			})
		);
	}
});

test('answers of equal reward teach the group methods nothing', () => {
	const batch = sampleBatch(createStream(3), {
		rewards: [1, 1, 1, 1],
		lengths: [2, 3, 4, 5],
		numGenerations: 4,
		drift: 0.2
	});
	for (const name of ['grpo', 'dr_grpo', 'rloo', 'dapo', 'gspo', 'cispo'] as const) {
		expect(new Set(methodTokens(methodOf(name), batch).pushes.flat())).toEqual(new Set([0]));
	}
});

test.each<[object, string]>([
	[{ lengths: [1] }, 'lengths must be 2 whole numbers ≥ 1, got 1'],
	[{ numGenerations: 3 }, 'numGenerations must divide the 2 rewards, got 3'],
	[{ drift: -1 }, 'drift must be finite and ≥ 0, got -1']
])('sampleBatch refuses %o', (changed, said) => {
	const right = { rewards: [1, 0], lengths: [1, 2], numGenerations: 2, drift: 0.1 };
	expect(() => sampleBatch(createStream(1), { ...right, ...changed })).toThrow(
		`sampleBatch: ${said}`
	);
});
