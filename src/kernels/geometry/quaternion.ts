import { checkRotation } from './checkRotation';
import type { Matrix3 } from './matrix3';

/** Which number stands first: w (the real part) as in e3nn, MuJoCo and Eigen's constructor, x as in SciPy and ROS. */
export type QuaternionOrder = 'wxyz' | 'xyzw';
export type Quaternion = readonly [number, number, number, number];

/**
 * The unit quaternion of a rotation with w ≥ 0, in the order asked for. R and its quaternion's
 * negative belong together too: a quaternion's sign says nothing.
 *
 * The largest of the four is found first, so that no small number is divided by (Shepperd's method).
 * Throws RangeError unless R is a rotation.
 * Worked value: of a quarter turn about z, in the order wxyz, [√½, 0, 0, √½].
 */
export function matrixToQuaternion(r: Matrix3, order: QuaternionOrder): Quaternion {
	checkRotation('matrixToQuaternion', 'r', r);
	const trace = r[0] + r[4] + r[8];
	// Four times the products of w, x, y, z with the largest of them.
	const rows: Quaternion[] = [
		[1 + trace, r[7] - r[5], r[2] - r[6], r[3] - r[1]],
		[r[7] - r[5], 1 + 2 * r[0] - trace, r[1] + r[3], r[2] + r[6]],
		[r[2] - r[6], r[1] + r[3], 1 + 2 * r[4] - trace, r[5] + r[7]],
		[r[3] - r[1], r[2] + r[6], r[5] + r[7], 1 + 2 * r[8] - trace]
	];
	const largest = [0, 1, 2, 3].reduce((best, i) => (rows[i][i] > rows[best][best] ? i : best));
	const row = rows[largest];
	const length = Math.hypot(...row) * (row[0] < 0 ? -1 : 1);
	const [w, x, y, z] = row.map((entry) => entry / length || 0);
	return order === 'wxyz' ? [w, x, y, z] : [x, y, z, w];
}

/**
 * The rotation of a quaternion, which need not have length 1.
 *
 * Throws RangeError for a quaternion of length 0 or one that is not finite.
 * Worked value: quaternionToMatrix([1, 0, 0, 0], 'wxyz') is the identity; read as xyzw it is a half turn about x.
 */
export function quaternionToMatrix(quaternion: Quaternion, order: QuaternionOrder): Matrix3 {
	const length = Math.hypot(...quaternion);
	if (!(length > 0 && length < Infinity)) {
		throw new RangeError(
			`quaternionToMatrix: quaternion must be finite and not zero, got length ${length}`
		);
	}
	const [a, b, c, d] = quaternion.map((entry) => entry / length);
	const [w, x, y, z] = order === 'wxyz' ? [a, b, c, d] : [d, a, b, c];
	return [
		1 - 2 * (y * y + z * z),
		2 * (x * y - w * z),
		2 * (x * z + w * y),
		2 * (x * y + w * z),
		1 - 2 * (x * x + z * z),
		2 * (y * z - w * x),
		2 * (x * z - w * y),
		2 * (y * z + w * x),
		1 - 2 * (x * x + y * y)
	];
}
