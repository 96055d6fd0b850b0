import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Matrix } from '../../../src/kernels/core/linear/matrix';
import { identity } from '../../../src/kernels/core/linear/matrix';
import { multiply } from '../../../src/kernels/core/linear/multiply';
import { adjointSe3, adSe3 } from '../../../src/kernels/geometry/adjoint';
import { expSe3, type Twist } from '../../../src/kernels/geometry/expSe3';
import { logSe3 } from '../../../src/kernels/geometry/logSe3';
import { leftJacobian } from '../../../src/kernels/geometry/leftJacobian';
import { apply3, identity3, multiply3 } from '../../../src/kernels/geometry/matrix3';
import {
	compose,
	identityPose,
	inversePose,
	move,
	type Pose
} from '../../../src/kernels/geometry/pose';
import { add3, norm3, scale3, type Vector3 } from '../../../src/kernels/geometry/vector3';
import { expectNear, rotationVectors, section, vectors, type Nested } from './reference';

const CLOSE = { rtol: 1e-11, atol: 1e-11 };

/** The 4 × 4 matrix [R p; 0 1], row by row. */
const homogeneous = ({ rotation: r, position: p }: Pose) => [
	...[0, 1, 2].flatMap((i) => [r[3 * i], r[3 * i + 1], r[3 * i + 2], p[i]]),
	...[0, 0, 0, 1]
];

/** exp of a small matrix by its series on a 2⁻¹⁶ part, squared back sixteen times. */
function expm(a: Matrix): Matrix {
	const n = a.rows;
	let power = identity(n);
	let sum = identity(n);
	const part = { ...a, data: a.data.map((entry) => entry / 2 ** 16) };
	for (let k = 1; k < 8; k++) {
		power = multiply(power, part);
		power.data.forEach((_, i) => (power.data[i] /= k));
		sum = { ...sum, data: sum.data.map((entry, i) => entry + power.data[i]) };
	}
	for (let i = 0; i < 16; i++) sum = multiply(sum, sum);
	return sum;
}

const twists = fc.tuple(vectors(3), rotationVectors(3)).map(([v, w]): Twist => ({ v, w }));

describe('SciPy’s matrix exponentials', () => {
	const { cases, tolerance } = section('se3_exp_log_adjoint_scipy');
	test.each(cases)('$name', ({ inputs, outputs }) => {
		const twist = { v: inputs.v as Vector3, w: inputs.w as Vector3 };
		const want = outputs as Record<string, Nested>;
		const pose = expSe3(twist);
		expectNear(homogeneous(pose), want.T, tolerance);
		expectNear(homogeneous(inversePose(pose)), want.inverse_T, tolerance);
		const back = logSe3(pose);
		expectNear([...back.v, ...back.w], want['log_v_w (logm, principal)'], tolerance);
		expectNear(adjointSe3(pose).data, want.Adjoint_order_v_w, tolerance);
		expectNear(adjointSe3(pose, 'wv').data, want.Adjoint_order_w_v, tolerance);
		expectNear(adSe3(twist).data, want.ad_order_v_w, tolerance);
		expectNear(adSe3(twist, 'wv').data, want.ad_order_w_v, tolerance);
		// The 6 × 6 Jacobian holds that of SO(3) twice on its diagonal; only those blocks are computed here.
		const jacobian = want.left_jacobian_order_v_w as number[][];
		const own = leftJacobian(twist.w);
		for (const at of [0, 3]) {
			expectNear(
				own,
				jacobian.slice(at, at + 3).map((row) => row.slice(at, at + 3)),
				tolerance
			);
		}
	});

	const rigid = section('rigid_transform_scipy');
	test.each(rigid.cases)('RigidTransform %#', ({ inputs, outputs }) => {
		const twist = { v: inputs.v as Vector3, w: inputs.w as Vector3 };
		const want = outputs as Record<string, Nested>;
		const pose = expSe3(twist);
		expectNear(homogeneous(pose), want.T, rigid.tolerance);
		expectNear(homogeneous(inversePose(pose)), want.inverse_T, rigid.tolerance);
		const { v, w } = logSe3(pose);
		expectNear([...w, ...v], want.exp_coords_w_v, rigid.tolerance);
	});
});

describe('laws of SE(3)', () => {
	test('composition is that of the motions, and each has an inverse', () => {
		fc.assert(
			fc.property(twists, twists, vectors(2), (a, b, x) => {
				const [g, h] = [expSe3(a), expSe3(b)];
				expectNear(move(compose(g, h), x), [...move(g, move(h, x))], CLOSE);
				expectNear(homogeneous(compose(g, inversePose(g))), homogeneous(identityPose), CLOSE);
			}),
			{ seed: 1, numRuns: 200 }
		);
	});

	test('log undoes exp, and half a twist twice is the twist', () => {
		fc.assert(
			fc.property(twists, (twist) => {
				const { v, w } = logSe3(expSe3(twist));
				expectNear([...v, ...w], [...twist.v, ...twist.w], { rtol: 1e-8, atol: 1e-8 });
				const half = expSe3({ v: scale3(twist.v, 0.5), w: scale3(twist.w, 0.5) });
				expectNear(homogeneous(compose(half, half)), homogeneous(expSe3(twist)), CLOSE);
			}),
			{ seed: 2, numRuns: 200 }
		);
	});

	test('the adjoint carries twists over, multiplies, and is the exponential of ad', () => {
		fc.assert(
			fc.property(twists, twists, (a, b) => {
				const [g, h] = [expSe3(a), expSe3(b)];
				for (const order of ['vw', 'wv'] as const) {
					const product = multiply(adjointSe3(g, order), adjointSe3(h, order));
					expectNear(product.data, [...adjointSe3(compose(g, h), order).data], CLOSE);
					const series = expm(adSe3(a, order)).data;
					expectNear(series, [...adjointSe3(g, order).data], { rtol: 1e-8, atol: 1e-8 });
				}
				const column = { rows: 6, columns: 1, data: Float64Array.of(...b.v, ...b.w) };
				const [vx, vy, vz, wx, wy, wz] = multiply(adjointSe3(g), column).data;
				expectNear(
					homogeneous(compose(compose(g, h), inversePose(g))),
					homogeneous(expSe3({ v: [vx, vy, vz], w: [wx, wy, wz] })),
					{ rtol: 1e-9, atol: 1e-9 }
				);
			}),
			{ seed: 3, numRuns: 100 }
		);
	});

	test('a twist moves its body along a screw: the axis stays where it is', () => {
		fc.assert(
			fc.property(twists, (twist) => {
				const square = norm3(twist.w) ** 2;
				if (square < 0.01) return;
				const { v, w } = twist;
				const axis: Vector3 = [
					(w[1] * v[2] - w[2] * v[1]) / square,
					(w[2] * v[0] - w[0] * v[2]) / square,
					(w[0] * v[1] - w[1] * v[0]) / square
				];
				const pitch = (v[0] * w[0] + v[1] * w[1] + v[2] * w[2]) / square;
				expectNear(move(expSe3(twist), axis), [...add3(axis, w, pitch)], {
					rtol: 1e-9,
					atol: 1e-9
				});
			}),
			{ seed: 4, numRuns: 200 }
		);
	});
});

test('the worked values of the docstrings', () => {
	const quarter = expSe3({ v: [1, 0, 0], w: [0, 0, Math.PI / 2] });
	expectNear(quarter.position, [2 / Math.PI, 2 / Math.PI, 0], CLOSE);
	expectNear(logSe3(quarter).v, [1, 0, 0], CLOSE);
	const seen = multiply(adjointSe3({ rotation: identity3, position: [1, 0, 0] }), {
		rows: 6,
		columns: 1,
		data: Float64Array.of(0, 0, 0, 0, 0, 1)
	});
	expectNear(seen.data, [0, -1, 0, 0, 0, 1], CLOSE);
	expectNear(multiply3(identity3, identity3), [...identity3], CLOSE);
	expectNear(apply3(identity3, [1, 2, 3]), [1, 2, 3], CLOSE);
});

test('bad input is refused by name', () => {
	expect(() => expSe3({ v: [0, 0, 0], w: [0, 0, Infinity] })).toThrow('hat: w must be finite');
	const mirror = [1, 0, 0, 0, 1, 0, 0, 0, -1];
	expect(() => logSe3({ rotation: mirror, position: [0, 0, 0] })).toThrow('a reflection');
});
