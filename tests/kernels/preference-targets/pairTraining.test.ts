import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logSoftmax } from '../../../src/kernels/core/softmax';
import { likelihoodDisplacement } from '../../../src/kernels/preference/likelihoodDisplacement';
import { exactKl } from '../../../src/kernels/rl/exactKl';
import {
	pairObjective,
	type PairObjectiveName
} from '../../../src/kernels/preference-targets/pairObjective';
import { pairTraining } from '../../../src/kernels/preference-targets/pairTraining';

const NAMES: PairObjectiveName[] = ['dpo', 'ipo', 'kto', 'orpo', 'simpo'];
const SHARED = [
	[1, 0.1],
	[1, -0.1],
	[-1, 1]
];
const TABLE = [
	[1, 0, 0],
	[0, 1, 0],
	[0, 0, 1]
];
const run = (objective: PairObjectiveName, features: number[][], steps = 1000) =>
	pairTraining({
		objective,
		features,
		beta: objective === 'simpo' ? 2 : 0.1,
		learningRate: objective === 'ipo' ? 0.1 : 1,
		steps
	});
const logits = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), {
	minLength: 3,
	maxLength: 3
});

test('worked value of the objective', () => {
	const half = [Math.log(0.5), Math.log(0.5)];
	const { loss, chosen, rejected } = pairObjective('dpo', half, half, { beta: 0.1 });
	expect(loss).toBeCloseTo(Math.LN2, 12);
	expect(chosen).toBeCloseTo(-0.05, 12);
	expect(rejected).toBeCloseTo(0.05, 12);
});

test('slopes are those of the loss, by central differences', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(...NAMES),
			logits,
			logits,
			fc.double({ min: 0.1, max: 2, noNaN: true }),
			(name, now, before, beta) => {
				const logProbs = Array.from(logSoftmax(now));
				const reference = logSoftmax(before);
				// z₀ counts as a constant: it is held at its value here
				const kl = exactKl(logProbs.map(Math.exp), Array.from(reference, Math.exp));
				const at = (chosen: number, rejected: number) => {
					const [w, l] = [logProbs[0] + chosen, logProbs[1] + rejected];
					if (name !== 'kto') return pairObjective(name, [w, l], reference, { beta }).loss;
					const up = beta * (w - reference[0] - kl);
					const down = beta * (kl - l + reference[1]);
					return (2 - 1 / (1 + Math.exp(-up)) - 1 / (1 + Math.exp(-down))) / 2;
				};
				const { chosen, rejected } = pairObjective(name, logProbs, reference, { beta });
				const h = 1e-6;
				const slopeOf = (a: number, b: number) => (at(a, b) - at(-a, -b)) / (2 * h);
				// ORPO bends as 1/(1−P)²: relative
				expect(slopeOf(h, 0) / chosen).toBeCloseTo(1, 4);
				if (Math.abs(rejected) > 1e-6) expect(slopeOf(0, h) / rejected).toBeCloseTo(1, 4);
			}
		),
		{ seed: 1, numRuns: 200 }
	);
});

test('DPO and IPO train as likelihoodDisplacement, which has its own test', () => {
	for (const [objective, lossType, learningRate] of [
		['dpo', 'sigmoid', 1],
		['ipo', 'ipo', 0.1]
	] as const) {
		const own = run(objective, SHARED, 300);
		const other = likelihoodDisplacement(SHARED, [0, 0], [{ chosen: 0, rejected: 1 }], {
			lossType,
			beta: 0.1,
			learningRate,
			steps: 300
		});
		own.logProbs.forEach((logProbs, n) =>
			logProbs.forEach((log, y) => expect(log).toBeCloseTo(other.logProbs[n][y], 9))
		);
	}
});

describe('one pair of similar answers, 1000 steps', () => {
	const ends = (name: PairObjectiveName, features: number[][]) =>
		Array.from(run(name, features).logProbs.at(-1)!, Math.exp);

	test('DPO gives it to the third answer, while loss and margin improve at every step', () => {
		const { losses, margins } = run('dpo', SHARED);
		expect(losses).toEqual(losses.toSorted((a, b) => b - a));
		expect(margins).toEqual(margins.toSorted((a, b) => a - b));
		const [chosen, , third] = ends('dpo', SHARED);
		expect(chosen).toBeCloseTo(0.0002, 4);
		expect(third).toBeGreaterThan(0.999);
	});

	test('so do IPO and SimPO; ORPO, which also raises the chosen answer itself, does not', () => {
		for (const name of ['ipo', 'simpo'] as const) {
			expect(ends(name, SHARED)[0]).toBeLessThan(1 / 3);
		}
		expect(ends('orpo', SHARED)[0]).toBeGreaterThan(0.4);
	});

	test('with a table every objective raises the chosen answer at every step', () => {
		for (const name of NAMES) {
			const chosen = run(name, TABLE).logProbs.map((logProbs) => logProbs[0]);
			expect(chosen).toEqual(chosen.toSorted((a, b) => a - b));
		}
	});
});

test('IPO stops at a margin of 1/(2β)', () => {
	expect(run('ipo', TABLE, 3000).margins.at(-1)).toBeCloseTo(5, 8);
});

test.each<[object, string]>([
	[{ features: [[1]] }, 'features must be at least two rows of one length, got 1'],
	[{ learningRate: 0 }, 'learningRate must be positive and finite, got 0'],
	[{ steps: 1.5 }, 'steps must be a whole number ≥ 0, got 1.5']
])('refuses %o', (changed, said) => {
	const right = {
		objective: 'dpo',
		features: TABLE,
		beta: 0.1,
		learningRate: 1,
		steps: 1
	} as const;
	expect(() => pairTraining({ ...right, ...changed })).toThrow(`pairTraining: ${said}`);
});
