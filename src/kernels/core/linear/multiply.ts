import type { Matrix } from './matrix';

/**
 * The product of two matrices, A (m × k) and B (k × n). Cost: O(m·k·n).
 * Throws RangeError where A's columns are not B's rows.
 */
export function multiply(a: Matrix, b: Matrix): Matrix {
	if (a.columns !== b.rows) {
		throw new RangeError(`multiply: b must have ${a.columns} rows, got ${b.rows}`);
	}
	const data = new Float64Array(a.rows * b.columns);
	for (let i = 0; i < a.rows; i++) {
		for (let k = 0; k < a.columns; k++) {
			const factor = a.data[i * a.columns + k];
			for (let j = 0; j < b.columns; j++) {
				data[i * b.columns + j] += factor * b.data[k * b.columns + j];
			}
		}
	}
	return { rows: a.rows, columns: b.columns, data };
}
