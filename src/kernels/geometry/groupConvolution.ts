import { checkSquare, quarterTurns, type Grid } from './gridTurns';

/** One picture for each of the four quarter turns of a filter. */
export type OrientedGrids = readonly Grid[];

function checkFilter(caller: string, filter: Grid): void {
	checkSquare(caller, filter);
	if (filter.length % 2 === 0) {
		throw new RangeError(`${caller}: a filter must have an odd side, got ${filter.length}`);
	}
}

/**
 * The correlation of a picture with a filter that is centred on each cell in turn, 0 outside the picture:
 * [f ⋆ ψ](t) = Σ_x f(x) ψ(x − t). What deep learning calls a convolution, with padding "same".
 *
 * Throws RangeError unless both are square and the filter's side is odd. Cost: O(n²·k²).
 */
export function correlate(grid: Grid, filter: Grid): Grid {
	checkSquare('correlate', grid);
	checkFilter('correlate', filter);
	const reach = (filter.length - 1) / 2;
	return grid.map((line, row) =>
		line.map((_, column) => {
			let sum = 0;
			for (let i = -reach; i <= reach; i++) {
				for (let j = -reach; j <= reach; j++) {
					sum += (grid[row + i]?.[column + j] ?? 0) * filter[i + reach][j + reach];
				}
			}
			return sum;
		})
	);
}

/**
 * The lifting convolution of the group p4 (shifts and quarter turns): one map for each turn of the filter,
 *
 *     [f ⋆ ψ](t, k) = Σ_x f(x) ψ(R_k⁻¹(x − t)),  R_k a turn by k · 90°
 *
 * Cohen and Welling, Group equivariant convolutional networks, arXiv 1602.07576. Turning the picture by 90°
 * turns every map and hands it on to the next orientation: lift(Rf)[k] = R lift(f)[k − 1], exactly.
 * Throws as `correlate` does. Cost: four correlations.
 */
export function liftingConvolution(grid: Grid, filter: Grid): OrientedGrids {
	return [0, 1, 2, 3].map((k) => correlate(grid, quarterTurns(filter, k)));
}

/**
 * A convolution on the group p4, from oriented maps to oriented maps. The filter has one part for each
 * relative orientation; turned by k it is turned in the plane and moved on by k in orientation:
 *
 *     [f ⋆ ψ](t, k) = Σ_j Σ_x f(x, j) ψ(R_k⁻¹(x − t), j − k)
 *
 * The law of `liftingConvolution` holds again, so layers can be stacked. Throws RangeError unless maps and
 * filter have four parts each. Cost: 16 correlations.
 */
export function groupConvolution(maps: OrientedGrids, filter: OrientedGrids): OrientedGrids {
	if (maps.length !== 4 || filter.length !== 4) {
		throw new RangeError(
			`groupConvolution: maps and filter must have 4 parts, got ${maps.length} and ${filter.length}`
		);
	}
	return [0, 1, 2, 3].map((k) =>
		maps
			.map((map, j) => correlate(map, quarterTurns(filter[(j - k + 4) % 4], k)))
			.reduce((sum, part) => sum.map((line, row) => line.map((x, i) => x + part[row][i])))
	);
}

/** What a turn of the picture by quarter turns should do to oriented maps: turn each and hand it on. */
export function turnOriented(maps: OrientedGrids, turns: number): OrientedGrids {
	return maps.map((_, k) => quarterTurns(maps[(((k - turns) % 4) + 4) % 4], turns));
}
