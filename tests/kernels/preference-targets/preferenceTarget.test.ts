import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logit, sigmoid } from '../../../src/kernels/core/sigmoid';
import { logSoftmax } from '../../../src/kernels/core/softmax';
import { klRegularisedOptimum } from '../../../src/kernels/preference/klRegularisedOptimum';
import { labelledPairs } from '../../../src/kernels/preference-targets/labelledPairs';
import { preferenceTarget } from '../../../src/kernels/preference-targets/preferenceTarget';

const list = (size: number, reach: number) =>
	fc.array(fc.double({ min: -reach, max: reach, noNaN: true }), {
		minLength: size,
		maxLength: size
	});
const problems = fc.record({
	refLogits: list(4, 1.5),
	rewards: list(4, 1.5),
	beta: fc.double({ min: 0.2, max: 2, noNaN: true })
});
const same = (a: ArrayLike<number>, b: ArrayLike<number>, digits: number) =>
	Array.from(a).forEach((x, i) => expect(x).toBeCloseTo(b[i], digits));

test('worked values', () => {
	const half = [Math.log(0.5), Math.log(0.5)];
	const pairs = [
		{ chosen: 0, rejected: 1, weight: 0.75 },
		{ chosen: 1, rejected: 0, weight: 0.25 }
	];
	const { logProbs, attained } = preferenceTarget(half, pairs, { beta: 1 });
	expect(logProbs[0] - logProbs[1]).toBeCloseTo(Math.log(3), 8);
	expect(attained).toBe(true);
	const [first, second] = labelledPairs([1, 0]);
	expect(first).toMatchObject({ chosen: 0, rejected: 1 });
	expect(first.weight).toBeCloseTo(0.731059, 6);
	expect(second.weight).toBeCloseTo(0.268941, 6);
});

describe('DPO', () => {
	test('with clean labels of all pairs aims at RLHF’s optimum', () => {
		fc.assert(
			fc.property(problems, ({ refLogits, rewards, beta }) => {
				const reference = logSoftmax(refLogits);
				const target = preferenceTarget(reference, labelledPairs(rewards), { beta });
				const { logProbs } = klRegularisedOptimum(reference, rewards, beta);
				// the gradient is down to 1e−9 β, and the loss bends by about β²/10
				same(target.logProbs, logProbs, 5);
				expect(target.attained).toBe(true);
			}),
			{ seed: 1, numRuns: 60 }
		);
	});

	test('with a share ε of flipped labels falls short, by what two answers give in closed form', () => {
		const reference = logSoftmax([0.3, 0]);
		for (const noise of [0.1, 0.3]) {
			const beta = 0.5;
			const pairs = labelledPairs([1.2, 0], { noise });
			const { logProbs } = preferenceTarget(reference, pairs, { beta });
			const margin = logProbs[0] - logProbs[1] - 0.3;
			const seen = (1 - 2 * noise) * sigmoid(1.2) + noise;
			expect(margin).toBeCloseTo(logit(seen) / beta, 6);
			expect(margin).toBeLessThan(1.2 / beta);
		}
	});

	test('in its robust form, told ε, aims at RLHF’s optimum again', () => {
		fc.assert(
			fc.property(
				problems,
				fc.double({ min: 0.02, max: 0.3, noNaN: true }),
				({ refLogits, rewards, beta }, noise) => {
					const reference = logSoftmax(refLogits);
					const target = preferenceTarget(reference, labelledPairs(rewards, { noise }), {
						beta,
						lossType: 'robust',
						labelSmoothing: noise
					});
					same(target.logProbs, klRegularisedOptimum(reference, rewards, beta).logProbs, 5);
				}
			),
			{ seed: 1, numRuns: 40 }
		);
	});

	test('takes an answer that nobody compared for one of average reward', () => {
		fc.assert(
			fc.property(
				problems,
				fc.integer({ min: 0, max: 3 }),
				({ refLogits, rewards, beta }, missing) => {
					const reference = logSoftmax(refLogits);
					const compared = rewards.filter((_, y) => y !== missing);
					const mean = compared.reduce((sum, r) => sum + r, 0) / compared.length;
					const target = preferenceTarget(reference, labelledPairs(rewards, { missing }), { beta });
					const believed = rewards.map((reward, y) => (y === missing ? mean : reward));
					same(target.logProbs, klRegularisedOptimum(reference, believed, beta).logProbs, 5);
				}
			),
			{ seed: 1, numRuns: 60 }
		);
	});

	test('has no minimum where labels are certain, and IPO has: margins of neighbours 1/(4β)', () => {
		const reference = logSoftmax([0, 0.2, -0.4, 0]);
		const rewards = [1, 0.4, 0, -1];
		const pairs = labelledPairs(rewards, { labels: 'certain' });
		expect(preferenceTarget(reference, pairs, { beta: 0.5 }).attained).toBe(false);
		const ipo = preferenceTarget(reference, pairs, { beta: 0.5, lossType: 'ipo' });
		expect(ipo.attained).toBe(true);
		// p̄ = (3½, 2½, 1½, ½)/4: log-ratios of neighbours differ by ¼ over β
		const away = ipo.logProbs.map((log, y) => log - reference[y]);
		for (let y = 0; y < 3; y++) expect(away[y] - away[y + 1]).toBeCloseTo(0.25 / 0.5, 8);
	});

	test('with certain labels of which ε are flipped has a minimum: noise stands in for a penalty', () => {
		const reference = logSoftmax([0, 0]);
		const pairs = labelledPairs([1, 0], { labels: 'certain', noise: 0.1 });
		const { logProbs, attained } = preferenceTarget(reference, pairs, { beta: 0.5 });
		expect(attained).toBe(true);
		expect(logProbs[0] - logProbs[1]).toBeCloseTo(Math.log(9) / 0.5, 6);
	});
});

test.each<[() => unknown, string]>([
	[() => labelledPairs([1, 0], { noise: 0.6 }), 'noise must be in [0, 0.5], got 0.6'],
	[() => labelledPairs([1, NaN]), 'rewards[1] must be finite, got NaN'],
	[() => labelledPairs([1, 0], { missing: 2 }), 'missing must be one of the 2 answers, got 2']
])('refuses bad input %#', (act, said) => {
	expect(act).toThrow(`labelledPairs: ${said}`);
});
