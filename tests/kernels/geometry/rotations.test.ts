import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expSo3 } from '../../../src/kernels/geometry/expSo3';
import { hat, skewVector, vee } from '../../../src/kernels/geometry/hat';
import { inverseLeftJacobian, leftJacobian } from '../../../src/kernels/geometry/leftJacobian';
import { logSo3, rotationAngle } from '../../../src/kernels/geometry/logSo3';
import {
	apply3,
	determinant3,
	identity3,
	multiply3,
	trace3,
	transpose3
} from '../../../src/kernels/geometry/matrix3';
import {
	matrixToQuaternion,
	quaternionToMatrix,
	type Quaternion
} from '../../../src/kernels/geometry/quaternion';
import { rotationSeries } from '../../../src/kernels/geometry/rotationSeries';
import { degreesOfTurn, turnFromDegrees } from '../../../src/kernels/geometry/turnInDegrees';
import { add3, cross3, norm3, scale3, type Vector3 } from '../../../src/kernels/geometry/vector3';
import { anglesToMatrix, matrixToAngles } from '../../../src/kernels/geometry/yxyAngles';
import { expectNear, rotationVectors, section, vectors, type Nested } from './reference';

/** A few roundings of numbers near 1. */
const CLOSE = { rtol: 1e-12, atol: 1e-12 };

describe('SciPy’s rotations', () => {
	const { cases, tolerance } = section('so3_exp_log_scipy');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const w = inputs.rotvec as Vector3;
		const want = outputs as Record<string, Nested>;
		const rotation = expSo3(w);
		expectNear(rotation, want.matrix, tolerance);
		expectNear([rotationAngle(rotation)], [want.angle], tolerance);
		expectNear(leftJacobian(w), want.left_jacobian, tolerance);
		expectNear(leftJacobian(scale3(w, -1)), want.right_jacobian, tolerance);
		expectNear(rotation, want['adjoint(=R for SO(3))'], tolerance);
		// SciPy leaves the quaternion's sign open, and at a half turn the axis's.
		const quaternion = want.quat_xyzw as unknown as Quaternion;
		expectNear(quaternionToMatrix(quaternion, 'xyzw'), want.matrix, tolerance);
		const own = matrixToQuaternion(rotation, 'xyzw');
		const sign = own.reduce((sum, entry, i) => sum + entry * quaternion[i], 0) < 0 ? -1 : 1;
		expectNear(
			own,
			quaternion.map((entry) => sign * entry),
			tolerance
		);
		const back = want['rotvec_back(log)'] as unknown as Vector3;
		expectNear(expSo3(logSo3(rotation)), want.matrix, tolerance);
		if ((want.angle as number) < Math.PI - 1e-9) expectNear(logSo3(rotation), back, tolerance);
	});

	const pairs = section('so3_compose_distance_scipy');
	test.each(pairs.cases)('compose: $name', ({ inputs, outputs }) => {
		const [a, b] = [inputs.a, inputs.b].map((w) => expSo3(w as Vector3));
		const want = outputs as Record<string, Nested>;
		const between = multiply3(transpose3(a), b);
		expectNear(logSo3(multiply3(a, b)), want['A*B rotvec (B first)'], pairs.tolerance);
		expectNear(logSo3(multiply3(b, a)), want['B*A rotvec'], pairs.tolerance);
		expectNear([rotationAngle(between)], [want.geodesic_distance], pairs.tolerance);
		expectNear([3 - trace3(between)], [want['tr(I - A^T B)']], pairs.tolerance);
		expectNear(skewVector(between), want['vee(A^T B - B^T A)'], pairs.tolerance);
		const half = multiply3(a, expSo3(scale3(logSo3(between), 0.5)));
		expectNear(logSo3(half), want.slerp_half_rotvec, pairs.tolerance);
		const apart = Math.hypot(...a.map((entry, i) => entry - b[i]));
		expectNear([apart], [want.frobenius_distance], pairs.tolerance);
	});
});

describe('e3nn’s angles', () => {
	const { cases, tolerance } = section('rotation_angles_e3nn');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const angles = inputs as { alpha: number; beta: number; gamma: number };
		const want = outputs as Record<string, Nested>;
		const rotation = anglesToMatrix(angles);
		expectNear(rotation, want.rotation_matrix, tolerance);
		expectNear(matrixToQuaternion(rotation, 'wxyz'), want.quaternion_wxyz, tolerance);
		expectNear(matrixToQuaternion(rotation, 'xyzw'), want['scipy quat xyzw'], tolerance);
		const [axis, angle] = want.axis_angle as [Nested, Nested];
		expectNear([rotationAngle(rotation)], [angle], tolerance);
		if ((angle as number) > 0) {
			expectNear(scale3(logSo3(rotation), 1 / (angle as number)), axis, tolerance);
		}
		const [alpha, beta, gamma] = want.inverse_angles as number[];
		const product = multiply3(anglesToMatrix({ alpha, beta, gamma }), rotation);
		expectNear(product, [...identity3], tolerance);
		// All four are in gimbal lock, where the angles that come back are a convention: their rotation is not.
		expectNear(anglesToMatrix(matrixToAngles(rotation)), want.rotation_matrix, tolerance);
	});

	test('come back where y leaves its axis', () => {
		fc.assert(
			fc.property(rotationVectors(3), (w) => {
				const rotation = expSo3(w);
				expectNear(anglesToMatrix(matrixToAngles(rotation)), [...rotation], CLOSE);
			}),
			{ seed: 1, numRuns: 300 }
		);
		const angles = { alpha: 0.3, beta: 1.1, gamma: -2 };
		const back = matrixToAngles(anglesToMatrix(angles));
		expectNear(Object.values(back), Object.values(angles), CLOSE);
	});
});

describe('laws of SO(3)', () => {
	const any = rotationVectors(12);

	test('the exponential is a rotation, additive along one axis, inverted by the other sign', () => {
		fc.assert(
			fc.property(any, fc.double({ min: -2, max: 2, noNaN: true }), (w, share) => {
				const rotation = expSo3(w);
				expectNear(multiply3(transpose3(rotation), rotation), [...identity3], CLOSE);
				expect(determinant3(rotation)).toBeCloseTo(1, 12);
				expectNear(expSo3(scale3(w, -1)), [...transpose3(rotation)], CLOSE);
				const parts = multiply3(expSo3(scale3(w, share)), expSo3(scale3(w, 1 - share)));
				expectNear(parts, [...rotation], CLOSE);
				expect(trace3(rotation)).toBeCloseTo(1 + 2 * Math.cos(norm3(w)), 12);
			}),
			{ seed: 1, numRuns: 300 }
		);
	});

	test('log undoes exp below a half turn, and exp undoes log everywhere', () => {
		fc.assert(
			fc.property(rotationVectors(Math.PI - 1e-6), any, (short, long) => {
				expectNear(logSo3(expSo3(short)), [...short], { rtol: 1e-9, atol: 1e-9 });
				const log = logSo3(expSo3(long));
				expect(norm3(log)).toBeLessThanOrEqual(Math.PI);
				expectNear(expSo3(log), [...expSo3(long)], CLOSE);
			}),
			{ seed: 2, numRuns: 300 }
		);
	});

	test('near and at a half turn the log keeps all digits', () => {
		fc.assert(
			fc.property(rotationVectors(1), fc.constantFrom(0, 1e-12, 1e-9, 1e-6), (axis, below) => {
				if (norm3(axis) < 0.1) return;
				const w = scale3(axis, (Math.PI - below) / norm3(axis));
				expectNear(expSo3(logSo3(expSo3(w))), [...expSo3(w)], CLOSE);
				expect(rotationAngle(expSo3(w))).toBeCloseTo(Math.PI - below, 12);
			}),
			{ seed: 3, numRuns: 300 }
		);
	});

	test('hat is the cross product, vee its inverse, and R ŵ Rᵀ = (Rw)^', () => {
		fc.assert(
			fc.property(vectors(3), vectors(3), any, (w, x, turn) => {
				expectNear(apply3(hat(w), x), [...cross3(w, x)], CLOSE);
				expect(norm3(add3(vee(hat(w)), w, -1))).toBe(0);
				expectNear(skewVector(hat(w)), [...scale3(w, 2)], CLOSE);
				const rotation = expSo3(turn);
				const moved = multiply3(multiply3(rotation, hat(w)), transpose3(rotation));
				expectNear(moved, [...hat(apply3(rotation, w))], CLOSE);
			}),
			{ seed: 4, numRuns: 300 }
		);
	});

	test('the Jacobian is the mean of the rotations on the way, and its inverse inverts it', () => {
		fc.assert(
			fc.property(rotationVectors(6), (w) => {
				// Simpson's rule on 200 intervals: an error near θ⁴/(180·200⁴).
				const mean = new Array<number>(9).fill(0);
				for (let i = 0; i <= 200; i++) {
					const weight = i === 0 || i === 200 ? 1 : i % 2 === 1 ? 4 : 2;
					expSo3(scale3(w, i / 200)).forEach((entry, k) => (mean[k] += (weight * entry) / 600));
				}
				expectNear(leftJacobian(w), mean, { rtol: 0, atol: 1e-8 });
				const product = multiply3(leftJacobian(w), inverseLeftJacobian(w));
				expectNear(product, [...identity3], { rtol: 0, atol: 1e-10 });
			}),
			{ seed: 5, numRuns: 100 }
		);
	});

	test('both quaternion orders and both signs give the rotation back', () => {
		fc.assert(
			fc.property(any, fc.constantFrom('wxyz' as const, 'xyzw' as const), (w, order) => {
				const rotation = expSo3(w);
				const quaternion = matrixToQuaternion(rotation, order);
				expect(quaternion[order === 'wxyz' ? 0 : 3]).toBeGreaterThanOrEqual(0);
				expect(Math.hypot(...quaternion)).toBeCloseTo(1, 12);
				const opposite = quaternion.map((entry) => -entry) as unknown as Quaternion;
				for (const one of [quaternion, opposite]) {
					expectNear(quaternionToMatrix(one, order), [...rotation], CLOSE);
				}
			}),
			{ seed: 6, numRuns: 300 }
		);
	});

	test('the series meet the quotients where they take over', () => {
		for (const angle of [0.00999, 0.01001]) {
			const { sine, cosine, cubic } = rotationSeries(angle);
			expect(sine).toBeCloseTo(Math.sin(angle) / angle, 14);
			expect(cosine).toBeCloseTo((1 - Math.cos(angle)) / angle ** 2, 11);
			// θ − sin θ has lost eight digits at this angle.
			expect(cubic).toBeCloseTo((angle - Math.sin(angle)) / angle ** 3, 8);
		}
	});
});

test('the worked values of the docstrings', () => {
	expect(add3([1, 0, 0], [0, 1, 0], 2)).toEqual([1, 2, 0]);
	expect(cross3([1, 0, 0], [0, 1, 0])).toEqual([0, 0, 1]);
	expect(hat([1, 2, 3])).toEqual([0, -3, 2, 3, 0, -1, -2, 1, 0]);
	expect(vee([0, -3, 2, 3, 0, -1, -2, 1, 0])).toEqual([1, 2, 3]);
	expect(rotationSeries(0)).toEqual({ sine: 1, cosine: 1 / 2, cubic: 1 / 6 });
	const quarter = expSo3([0, 0, Math.PI / 2]);
	expectNear(apply3(quarter, [1, 0, 0]), [0, 1, 0], CLOSE);
	expectNear(logSo3(quarter), [0, 0, Math.PI / 2], CLOSE);
	const root = Math.SQRT1_2;
	expectNear(matrixToQuaternion(quarter, 'wxyz'), [root, 0, 0, root], CLOSE);
	expectNear(quaternionToMatrix([1, 0, 0, 0], 'wxyz'), [...identity3], CLOSE);
	expectNear(quaternionToMatrix([1, 0, 0, 0], 'xyzw'), [1, 0, 0, 0, -1, 0, 0, 0, -1], CLOSE);
	const ahead = apply3(leftJacobian([0, 0, Math.PI / 2]), [1, 0, 0]);
	expectNear(ahead, [2 / Math.PI, 2 / Math.PI, 0], CLOSE);
	const turned = apply3(anglesToMatrix({ alpha: Math.PI / 2, beta: 0, gamma: 0 }), [0, 0, 1]);
	expectNear(turned, [1, 0, 0], CLOSE);
});

test('a rotation by hand: [0.3, −0.2, 0.5]', () => {
	// SciPy's from_rotvec, printed to eight digits.
	const digits = { rtol: 0, atol: 5e-9 };
	expectNear(
		expSo3([0.3, -0.2, 0.5]),
		[
			[0.8595339, -0.49799154, -0.11491695],
			[0.43986763, 0.83531561, -0.32979434],
			[0.26022671, 0.23292116, 0.93703244]
		],
		digits
	);
	expectNear(
		apply3(leftJacobian([0.3, -0.2, 0.5]), [1, 2, 3]),
		[0.23155575, 1.63618401, 3.31554015],
		digits
	);
});

test('degrees: there and back to a tenth', () => {
	expectNear(apply3(turnFromDegrees([0, 0, 90]), [1, 0, 0]), [0, 1, 0], CLOSE);
	expect(degreesOfTurn(turnFromDegrees([10, -20.3, 45]))).toEqual([10, -20.3, 45]);
	expect(degreesOfTurn(turnFromDegrees([0, 0, 270]))).toEqual([0, 0, -90]);
	expect(degreesOfTurn(identity3)).toEqual([0, 0, 0]);
	expect(() => turnFromDegrees([1, 2])).toThrow('vector must have 3 numbers, got 2');
});

test('bad input is refused by name', () => {
	expect(() => hat([0, NaN, 0])).toThrow('hat: w must be finite, got NaN');
	expect(() => vee([1, 2, 3, 4, 5, 6, 7, 8, 9])).toThrow('vee: matrix must be skew');
	expect(vee([1, 2, 3, 4, 5, 6, 7, 8, 9], { take: 'upper' })).toEqual([-6, 3, -2]);
	expect(() => logSo3([1, 0, 0, 0, 1, 0, 0, 0, -1])).toThrow('got a reflection');
	expect(() => logSo3([2, 0, 0, 0, 1, 0, 0, 0, 1])).toThrow('must be a rotation matrix');
	expect(() => logSo3([1, 0, 0])).toThrow('got 3 numbers');
	expect(() => quaternionToMatrix([0, 0, 0, 0], 'wxyz')).toThrow('not zero');
	expect(() => inverseLeftJacobian([0, 0, 2 * Math.PI])).toThrow('multiple of 2π');
});
