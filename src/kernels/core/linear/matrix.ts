/** A dense matrix, its rows one after the other. */
export interface Matrix {
	rows: number;
	columns: number;
	data: Float64Array;
}

/**
 * A matrix from its rows. Throws RangeError for no rows or rows of different lengths.
 * Worked value: matrix([[1, 2], [3, 4]]).data = [1, 2, 3, 4].
 */
export function matrix(rows: readonly (readonly number[])[]): Matrix {
	const columns = rows[0]?.length ?? 0;
	if (columns === 0) throw new RangeError('matrix: rows must not be empty');
	const odd = rows.findIndex((row) => row.length !== columns);
	if (odd >= 0) {
		throw new RangeError(
			`matrix: rows[${odd}] must have ${columns} numbers, got ${rows[odd].length}`
		);
	}
	return { rows: rows.length, columns, data: Float64Array.from(rows.flat()) };
}

export function identity(size: number): Matrix {
	const data = new Float64Array(size * size);
	for (let i = 0; i < size; i++) data[i * size + i] = 1;
	return { rows: size, columns: size, data };
}
