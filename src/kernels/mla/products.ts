import { dot } from '../core/dot';

/** The product of a matrix, by rows, and a vector. */
export function applyMatrix(rows: readonly (readonly number[])[], x: readonly number[]): number[] {
	return rows.map((row) => dot(row, x));
}

/** The product of the transposed matrix and a vector: Σ_i x_i · row_i. */
export function applyTransposed(
	rows: readonly (readonly number[])[],
	x: readonly number[]
): number[] {
	return rows[0].map((_, j) => rows.reduce((sum, row, i) => sum + row[j] * x[i], 0));
}
