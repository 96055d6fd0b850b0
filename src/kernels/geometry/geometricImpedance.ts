import { skewVector } from './hat';
import { apply3, multiply3, trace3, transpose3, type Matrix3 } from './matrix3';
import type { Pose } from './pose';
import { add3, dot3, type Vector3 } from './vector3';

/** Gains of a spring on SE(3), each symmetric and positive: K_p in N/m, K_R in N·m. */
export interface Stiffness {
	translation: Matrix3;
	rotation: Matrix3;
}

/** A force in N and a torque in N·m. */
export interface Wrench {
	force: Vector3;
	torque: Vector3;
}

/**
 * The geometrically consistent error vector of a pose g = (R, p) from its goal g_d, in the body's frame:
 *
 *     e_G = [Rᵀ(p − p_d); (R_dᵀR − RᵀR_d)^∨]
 *
 * GIC_Learning_public, get_eg; without the factor ½ that others put before the rotation. It stays the same
 * where both poses are moved alike, which is what a policy needs to act alike in a turned scene.
 */
export function geometricError(pose: Pose, goal: Pose): { position: Vector3; rotation: Vector3 } {
	const between = multiply3(transpose3(goal.rotation), pose.rotation);
	return {
		position: apply3(transpose3(pose.rotation), add3(pose.position, goal.position, -1)),
		rotation: skewVector(between)
	};
}

/**
 * The energy of the spring in J, at least 0 and 0 at the goal alone:
 *
 *     P = tr(K_R (I − R_dᵀR)) + ½ (p − p_d)ᵀ R_d K_p R_dᵀ (p − p_d)
 *
 * Worked value: a turn of 60° with K_R = I and no offset holds 1 J.
 */
export function geometricPotential(pose: Pose, goal: Pose, stiffness: Stiffness): number {
	const between = multiply3(transpose3(goal.rotation), pose.rotation);
	const offset = apply3(transpose3(goal.rotation), add3(pose.position, goal.position, -1));
	const turned = multiply3(stiffness.rotation, between);
	return (
		trace3(stiffness.rotation) -
		trace3(turned) +
		dot3(offset, apply3(stiffness.translation, offset)) / 2
	);
}

/**
 * The elastic wrench of geometric impedance control, in the body's frame; the controller applies its negative:
 *
 *     f_G = [RᵀR_d K_p R_dᵀ (p − p_d); (K_R R_dᵀR − RᵀR_d K_R)^∨]
 *
 * GIC_Learning_public, impedance_control (pih_env.py). It is the gradient of the potential: dP/dt = f_Gᵀ V_b
 * for the body velocity V_b. With K_R = I the torque is 2 sin θ about the axis: largest at 90°, none at 180°.
 * Worked value: R a turn of 60° about z, p = [1, 0, 0], goal at rest in the origin, K_p = diag(100, 10, 10),
 * K_R = I: force [50, −86.6025, 0], torque [0, 0, √3].
 */
export function geometricWrench(pose: Pose, goal: Pose, stiffness: Stiffness): Wrench {
	const between = multiply3(transpose3(goal.rotation), pose.rotation);
	const offset = apply3(transpose3(goal.rotation), add3(pose.position, goal.position, -1));
	return {
		force: apply3(transpose3(between), apply3(stiffness.translation, offset)),
		// K_R is symmetric, so the second product is the transpose of the first.
		torque: skewVector(multiply3(stiffness.rotation, between))
	};
}
