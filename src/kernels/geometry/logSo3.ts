import type { Matrix3 } from './matrix3';
import { matrixToQuaternion } from './quaternion';
import type { Vector3 } from './vector3';

/**
 * The rotation vector w of R with |w| in [0, π], so that exp(ŵ) = R: an inverse of the exponential.
 *
 *     θ = acos((tr R − 1) / 2),  ŵ = θ / (2 sin θ) · (R − Rᵀ)
 *
 * That formula divides by 0 at a half turn. Here θ = 2 atan2(|q_xyz|, q_w) from the quaternion, which is
 * exact to the last digits everywhere. At θ = π both w and −w are right; one of them comes back.
 * The same as SciPy's Rotation.as_rotvec. Throws RangeError unless R is a rotation.
 * Worked value: of a quarter turn about z, [0, 0, π/2].
 */
export function logSo3(rotation: Matrix3): Vector3 {
	const [x, y, z, w] = matrixToQuaternion(rotation, 'xyzw');
	const sine = Math.hypot(x, y, z);
	/** θ / sin(θ/2); for no turn its limit. */
	const factor = sine > 0 ? (2 * Math.atan2(sine, w)) / sine : 2;
	return [factor * x, factor * y, factor * z];
}

/** The angle of a rotation in [0, π], in radians: the shortest way from the identity. */
export function rotationAngle(rotation: Matrix3): number {
	const [x, y, z, w] = matrixToQuaternion(rotation, 'xyzw');
	return 2 * Math.atan2(Math.hypot(x, y, z), w);
}
