import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyLoss } from '../../../src/kernels/rl/policyLoss';
import { traceCredit } from '../../../src/kernels/search-r1/traceCredit';

describe('verl’s masked PPO loss, worked by hand', () => {
	const loss = (ratios: readonly number[], mask: readonly number[]) =>
		policyLoss(
			{
				batch: 1,
				length: 5,
				logProbs: ratios.map(Math.log),
				oldLogProbs: [0, 0, 0, 0, 0],
				advantages: [1],
				mask
			},
			{ aggregation: 'bnpo', epsilon: 0.2 }
		);
	const ratios = [1.1, 1.5, 0.9, 1.3, 0.7];
	const mask = [1, 0, 0, 1, 1];

	test('−1.0 with the mask, −1.02 without', () => {
		expect(loss(ratios, mask).loss).toBeCloseTo(-1, 12);
		expect(loss(ratios, [1, 1, 1, 1, 1]).loss).toBeCloseTo(-1.02, 12);
	});

	test('a masked token has no gradient, and its ratio changes nothing', () => {
		const { gradients } = loss(ratios, mask);
		expect([gradients[1], gradients[2]]).toEqual([0, 0]);
		expect(loss([1.1, 9, 0.01, 1.3, 0.7], mask).loss).toBe(loss(ratios, mask).loss);
	});
});

test('worked value; 90 retrieved tokens of 100 carry 0.9 of an unmasked loss', () => {
	const shared = { values: [0, 0, 0, 0], reward: 1, lam: 1 };
	const open = traceCredit({ own: [1, 0, 0, 1], stateMasking: false, ...shared });
	expect(open.weights).toEqual([0.25, 0.25, 0.25, 0.25]);
	expect(open.givenShare).toBe(0.5);
	const masked = traceCredit({ own: [1, 0, 0, 1], stateMasking: true, ...shared });
	expect(masked.weights).toEqual([0.5, 0, 0, 0.5]);
	expect(masked.givenShare).toBe(0);
	const own = Array.from({ length: 100 }, (_, t) => (t < 10 ? 1 : 0));
	const values = own.map(() => 0);
	expect(
		traceCredit({ own, stateMasking: false, values, reward: 1, lam: 1 }).givenShare
	).toBeCloseTo(0.9, 12);
});

test('the reference values of GAE without retrieved tokens', () => {
	const plain = { own: [1, 1, 1, 1], stateMasking: true, values: [0.2, 0.4, 0.5, 0.7], reward: 1 };
	const near = (got: readonly number[], expected: readonly number[]) =>
		expected.forEach((value, t) => expect(got[t]).toBeCloseTo(value, 12));
	near(traceCredit({ ...plain, lam: 1 }).stepped, [0.8, 0.6, 0.5, 0.3]);
	near(traceCredit({ ...plain, lam: 0.95 }).stepped, [0.7327125, 0.56075, 0.485, 0.3]);
});

const trace = fc.array(
	fc.record({ own: fc.constantFrom(0, 1), value: fc.double({ min: -1, max: 1, noNaN: true }) }),
	{ minLength: 1, maxLength: 20 }
);

test('at λ = 1 retrieved tokens change no advantage of the model’s own: R − V', () => {
	fc.assert(
		fc.property(trace, fc.constantFrom(0, 1), (tokens, reward) => {
			const own = [...tokens.map(({ own }) => own), 1];
			const values = [...tokens.map(({ value }) => value), 0.5];
			const { stepped, skipped } = traceCredit({
				own,
				stateMasking: true,
				values,
				reward,
				lam: 1
			});
			own.forEach((isOwn, t) => {
				if (!isOwn) return;
				expect(stepped[t]).toBeCloseTo(reward - values[t], 12);
				expect(skipped[t]).toBeCloseTo(reward - values[t], 12);
			});
		}),
		{ seed: 1, numRuns: 200 }
	);
});

test('below 1 they do, and skipping them is GAE over the model’s tokens alone', () => {
	fc.assert(
		fc.property(trace, fc.double({ min: 0, max: 0.99, noNaN: true }), (tokens, lam) => {
			const own = [...tokens.map(({ own }) => own), 1];
			const values = [...tokens.map(({ value }) => value), 0.5];
			const options = { own, stateMasking: true, values, reward: 1, lam };
			const kept = values.filter((_, t) => own[t]);
			const alone = traceCredit({ ...options, own: kept.map(() => 1), values: kept }).stepped;
			const skipped = traceCredit(options).skipped.filter((_, t) => own[t]);
			skipped.forEach((value, t) => expect(value).toBeCloseTo(alone[t], 12));
		}),
		{ seed: 1, numRuns: 200 }
	);
	const passage = (n: number) =>
		traceCredit({
			own: [1, ...Array<number>(n).fill(0), 1],
			stateMasking: true,
			values: Array<number>(n + 2).fill(0),
			reward: 1,
			lam: 0.9
		}).stepped[0];
	expect(passage(0)).toBeCloseTo(0.9, 12);
	expect(passage(10)).toBeCloseTo(0.9 ** 11, 12);
});
