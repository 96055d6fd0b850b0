import { checkRotation } from './checkRotation';
import { expSo3 } from './expSo3';
import { apply3, multiply3, transpose3, type Matrix3 } from './matrix3';

/** e3nn's Euler angles in radians: γ about y first, then β about x, then α about y. */
export interface YxyAngles {
	alpha: number;
	beta: number;
	gamma: number;
}

/**
 * R = R_y(α) R_x(β) R_y(γ), as e3nn's angles_to_matrix (SciPy: 'YXY', intrinsic).
 *
 * Throws RangeError where an angle is not finite. Worked value: α = π/2 alone turns z to x.
 */
export function anglesToMatrix({ alpha, beta, gamma }: YxyAngles): Matrix3 {
	const tilted = multiply3(expSo3([0, alpha, 0]), expSo3([beta, 0, 0]));
	return multiply3(tilted, expSo3([0, gamma, 0]));
}

/**
 * Angles of a rotation, as e3nn's matrix_to_angles: α and β from where the y axis goes, β in [0, π].
 *
 * Where β is 0 or π only the sum or difference of α and γ counts (gimbal lock); then all of it is in γ
 * and α = 0. Throws RangeError unless R is a rotation.
 */
export function matrixToAngles(rotation: Matrix3): YxyAngles {
	checkRotation('matrixToAngles', 'rotation', rotation);
	const [x, y, z] = apply3(rotation, [0, 1, 0]);
	const alpha = Math.atan2(x, z);
	const beta = Math.atan2(Math.hypot(x, z), y);
	const rest = multiply3(transpose3(anglesToMatrix({ alpha, beta, gamma: 0 })), rotation);
	return { alpha, beta, gamma: Math.atan2(rest[2], rest[0]) };
}
