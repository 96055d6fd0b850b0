import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	normalizedRegret,
	type SuccessPoint
} from '../../../src/kernels/test-time/normalizedRegret';

const points: SuccessPoint[] = [
	{ tokens: 1000, success: 0.2 },
	{ tokens: 2000, success: 0.5 },
	{ tokens: 4000, success: 0.8 }
];

const curve = fc
	.array(fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.double({ min: 0, max: 1, noNaN: true })), {
		minLength: 1,
		maxLength: 12
	})
	.map((steps) => {
		let tokens = 0;
		return steps.map(([gap, success]) => ({ tokens: (tokens += gap), success }));
	});

test('beyond the last point the curve is flat', () => {
	// (100 + 350 + 1300 + 76.8) / 4096 missing from 1
	expect(normalizedRegret(points, 4096).regret).toBeCloseTo(1 - 1826.8 / 4096, 12);
	expect(normalizedRegret(points, 4096).regret).toBeCloseTo(0.5540039, 7);
});

test('between two points the curve is cut on the straight line', () => {
	const { regret, area, curve } = normalizedRegret(points, 3000);
	expect(area).toBeCloseTo(100 + 350 + 575, 9);
	expect(regret).toBeCloseTo(0.6583333, 7);
	expect(curve[curve.length - 1].tokens).toBe(3000);
	expect(curve[curve.length - 1].success).toBeCloseTo(0.65, 12);
});

test('a budget on a point and a budget before the first point', () => {
	expect(normalizedRegret(points, 2000).area).toBeCloseTo(450, 9);
	// the rise from (0, 0) to (1000, .2) reaches .1 at 500
	expect(normalizedRegret(points, 500).area).toBeCloseTo(25, 9);
});

test('regret lies in [0, 1] and a point on the line changes nothing', () => {
	fc.assert(
		fc.property(curve, fc.integer({ min: 1, max: 40000 }), (steps, budget) => {
			const { regret } = normalizedRegret(steps, budget);
			// rounding of sums of up to 13 trapezoids
			expect(regret).toBeGreaterThan(-1e-12);
			expect(regret).toBeLessThan(1 + 1e-12);
			const middle = { tokens: steps[0].tokens / 2, success: steps[0].success / 2 };
			expect(normalizedRegret([middle, ...steps], budget).regret).toBeCloseTo(regret, 10);
		}),
		{ seed: 1, numRuns: 300 }
	);
});

test('more success is less regret', () => {
	fc.assert(
		fc.property(curve, fc.integer({ min: 1, max: 40000 }), (steps, budget) => {
			const better = steps.map((p) => ({ ...p, success: (1 + p.success) / 2 }));
			const gap = normalizedRegret(steps, budget).regret - normalizedRegret(better, budget).regret;
			expect(gap).toBeGreaterThanOrEqual(0);
		}),
		{ seed: 2, numRuns: 300 }
	);
});

test('bad input is named', () => {
	expect(() => normalizedRegret([], 100)).toThrow('points');
	expect(() => normalizedRegret(points, 0)).toThrow('budget');
	expect(() => normalizedRegret([points[1], points[0]], 100)).toThrow('points[1].tokens');
	expect(() => normalizedRegret([points[0], points[0]], 100)).toThrow('points[1].tokens');
	expect(() => normalizedRegret([{ tokens: -1, success: 0 }], 100)).toThrow('points[0].tokens');
	expect(() => normalizedRegret([{ tokens: NaN, success: 0 }], 100)).toThrow('points[0].tokens');
	expect(() => normalizedRegret([{ tokens: 1, success: 2 }], 100)).toThrow('points[0].success');
});
