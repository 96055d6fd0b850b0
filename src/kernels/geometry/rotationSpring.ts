import { skewVector } from './hat';
import { logSo3 } from './logSo3';
import type { Matrix3 } from './matrix3';
import { matrixToQuaternion } from './quaternion';
import { scale3, type Vector3 } from './vector3';

/** What a spring on SO(3) measures the error by. */
export type RotationError = 'trace' | 'log' | 'quaternion';

/**
 * The torque vector of a spring of stiffness 1 for the error R_e = R_dᵀR, a turn by θ about n, in the body's
 * frame; the controller applies its negative. All three pull alike near the goal, with 2θ:
 *
 *     trace       (R_e − R_eᵀ)^∨ = 2 sin θ · n     of geometric impedance control with K_R = I
 *     log         2 log R_e = 2θ · n               of the Lie-algebra potential θ²
 *     quaternion  4 sin(θ/2) · n                   of 8 (1 − cos(θ/2))
 *
 * The authors compare the first with the second in arXiv 2401.13190, there with θ where we take 2θ, so that
 * only the shape differs. At θ = 180° the first is 0, a rest that is not the goal; the others jump to their
 * negative there, since n and −n are the same half turn. One of the two has to be: no smooth spring on SO(3)
 * has a single rest. Throws RangeError unless R_e is a rotation.
 * Worked value: for a turn of 90° about z the trace spring pulls with [0, 0, 2].
 */
export function rotationSpring(error: Matrix3, measure: RotationError): Vector3 {
	if (measure === 'log') return scale3(logSo3(error), 2);
	if (measure === 'trace') return skewVector(error);
	const [x, y, z] = matrixToQuaternion(error, 'xyzw');
	return [4 * x, 4 * y, 4 * z];
}
