import { apply3, identity3, multiply3, transpose3, type Matrix3 } from './matrix3';
import { add3, scale3, type Vector3 } from './vector3';

/** A rigid motion, an element of SE(3): x ↦ rotation·x + position. Lengths are in the scene's unit. */
export interface Pose {
	rotation: Matrix3;
	position: Vector3;
}

export const identityPose: Pose = { rotation: identity3, position: [0, 0, 0] };

/** The motion "first b, then a": (R_a R_b, R_a p_b + p_a). */
export function compose(a: Pose, b: Pose): Pose {
	return {
		rotation: multiply3(a.rotation, b.rotation),
		position: add3(apply3(a.rotation, b.position), a.position)
	};
}

/** The motion back: (Rᵀ, −Rᵀp). */
export function inversePose({ rotation, position }: Pose): Pose {
	const back = transpose3(rotation);
	return { rotation: back, position: scale3(apply3(back, position), -1) };
}

/** Where a point goes. */
export function move({ rotation, position }: Pose, point: Vector3): Vector3 {
	return add3(apply3(rotation, point), position);
}
