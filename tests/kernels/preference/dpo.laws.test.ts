import fc from 'fast-check';
import { expect, test } from 'vitest';
import { brent } from '../../../src/kernels/core/brent';
import { dpo, type DpoOptions } from '../../../src/kernels/preference/dpo';
import type { DpoLossType } from '../../../src/kernels/preference/dpoPresets';
import type { FDivergenceType } from '../../../src/kernels/preference/divergenceScore';
import { marginLoss, type MarginLossType } from '../../../src/kernels/preference/marginLoss';
import type { PreferenceBatch } from '../../../src/kernels/preference/readPreferences';
import { sortedDifferences } from '../../../src/kernels/preference/sortedDifferences';

const lossTypes: DpoLossType[] = [
	'sigmoid',
	'hinge',
	'ipo',
	'robust',
	'exo_pair',
	'discopop',
	'sigmoid_norm',
	'nca_pair',
	'bco_pair',
	'sppo_hard',
	'apo_zero',
	'apo_down',
	'aot',
	'aot_unpaired',
	'sft'
];
const divergences: FDivergenceType[] = [
	'reverse_kl',
	'forward_kl',
	'js_divergence',
	'alpha_divergence'
];
const names = ['chosenLogps', 'rejectedLogps', 'refChosenLogps', 'refRejectedLogps'] as const;

const logps = fc.array(fc.double({ min: -4, max: -0.1, noNaN: true }), {
	minLength: 3,
	maxLength: 3
});
const lengths = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 3, maxLength: 3 });
const batches = fc.record({
	chosenLogps: logps,
	rejectedLogps: logps,
	refChosenLogps: logps,
	refRejectedLogps: logps,
	chosenLengths: lengths,
	rejectedLengths: lengths
});

const settings = fc.record({
	beta: fc.double({ min: 0.2, max: 2, noNaN: true }),
	labelSmoothing: fc.double({ min: 0.01, max: 0.4, noNaN: true }),
	fDivergenceType: fc.constantFrom(...divergences),
	fAlphaDivergenceCoef: fc.double({ min: -1, max: 2, noNaN: true }),
	discopopTau: fc.double({ min: 0.3, max: 2, noNaN: true }),
	ipoScores: fc.constantFrom('sum' as const, 'average' as const),
	sigmoidSmoothing: fc.constantFrom('conservative' as const, 'ignored' as const),
	referenceFree: fc.boolean()
});

/** Whether a small step could change a rank that the loss goes by, where its gradient jumps. */
function nearTie(batch: PreferenceBatch, lossType: DpoLossType): boolean {
	const minus = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a, (x, i) => x - b[i]);
	const { chosenLogps, rejectedLogps, refChosenLogps, refRejectedLogps } = batch;
	const ranked = {
		aot: [minus(chosenLogps, rejectedLogps), minus(refChosenLogps, refRejectedLogps)],
		aot_unpaired: [
			minus(chosenLogps, refChosenLogps),
			minus(rejectedLogps, refRejectedLogps),
			Array.from(chosenLogps),
			Array.from(rejectedLogps)
		]
	};
	if (lossType !== 'aot' && lossType !== 'aot_unpaired') return false;
	return ranked[lossType].some((xs) =>
		xs.some((x, i) => xs.some((y, j) => i < j && Math.abs(x - y) < 1e-4))
	);
}

const total = (batch: PreferenceBatch, options: DpoOptions) =>
	dpo(batch, options).losses.reduce((sum, loss) => sum + loss, 0);

test.each(lossTypes)('%s: all four gradients are those of finite differences', (lossType) => {
	fc.assert(
		fc.property(batches, settings, (batch, setting) => {
			fc.pre(!nearTie(batch, lossType));
			const options = { ...setting, lossType };
			const { gradients, losses } = dpo(batch, options);
			const step = 1e-5;
			const scale = Math.max(1, ...losses.map(Math.abs));
			for (const name of names) {
				batch[name].forEach((_, i) => {
					const moved = (by: number) =>
						total({ ...batch, [name]: batch[name].map((x, j) => (j === i ? x + by : x)) }, options);
					const [ahead, here, behind] = [moved(step), moved(0), moved(-step)];
					const slope = (ahead - behind) / (2 * step);
					// hinge's kink lies between the points where the two halves disagree
					const curvature = Math.abs(ahead - 2 * here + behind) / step;
					fc.pre(curvature < 1e-2 * scale);
					// rounding 1e-16·scale/step, and the third derivative times step² for scores up to e^4 and more
					const want = gradients[name][i];
					expect(Math.abs(want - slope)).toBeLessThan(1e-5 * Math.max(scale, Math.abs(want)));
				});
			}
		}),
		{ seed: 1, numRuns: 60 }
	);
});

test('swapping chosen and rejected negates margins, and ε ↔ 1 − ε undoes it for cDPO', () => {
	fc.assert(
		fc.property(batches, settings, (batch, { beta, labelSmoothing }) => {
			const swapped = {
				chosenLogps: batch.rejectedLogps,
				rejectedLogps: batch.chosenLogps,
				refChosenLogps: batch.refRejectedLogps,
				refRejectedLogps: batch.refChosenLogps
			};
			const there = dpo(batch, { beta, labelSmoothing });
			const back = dpo(swapped, { beta, labelSmoothing: 1 - labelSmoothing });
			there.margins.forEach((margin, i) => expect(back.margins[i] + margin).toBe(0));
			expect(back.loss).toBeCloseTo(there.loss, 12);
			back.gradients.rejectedLogps.forEach((slope, i) =>
				expect(slope).toBeCloseTo(there.gradients.chosenLogps[i], 12)
			);
		}),
		{ seed: 1, numRuns: 100 }
	);
});

test('adding the same to policy and reference of the chosen answers changes nothing but sft', () => {
	const shifted = lossTypes.filter((lossType) => lossType !== 'sft');
	fc.assert(
		fc.property(
			batches,
			settings,
			fc.constantFrom(...shifted),
			fc.double({ min: -2, max: 2, noNaN: true }),
			(batch, setting, lossType, shift) => {
				const options = { ...setting, lossType, referenceFree: false };
				const moved = {
					...batch,
					chosenLogps: batch.chosenLogps.map((x) => x + shift),
					refChosenLogps: batch.refChosenLogps.map((x) => x + shift)
				};
				const [here, there] = [dpo(batch, options), dpo(moved, options)];
				// rounding of log-ratios to 1e−15, magnified by slopes of at most e^8
				here.losses.forEach((loss, i) =>
					expect(Math.abs(there.losses[i] - loss)).toBeLessThan(1e-10 * Math.max(1, Math.abs(loss)))
				);
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

/** Where a loss of the margin stops pushing. */
const stops = (lossType: MarginLossType, beta: number, labelSmoothing: number) =>
	brent((h) => marginLoss(lossType, h, { beta, labelSmoothing }).slope, -60 / beta, 60 / beta);

test("ipo's minimum lies at a margin of 1/(2β)", () => {
	fc.assert(
		fc.property(fc.double({ min: 0.05, max: 5, noNaN: true }), (beta) => {
			expect(stops('ipo', beta, 0) * 2 * beta).toBeCloseTo(1, 10);
		}),
		{ seed: 1, numRuns: 50 }
	);
});

test('label smoothing bounds the best margin: log((1−ε)/ε)/β for cDPO and exo_pair', () => {
	fc.assert(
		fc.property(
			fc.double({ min: 0.05, max: 5, noNaN: true }),
			fc.double({ min: 0.01, max: 0.49, noNaN: true }),
			(beta, e) => {
				const best = Math.log((1 - e) / e);
				expect(stops('sigmoid', beta, e) * beta).toBeCloseTo(best, 8);
				expect(stops('exo_pair', beta, e) * beta).toBeCloseTo(best, 8);
			}
		),
		{ seed: 1, numRuns: 50 }
	);
});

test('without smoothing the margin has no best: sigmoid and robust fall all the way', () => {
	for (const h of [-20, 0, 20, 300]) {
		expect(marginLoss('sigmoid', h, { beta: 1 }).slope).toBeLessThan(0);
		expect(marginLoss('robust', h, { beta: 1, labelSmoothing: 0.2 }).slope).toBeLessThan(0);
	}
});

test('robust on labels of which ε is flipped has the mean of the clean loss; cDPO on clean ones that of the flipped', () => {
	fc.assert(
		fc.property(
			fc.double({ min: -8, max: 8, noNaN: true }),
			fc.double({ min: 0, max: 0.45, noNaN: true }),
			(h, labelSmoothing) => {
				const loss = (lossType: MarginLossType, at: number, e = labelSmoothing) =>
					marginLoss(lossType, at, { beta: 1, labelSmoothing: e }).loss;
				const flips = (lossType: MarginLossType, e?: number) =>
					(1 - labelSmoothing) * loss(lossType, h, e) + labelSmoothing * loss(lossType, -h, e);
				// divided by 1 − 2ε ≥ 0.1
				expect(flips('robust')).toBeCloseTo(loss('sigmoid', h, 0), 11);
				expect(loss('sigmoid', h)).toBeCloseTo(flips('sigmoid', 0), 12);
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test('sorted differences are those of the transport: least in squares, and their mean is that of the pairs', () => {
	const samples = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
		minLength: 4,
		maxLength: 4
	});
	const squares = (xs: readonly number[]) => xs.reduce((sum, x) => sum + x * x, 0);
	fc.assert(
		fc.property(
			samples,
			samples,
			fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
			(xs, ys, to) => {
				const { differences, xOrder, yOrder } = sortedDifferences(xs, ys);
				const other = xs.map((x, i) => x - ys[to[i]]);
				expect(squares(differences)).toBeLessThanOrEqual(squares(other) + 1e-12);
				const sum = (list: readonly number[]) => list.reduce((total, x) => total + x, 0);
				expect(sum(differences)).toBeCloseTo(sum(other), 12);
				differences.forEach((d, k) => expect(d).toBe(xs[xOrder[k]] - ys[yOrder[k]]));
			}
		),
		{ seed: 1, numRuns: 100 }
	);
	expect(sortedDifferences([NaN, 1], [0, 0]).xOrder).toEqual([1, 0]);
	expect(() => sortedDifferences([1], [])).toThrow('ys must be 1 long, got 0');
});

test("the α-divergence's score goes over into the others': α → 1 the log-ratio, α = 0 the forward KL", () => {
	fc.assert(
		fc.property(batches, (batch) => {
			const loss = (options: DpoOptions) => dpo(batch, { beta: 1, ...options }).loss;
			const alpha = (fAlphaDivergenceCoef: number) =>
				loss({ fDivergenceType: 'alpha_divergence', fAlphaDivergenceCoef });
			expect(alpha(1)).toBe(loss({}));
			// the score is off by (α − 1)·ratio²/2, at most 8e−5
			expect(Math.abs(alpha(1.00001) - loss({}))).toBeLessThan(2e-4);
			expect(alpha(0)).toBeCloseTo(loss({ fDivergenceType: 'forward_kl' }), 12);
		}),
		{ seed: 1, numRuns: 100 }
	);
});
