/** One point of a line, with its position in the lists it came from. */
export interface Point {
	x: number;
	y: number;
	index: number;
}

/**
 * The points of a line that have a finite x and y, in order. `name` is the calling function's, for
 * its errors.
 *
 * Throws RangeError if the lists differ in length or hold no finite point. Cost O(n).
 * Worked value: xs [0, 1, 2], ys [5, NaN, 7] gives (0, 5) and (2, 7).
 */
export function finitePoints(
	name: string,
	xs: readonly number[],
	ys: readonly number[]
): [Point, ...Point[]] {
	if (xs.length !== ys.length) {
		throw new RangeError(
			`${name}: xs and ys must have the same length, got ${xs.length} and ${ys.length}`
		);
	}
	const points = xs
		.map((x, index) => ({ x, y: ys[index], index }))
		.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
	const [first, ...rest] = points;
	if (!first) {
		throw new RangeError(
			`${name}: ys must hold a finite value at a finite x, got ${ys.length} without one`
		);
	}
	return [first, ...rest];
}
