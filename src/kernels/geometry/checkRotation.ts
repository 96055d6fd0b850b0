import { determinant3, identity3, multiply3, transpose3, type Matrix3 } from './matrix3';

/** How far RᵀR may be from the identity: what many products of rotations lose to rounding. */
const ROUNDING = 1e-6;

/**
 * Throws RangeError unless R is a rotation: nine numbers with RᵀR = I and det R = 1.
 * `caller` and `name` are what the message names. Cost: one product.
 */
export function checkRotation(caller: string, name: string, rotation: Matrix3): void {
	const fault = (got: string) =>
		new RangeError(`${caller}: ${name} must be a rotation matrix, got ${got}`);
	if (rotation.length !== 9) throw fault(`${rotation.length} numbers`);
	const product = multiply3(transpose3(rotation), rotation);
	const off = Math.max(...product.map((entry, i) => Math.abs(entry - identity3[i])));
	if (!(off <= ROUNDING)) throw fault(`a matrix whose RᵀR is off the identity by ${off}`);
	if (determinant3(rotation) < 0) throw fault('a reflection, with determinant −1');
}
