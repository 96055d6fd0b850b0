/** A square picture: rows from the top, each with as many numbers as there are rows. */
export type Grid = readonly (readonly number[])[];

/** Throws RangeError unless the grid is square and not empty. */
export function checkSquare(caller: string, grid: Grid): void {
	const odd = grid.find((row) => row.length !== grid.length);
	if (grid.length === 0 || odd) {
		throw new RangeError(
			`${caller}: grid must be square, got ${grid.length} rows, one of ${odd?.length ?? 0}`
		);
	}
}

/**
 * The picture turned by quarter turns, counter-clockwise. Every number keeps its value: nothing is rounded.
 * Throws RangeError unless the grid is square and the turns are whole.
 * Worked value: one turn of [[1, 2], [3, 4]] is [[2, 4], [1, 3]].
 */
export function quarterTurns(grid: Grid, turns: number): Grid {
	checkSquare('quarterTurns', grid);
	if (!Number.isInteger(turns)) {
		throw new RangeError(`quarterTurns: turns must be whole, got ${turns}`);
	}
	let turned = grid;
	for (let i = 0; i < ((turns % 4) + 4) % 4; i++) {
		const before = turned;
		turned = before.map((_, row) => before.map((line) => line[line.length - 1 - row]));
	}
	return turned;
}

/**
 * The picture turned counter-clockwise by any angle in degrees about its centre, read between the cells by
 * bilinear interpolation and 0 outside. At multiples of 90° it equals `quarterTurns` exactly.
 * Throws RangeError unless the grid is square and the angle finite.
 */
export function turnGrid(grid: Grid, degrees: number): Grid {
	checkSquare('turnGrid', grid);
	if (!Number.isFinite(degrees)) {
		throw new RangeError(`turnGrid: degrees must be finite, got ${degrees}`);
	}
	if (degrees % 90 === 0) return quarterTurns(grid, degrees / 90);
	const angle = (degrees * Math.PI) / 180;
	const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
	const centre = (grid.length - 1) / 2;
	const at = (row: number, column: number) => grid[row]?.[column] ?? 0;
	return grid.map((line, row) =>
		line.map((_, column) => {
			// Where this cell was before the turn; rows run downwards.
			const [x, y] = [column - centre, centre - row];
			const fromColumn = cosine * x + sine * y + centre;
			const fromRow = centre - (cosine * y - sine * x);
			const [left, top] = [Math.floor(fromColumn), Math.floor(fromRow)];
			const [dx, dy] = [fromColumn - left, fromRow - top];
			return (
				(1 - dy) * ((1 - dx) * at(top, left) + dx * at(top, left + 1)) +
				dy * ((1 - dx) * at(top + 1, left) + dx * at(top + 1, left + 1))
			);
		})
	);
}
