import type { Stiffness, Wrench } from './geometricImpedance';
import { skewVector } from './hat';
import { apply3, multiply3, transpose3, type Matrix3 } from './matrix3';
import type { Pose } from './pose';
import { add3, type Vector3 } from './vector3';

/**
 * The Cartesian error of a pose from its goal, along the axes of the room:
 *
 *     e_X = [p − p_d; −Σ_i r_i × r_d,i],  r_i the columns of R
 *
 * GIC_Learning_public, get_eX (pih_env_benchmark.py). The sum is (R R_dᵀ − R_d Rᵀ)^∨, without a factor ½.
 */
export function cartesianError(pose: Pose, goal: Pose): { position: Vector3; rotation: Vector3 } {
	return {
		position: add3(pose.position, goal.position, -1),
		rotation: skewVector(multiply3(pose.rotation, transpose3(goal.rotation)))
	};
}

/**
 * The elastic wrench of Cartesian impedance control, along the axes of the room and at the body's origin;
 * the controller applies its negative:
 *
 *     f_X = [K_p (p − p_d); K_R e_R]
 *
 * The benchmark of the GIC code. Its gains belong to the room: where goal and body are turned together, a
 * soft direction stays where it was. With gains that are multiples of I it is the geometric wrench.
 * Worked value: p = [1, 0, 0], goal in the origin, K_p = diag(100, 10, 10): force [100, 0, 0]; all of it
 * turned by 90° about z: [0, 10, 0].
 */
export function cartesianWrench(pose: Pose, goal: Pose, stiffness: Stiffness): Wrench {
	const error = cartesianError(pose, goal);
	return {
		force: apply3(stiffness.translation, error.position),
		torque: apply3(stiffness.rotation, error.rotation)
	};
}

/** A wrench along the room's axes, seen along the body's. */
export function wrenchInBody({ force, torque }: Wrench, rotation: Matrix3): Wrench {
	const back = transpose3(rotation);
	return { force: apply3(back, force), torque: apply3(back, torque) };
}
