import type { Vector3 } from './vector3';

/** A 3 × 3 matrix: nine numbers, row by row. */
export type Matrix3 = readonly number[];

export const identity3: Matrix3 = [1, 0, 0, 0, 1, 0, 0, 0, 1];

export function diagonal3([x, y, z]: Vector3): Matrix3 {
	return [x, 0, 0, 0, y, 0, 0, 0, z];
}

/** The product A·B. As rotations: first B, then A. */
export function multiply3(a: Matrix3, b: Matrix3): Matrix3 {
	const product = new Array<number>(9);
	for (let i = 0; i < 9; i += 3) {
		for (let j = 0; j < 3; j++) {
			product[i + j] = a[i] * b[j] + a[i + 1] * b[j + 3] + a[i + 2] * b[j + 6];
		}
	}
	return product;
}

/** The transpose; of a rotation it is the inverse. */
export function transpose3(a: Matrix3): Matrix3 {
	return [a[0], a[3], a[6], a[1], a[4], a[7], a[2], a[5], a[8]];
}

/** The vector A·x. */
export function apply3(a: Matrix3, [x, y, z]: Vector3): Vector3 {
	return [
		a[0] * x + a[1] * y + a[2] * z,
		a[3] * x + a[4] * y + a[5] * z,
		a[6] * x + a[7] * y + a[8] * z
	];
}

/** A + factor · B. */
export function addMatrix3(a: Matrix3, b: Matrix3, factor = 1): Matrix3 {
	return a.map((entry, i) => entry + factor * b[i]);
}

export function trace3(a: Matrix3): number {
	return a[0] + a[4] + a[8];
}

export function determinant3(a: Matrix3): number {
	return (
		a[0] * (a[4] * a[8] - a[5] * a[7]) -
		a[1] * (a[3] * a[8] - a[5] * a[6]) +
		a[2] * (a[3] * a[7] - a[4] * a[6])
	);
}
