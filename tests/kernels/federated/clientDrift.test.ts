import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientDrift } from '../../../src/kernels/federated/clientDrift';

const pair = { curvatures: [1, 4], centres: [0, 1], learningRate: 0.1 };

describe('two clients of curvature 1 and 4', () => {
	// Recorded to 6 digits.
	const recorded: [number, number][] = [
		[1, 0.8],
		[2, 0.771084],
		[6, 0.67047],
		[50, 0.501292],
		[Infinity, 0.5]
	];
	for (const [localSteps, fixedPoint] of recorded) {
		test(`E = ${localSteps}: rounds end at ${fixedPoint}`, () => {
			const drift = clientDrift({ ...pair, localSteps, rounds: 400 });
			expect(drift.optimum).toBeCloseTo(0.8, 14);
			expect(drift.fixedPoint).toBeCloseTo(fixedPoint, 6);
			// The slowest, E = 1, closes 25 % of the gap a round: .75^400 is far below 1e−12.
			expect(drift.trajectory[400]).toBeCloseTo(drift.fixedPoint, 12);
		});
	}
});

test('E → ∞ tends to the mean of the centres, whatever the curvatures', () => {
	const settings = { curvatures: [1, 4, 9], centres: [0, 1, 5], learningRate: 0.05, rounds: 0 };
	const at = (localSteps: number) => clientDrift({ ...settings, localSteps }).fixedPoint;
	expect(at(Infinity)).toBeCloseTo(2, 14);
	// (1 − .05)^2000 is 1e−45.
	expect(at(2000)).toBeCloseTo(2, 12);
});

const problem = fc.record({
	curvatures: fc.tuple(
		fc.double({ min: 0.1, max: 5, noNaN: true }),
		fc.double({ min: 0.1, max: 5, noNaN: true })
	),
	centres: fc.tuple(
		fc.double({ min: -3, max: 3, noNaN: true }),
		fc.double({ min: -3, max: 3, noNaN: true })
	),
	counts: fc.tuple(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 50 })),
	localSteps: fc.integer({ min: 1, max: 20 })
});

describe('laws', () => {
	test('one local step has no bias', () => {
		fc.assert(
			fc.property(problem, (settings) => {
				const { bias } = clientDrift({ ...settings, localSteps: 1, learningRate: 0.1, rounds: 0 });
				expect(Math.abs(bias)).toBeLessThan(1e-12);
			}),
			{ seed: 1, numRuns: 100 }
		);
	});

	test('equal curvatures have no bias', () => {
		fc.assert(
			fc.property(problem, (settings) => {
				const curvatures = [settings.curvatures[0], settings.curvatures[0]];
				const { bias } = clientDrift({ ...settings, curvatures, learningRate: 0.1, rounds: 0 });
				expect(Math.abs(bias)).toBeLessThan(1e-12);
			}),
			{ seed: 1, numRuns: 100 }
		);
	});

	test('the fixed point does not move', () => {
		fc.assert(
			fc.property(problem, (settings) => {
				const run = { ...settings, learningRate: 0.1 };
				const { fixedPoint } = clientDrift({ ...run, rounds: 0 });
				const { trajectory } = clientDrift({ ...run, rounds: 1, start: fixedPoint });
				expect(Math.abs(trajectory[1] - fixedPoint)).toBeLessThan(1e-12);
			}),
			{ seed: 1, numRuns: 100 }
		);
	});
});

test('one client with 20 times the data pulls the model to itself', () => {
	const drift = clientDrift({ ...pair, counts: [20, 1], localSteps: 6, rounds: 0 });
	expect(drift.fixedPoint).toBeLessThan(0.1);
});

test('refuses what does not converge or does not match', () => {
	const run = { ...pair, localSteps: 1, rounds: 1 };
	expect(() => clientDrift({ ...run, learningRate: 0.5 })).toThrow('curvatures[1]');
	expect(() => clientDrift({ ...run, learningRate: 0 })).toThrow('learningRate');
	expect(() => clientDrift({ ...run, centres: [1] })).toThrow('centres');
	expect(() => clientDrift({ ...run, counts: [1, 0] })).toThrow('counts');
	expect(() => clientDrift({ ...run, localSteps: 0 })).toThrow('localSteps');
	expect(() => clientDrift({ ...run, rounds: -1 })).toThrow('rounds');
	expect(() => clientDrift({ ...run, curvatures: [], centres: [] })).toThrow('empty');
});
