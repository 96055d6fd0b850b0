import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cispoWeight } from '../../../src/kernels/rl/cispoWeight';
import { gmpoLogRatio } from '../../../src/kernels/rl/gmpoLogRatio';
import { libraryKlGradient } from '../../../src/kernels/rl/libraryKlGradient';
import { branchCode, branchNames, policyBranch } from '../../../src/kernels/rl/policyBranch';
import { defaultPolicyLoss, type Objective } from '../../../src/kernels/rl/policyLossPresets';
import { sapoGate, sapoSlope } from '../../../src/kernels/rl/sapoGate';
import { tokenObjective, type TokenObjective } from '../../../src/kernels/rl/tokenObjective';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

test('CISPO’s weight: both edges around 1 in verl, only the largest weight in TRL', () => {
	expect(cispoWeight(1.5, 0.2, 0.2, 'ratio')).toBe(1.2);
	expect(cispoWeight(0.5, 0.2, 0.2, 'ratio')).toBe(0.8);
	expect(cispoWeight(1.5, 0.2, 0.2, 'weight')).toBe(0.2);
	expect(cispoWeight(0.1, 0.2, 0.2, 'weight')).toBe(0.1);
	expect(cispoWeight(7, 0.2, 5, 'weight')).toBe(5);
	expect(cispoWeight(NaN, 0.2, 0.2, 'ratio')).toBeNaN();
});

test('SAPO’s gate has slope 1 at ratio 1, rises, and flattens on both sides', () => {
	expect(sapoGate(1, 1)).toBe(2);
	expect(sapoSlope(1, 1.7)).toBe(1);
	expect(sapoSlope(Infinity, 1)).toBe(0);
	fc.assert(
		fc.property(number(-3, 3), number(0.2, 4), (logRatio, temperature) => {
			const step = 1e-6;
			const at = (x: number) => sapoGate(Math.exp(x), temperature);
			const slope = (at(logRatio + step) - at(logRatio - step)) / (2 * step);
			// gates up to 4/0.2 = 20: rounding 4e-15/step, curvature (20³)·step²
			expect(sapoSlope(Math.exp(logRatio), temperature)).toBeCloseTo(slope, 7);
			expect(slope).toBeGreaterThan(-1e-8);
			expect(at(logRatio)).toBeLessThanOrEqual(4 / temperature);
		}),
		{ seed: 1, numRuns: 300 }
	);
	// per unit of ratio the slope is largest, 1, at ratio 1
	for (const ratio of [0.1, 0.9, 1.1, 3]) expect(sapoSlope(ratio, 1) / ratio).toBeLessThan(1);
});

test('GMPO clips the log-ratio where a further move would pay', () => {
	expect(gmpoLogRatio(1, 2, 0.4, 0.4)).toBe(0.4);
	expect(gmpoLogRatio(1, -2, 0.4, 0.4)).toBe(1);
	expect(gmpoLogRatio(-1, -2, 0.4, 0.4)).toBe(-0.4);
	expect(gmpoLogRatio(-1, 2, 0.4, 0.4)).toBe(-1);
	expect(gmpoLogRatio(-1, 0, 0.4, 0.4)).toBeCloseTo(0, 15);
});

test('branches have codes and names', () => {
	expect(branchNames).toEqual(['masked', 'ratio', 'clipLow', 'clipHigh', 'bound', 'clamp']);
	branchNames.forEach((name, code) => expect(branchCode[name]).toBe(code));
	expect(policyBranch(1.2, 1.5, 1.2)).toBe(branchCode.clipHigh);
	expect(policyBranch(0.8, 0.5, 0.8)).toBe(branchCode.clipLow);
	expect(policyBranch(3, 5, 1.2)).toBe(branchCode.bound);
	expect(policyBranch(1.1, 1.1, 1.1)).toBe(branchCode.ratio);
	expect(policyBranch(NaN, NaN, NaN)).toBe(branchCode.ratio);
});

test('a token’s objective by name, with an advantage of 2 and a ratio of 1.5', () => {
	const settings = { ...defaultPolicyLoss, epsilonHigh: 0.2 };
	const of = (objective: Objective, ratio = 1.5, advantage = 2, logProb = -0.5) => {
		const out = {} as TokenObjective;
		tokenObjective(out, { ...settings, objective }, ratio, advantage, logProb);
		return out;
	};
	expect(of('clip')).toEqual({
		term: -2.4,
		coefficient: 1.2,
		clippedRatio: 1.2,
		branch: branchCode.clipHigh,
		throughRatio: 0,
		direct: 0
	});
	expect(of('clip', 1.1)).toMatchObject({ term: -2.2, throughRatio: -2.2 });
	expect(of('clip', Infinity, 0)).toMatchObject({ term: 0, throughRatio: 0 });
	expect(of('clip', Infinity, -1)).toMatchObject({ term: Infinity, throughRatio: Infinity });
	expect(of('cispo')).toMatchObject({ coefficient: 0.2, direct: -0.4, term: 0.2, throughRatio: 0 });
	expect(of('gpg')).toMatchObject({ coefficient: 1, direct: -2, term: 1, throughRatio: 0 });
	expect(of('gmpo')).toMatchObject({ coefficient: 1.5, direct: 0, term: -3, throughRatio: -3 });
	expect(of('sapo', 1, -1).coefficient).toBeCloseTo(2 / 1.05, 14);
});

test('the KL’s gradient at the values that its docstring names', () => {
	expect(libraryKlGradient('trl', 'k3', Math.log(0.5), Math.log(0.25))).toBeCloseTo(0.5, 15);
	expect(libraryKlGradient('verl', 'k3', -30, -0.2)).toBe(0);
	expect(libraryKlGradient('trl', 'k3', -30, -0.2)).toBeLessThan(-8.7e12);
	// where e^-d + d - 1 passes 10
	for (const library of ['verl', 'openrlhf', 'searchR1'] as const) {
		expect(libraryKlGradient(library, 'k3', -2.61, 0)).toBeCloseTo(1 - Math.exp(2.61), 12);
		expect(libraryKlGradient(library, 'k3', -2.611, 0)).toBe(0);
	}
	expect(libraryKlGradient('trl', 'k3', NaN, 0)).toBeNaN();
});
