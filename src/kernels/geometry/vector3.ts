/** A vector of space, its x, y and z. */
export type Vector3 = readonly [number, number, number];

/** a + factor · b. Worked value: add3([1, 0, 0], [0, 1, 0], 2) = [1, 2, 0]. */
export function add3(a: Vector3, b: Vector3, factor = 1): Vector3 {
	return [a[0] + factor * b[0], a[1] + factor * b[1], a[2] + factor * b[2]];
}

export function scale3(a: Vector3, factor: number): Vector3 {
	return [factor * a[0], factor * a[1], factor * a[2]];
}

export function dot3(a: Vector3, b: Vector3): number {
	return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** a × b, right-handed. Worked value: cross3([1, 0, 0], [0, 1, 0]) = [0, 0, 1]. */
export function cross3(a: Vector3, b: Vector3): Vector3 {
	return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** Length, without overflow. */
export function norm3(a: Vector3): number {
	return Math.hypot(a[0], a[1], a[2]);
}
