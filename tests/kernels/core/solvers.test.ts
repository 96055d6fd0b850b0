import fc from 'fast-check';
import { Matrix as MlMatrix, solve as mlSolve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { adamStep, createAdam, resetAdam } from '../../../src/kernels/core/adam';
import { brent } from '../../../src/kernels/core/brent';
import { identity, matrix } from '../../../src/kernels/core/linear/matrix';
import { multiply } from '../../../src/kernels/core/linear/multiply';
import { solve } from '../../../src/kernels/core/linear/solve';
import { transpose } from '../../../src/kernels/core/linear/transpose';
import { scanRoots } from '../../../src/kernels/core/scanRoots';

describe('brent', () => {
	test.each([
		['x² = 2', (x: number) => x * x - 2, 0, 2, Math.SQRT2],
		['cos', Math.cos, 0, 3, Math.PI / 2],
		['e^x = 1e-5', (x: number) => Math.exp(x) - 1e-5, -50, 50, Math.log(1e-5)],
		['a steep tanh', (x: number) => Math.tanh(50 * (x - 0.3)), -5, 5, 0.3],
		['a jump', (x: number) => (x < 0.7 ? -1 : 1), 0, 1, 0.7]
	])('%s', (_name, f, low, high, root) => {
		let calls = 0;
		const counted = (x: number) => {
			calls++;
			return f(x);
		};
		expect(brent(counted, low, high)).toBeCloseTo(root, 12);
		// Bisection needs 53 halvings; Brent's worst case is a small multiple of it.
		expect(calls).toBeLessThan(120);
	});

	test('an interval without a change of sign is refused', () => {
		expect(() => brent((x) => x * x + 1, -1, 1)).toThrow(RangeError);
		expect(() => brent(() => NaN, -1, 1)).toThrow(RangeError);
	});

	test('roots of a grid', () => {
		const roots = scanRoots(Math.cos, [0, 1, 2, 3, 4, 5, 6]);
		expect(roots).toHaveLength(2);
		expect(roots[1]).toBeCloseTo((3 * Math.PI) / 2, 12);
		expect(scanRoots((x) => x, [-1, 0, 1])).toEqual([0]);
	});
});

describe('small matrices against ml-matrix', () => {
	const square = fc.integer({ min: 1, max: 6 }).chain((n) =>
		fc.array(
			fc.array(
				fc.double({ min: -5, max: 5, noNaN: true }).map((x) => x || 0),
				{ minLength: n, maxLength: n }
			),
			{
				minLength: n,
				maxLength: n
			}
		)
	);

	test('products, transposes, identity', () => {
		fc.assert(
			fc.property(square, (rows) => {
				const a = matrix(rows);
				const ours = multiply(a, transpose(a));
				const theirs = new MlMatrix(rows).mmul(new MlMatrix(rows).transpose());
				ours.data.forEach((x, i) => expect(x).toBeCloseTo(theirs.to1DArray()[i], 9));
				expect(multiply(a, identity(rows.length)).data).toEqual(a.data);
			}),
			{ seed: 1 }
		);
	});

	test('a solution solves, and is the library’s', () => {
		fc.assert(
			fc.property(square, (rows) => {
				// A dominant diagonal keeps the system well conditioned, so that digits can be compared.
				const safe = rows.map((row, i) =>
					row.map((x, j) => (i === j ? x + 40 * Math.sign(x || 1) : x))
				);
				const b = rows.map((_, i) => i - 1);
				const x = solve(matrix(safe), b);
				const theirs = mlSolve(new MlMatrix(safe), MlMatrix.columnVector(b)).to1DArray();
				x.forEach((value, i) => expect(value).toBeCloseTo(theirs[i], 10));
			}),
			{ seed: 1 }
		);
	});

	test('what cannot be solved is refused', () => {
		expect(() =>
			solve(
				matrix([
					[1, 2],
					[2, 4]
				]),
				[1, 1]
			)
		).toThrow('singular');
		expect(() => solve(matrix([[1, 2]]), [1])).toThrow('square');
		expect(() => solve(matrix([[1]]), [1, 2])).toThrow(RangeError);
		expect(() => matrix([[1, 2], [3]])).toThrow(RangeError);
		expect(() => multiply(matrix([[1, 2]]), matrix([[1, 2]]))).toThrow(RangeError);
	});
});

describe('adamStep', () => {
	test('the first step is the learning rate, whatever the gradient', () => {
		const parameters = Float64Array.of(1, 1, 1);
		adamStep(createAdam(3), parameters, Float64Array.of(1e-3, -7, 0), 0.1);
		// ε = 1e-8 beside a gradient of 1e-3 takes one part in 1e5 off the step.
		expect(parameters[0]).toBeCloseTo(0.9, 5);
		expect(parameters[1]).toBeCloseTo(1.1, 8);
		expect(parameters[2]).toBe(1);
	});

	test('two steps by hand', () => {
		const parameters = Float64Array.of(0);
		const state = createAdam(1);
		adamStep(state, parameters, Float64Array.of(2), 0.1);
		adamStep(state, parameters, Float64Array.of(-1), 0.1);
		const m = (0.9 * 0.2 - 0.1) / (1 - 0.81);
		const v = (0.999 * 0.004 + 0.001) / (1 - 0.999 ** 2);
		expect(parameters[0]).toBeCloseTo(-0.1 - (0.1 * m) / Math.sqrt(v), 7);
	});

	test('decoupled weight decay shrinks what has no gradient; a reset forgets', () => {
		const parameters = Float64Array.of(2);
		const state = createAdam(1);
		adamStep(state, parameters, Float64Array.of(0), 0.1, { weightDecay: 0.5 });
		expect(parameters[0]).toBeCloseTo(1.9, 12);
		resetAdam(state);
		expect(state).toEqual(createAdam(1));
	});

	test('finds the bottom of a bowl', () => {
		const parameters = Float64Array.of(3, -2);
		const state = createAdam(2);
		for (let i = 0; i < 2000; i++) {
			adamStep(
				state,
				parameters,
				Float64Array.of(2 * (parameters[0] - 1), 20 * parameters[1]),
				0.01
			);
		}
		expect(parameters[0]).toBeCloseTo(1, 3);
		expect(parameters[1]).toBeCloseTo(0, 3);
	});

	test('sizes that differ are refused', () => {
		expect(() => adamStep(createAdam(1), new Float64Array(2), new Float64Array(2), 0.1)).toThrow(
			RangeError
		);
	});
});
