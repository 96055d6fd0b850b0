import type { Matrix } from './matrix';

/** Rows become columns. Cost: O(rows · columns). */
export function transpose({ rows, columns, data }: Matrix): Matrix {
	const turned = new Float64Array(data.length);
	for (let i = 0; i < rows; i++) {
		for (let j = 0; j < columns; j++) turned[j * rows + i] = data[i * columns + j];
	}
	return { rows: columns, columns: rows, data: turned };
}
