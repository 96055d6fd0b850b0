import { expSo3 } from './expSo3';
import { leftJacobian } from './leftJacobian';
import { apply3 } from './matrix3';
import type { Pose } from './pose';
import type { Vector3 } from './vector3';

/**
 * A twist: linear part v first, angular part w second, as in the survey and the GIC code. SciPy's
 * RigidTransform and Featherstone put the rotation first.
 */
export interface Twist {
	v: Vector3;
	/** Radians. */
	w: Vector3;
}

/**
 * The rigid motion of a twist held for one unit of time: exp [ŵ v; 0 0] = (exp ŵ, V(w) v).
 *
 * The path exp(tξ̂) is a screw: a turn about a line and a slide along it. Throws RangeError where w is
 * not finite. Worked value: v = [1, 0, 0], w = [0, 0, π/2] ends at [2/π, 2/π, 0], a quarter turn about z.
 */
export function expSe3({ v, w }: Twist): Pose {
	return { rotation: expSo3(w), position: apply3(leftJacobian(w), v) };
}
