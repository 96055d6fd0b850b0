import { describe, expect, test } from 'vitest';
import { answerPlane, trueWorth } from '../../../src/kernels/preference/answerPlane';
import { bestOfNPolicy } from '../../../src/kernels/preference/bestOfNPolicy';
import reference from '../../reference/rewardModel.json';
import { section } from '../rl/outside';

const { substance, length, base } = answerPlane();
const mean = (p: ArrayLike<number>, value: (y: number) => number) =>
	Array.from(p).reduce((sum, q, y) => sum + q * value(y), 0);

test('the base has the moments of two standard normals', () => {
	expect(base).toHaveLength(41 * 41);
	expect(mean(base, () => 1)).toBeCloseTo(1, 12);
	for (const feature of [substance, length]) {
		expect(mean(base, (y) => feature[y])).toBeCloseTo(0, 12);
		expect(mean(base, (y) => feature[y] ** 2)).toBeCloseTo(1, 4);
	}
	expect(mean(base, (y) => trueWorth(substance[y], length[y], 0.5))).toBeCloseTo(0, 4);
});

test('what an answer is worth: greatest at the length 1/(2c), worked value', () => {
	expect(trueWorth(0, 1, 0.5)).toBe(1);
	for (const bend of [0.1, 0.5, 1]) {
		const best = 1 / (2 * bend);
		expect(trueWorth(2, best, bend)).toBeGreaterThan(trueWorth(2, best + 0.01, bend));
		expect(trueWorth(2, best, bend)).toBeGreaterThan(trueWorth(2, best - 0.01, bend));
	}
});

/**
 * With a reward w·(s, l) the kept answer lies M along w, the largest of n normals, and anywhere across. So
 * E s = u_s E M, E l = u_l E M and E l² = u_l² E M² + u_s², with u = w/|w|.
 */
describe('best of n by a linear reward, against the largest of n normals (SciPy)', () => {
	const { cases } = section<number, [number, number]>(reference, 'largest_of_n_normals');
	test.each(cases)('$name', ({ inputs: n, outputs: [first, second] }) => {
		const weights = [0.7, 1.9];
		const norm = Math.hypot(...weights);
		const [us, ul] = weights.map((w) => w / norm);
		const learned = substance.map((s, y) => weights[0] * s + weights[1] * length[y]);
		const { probabilities, expectedReward, kl, klBound } = bestOfNPolicy(base, learned, n);
		const bend = 0.5;
		const worth = mean(probabilities, (y) => trueWorth(substance[y], length[y], bend));
		// A grid of quarters that ends at 5 is not the normals, least where the largest of n lies far out.
		const near = n < 10_000 ? 0.02 : 0.06;
		expect(Math.abs(expectedReward - norm * first)).toBeLessThan(near);
		expect(
			Math.abs(worth - ((us + ul) * first - bend * (ul * ul * second + us * us - 1)))
		).toBeLessThan(near);
		expect(klBound - kl).toBeLessThan(1e-3);
		expect(klBound).toBeGreaterThanOrEqual(kl - 1e-12);
	});
});
