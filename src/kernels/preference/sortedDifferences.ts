export interface SortedDifferences {
	/** The k-th smallest x less the k-th smallest y. */
	differences: number[];
	/** Where the k-th smallest x stands in xs. */
	xOrder: number[];
	yOrder: number[];
}

/** Positions from the smallest value to the largest; NaN last, ties in the order they come. */
function ascending(values: readonly number[]): number[] {
	const rank = (i: number) => (Number.isNaN(values[i]) ? 1 : 0);
	return values
		.map((_, i) => i)
		.sort((a, b) => rank(a) - rank(b) || (values[a] < values[b] ? -1 : +(values[a] > values[b])));
}

/**
 * Both samples sorted, then subtracted: the one-dimensional optimal transport between them, whose
 * pairs (k-th with k-th) are all ≥ 0 exactly when xs dominates ys stochastically in the first order.
 *
 * Cost: two sorts. Throws RangeError for samples of different sizes.
 * Worked value: xs (3, 1), ys (0, 2): differences (1, 1), xOrder (1, 0), yOrder (0, 1).
 */
export function sortedDifferences(xs: readonly number[], ys: readonly number[]): SortedDifferences {
	if (xs.length !== ys.length) {
		throw new RangeError(`sortedDifferences: ys must be ${xs.length} long, got ${ys.length}`);
	}
	const xOrder = ascending(xs);
	const yOrder = ascending(ys);
	return { differences: xOrder.map((at, k) => xs[at] - ys[yOrder[k]]), xOrder, yOrder };
}
