import type { Series } from '$widgets/contract';

/** Height of the triangle over its side. */
export const HEIGHT = Math.sqrt(3) / 2;

/**
 * Distributions over three outcomes as points of the plane: in the triangle with the corners (0, 0) for
 * the first outcome alone, (1, 0) for the second and (1/2, √3/2) for the third, the mean of the corners
 * weighted by the probabilities.
 *
 * Worked value: (1/3, 1/3, 1/3) lies at (1/2, √3/6).
 */
export function onSimplex(policies: readonly ArrayLike<number>[]): Series {
	return {
		x: policies.map((p) => p[1] + p[2] / 2),
		y: policies.map((p) => p[2] * HEIGHT)
	};
}

/** The distribution at a point of the plane; outside the triangle the parts below 0 are cut off. */
export function fromSimplex(x: number, y: number): [number, number, number] {
	const third = y / HEIGHT;
	const second = x - third / 2;
	const parts = [1 - second - third, second, third].map((part) => Math.max(0, part));
	const total = parts[0] + parts[1] + parts[2];
	return [parts[0] / total, parts[1] / total, parts[2] / total];
}
