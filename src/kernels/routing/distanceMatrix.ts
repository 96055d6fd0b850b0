import { tsplibDistance, type DistanceRule } from './tsplibDistance';

/** Distances between all cities, row by row. Symmetric, 0 on the diagonal. */
export interface DistanceMatrix {
	size: number;
	values: Float64Array;
}

/**
 * All distances between points of the plane (x and y in turn) by a rule of TSPLIB.
 *
 * Cost: O(n²). Throws RangeError for no points, an odd count of numbers, or a coordinate that is not finite.
 * Worked value: (0, 0), (3, 4) by REAL: 0 5 5 0.
 */
export function distanceMatrix(points: ArrayLike<number>, rule: DistanceRule): DistanceMatrix {
	if (points.length === 0 || points.length % 2 !== 0) {
		throw new RangeError(
			`distanceMatrix: points must hold x and y in turn, got ${points.length} numbers`
		);
	}
	for (let i = 0; i < points.length; i++) {
		if (!Number.isFinite(points[i])) {
			throw new RangeError(`distanceMatrix: points[${i}] must be finite, got ${points[i]}`);
		}
	}
	const size = points.length / 2;
	const values = new Float64Array(size * size);
	for (let i = 0; i < size; i++) {
		for (let j = i + 1; j < size; j++) {
			const [ax, ay, bx, by] = [points[2 * i], points[2 * i + 1], points[2 * j], points[2 * j + 1]];
			values[i * size + j] = values[j * size + i] = tsplibDistance(rule, ax, ay, bx, by);
		}
	}
	return { size, values };
}

/**
 * A given matrix as distances, for cities without coordinates.
 *
 * Throws RangeError unless it is square, symmetric, finite and at least 0: the solvers reverse stretches
 * of a tour, which changes its length where there and back differ.
 */
export function symmetricMatrix(rows: readonly (readonly number[])[]): DistanceMatrix {
	const size = rows.length;
	const values = new Float64Array(size * size);
	for (let i = 0; i < size; i++) {
		if (rows[i].length !== size) {
			throw new RangeError(
				`symmetricMatrix: row ${i} must have ${size} numbers, got ${rows[i].length}`
			);
		}
		for (let j = 0; j < size; j++) {
			const value = rows[i][j];
			if (!Number.isFinite(value) || value < 0 || value !== rows[j][i]) {
				throw new RangeError(
					`symmetricMatrix: the distance from ${i} to ${j} must be finite, at least 0 and the same back, got ${value} and ${rows[j][i]}`
				);
			}
			if (i !== j) values[i * size + j] = value;
		}
	}
	return { size, values };
}
