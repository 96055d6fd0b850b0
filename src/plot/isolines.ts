/** A piece of an isoline: x and y of its two ends. */
export type Segment = readonly [number, number, number, number];

/**
 * Where a function sampled on a grid has one value: marching squares, with each square's edges crossed
 * where linear interpolation says. `values[row][column]` stand at (x[column], y[row]). A saddle is told
 * by the mean of its corners; a square with a corner that is not a number is left out.
 *
 * Cost: O(cells). Worked value: values [[0, 1], [0, 1]] at x = 0, 1 and y = 0, 1, level ½: from (½, 0) to (½, 1).
 */
export function isolines(
	values: readonly (readonly number[])[],
	x: readonly number[],
	y: readonly number[],
	level: number
): Segment[] {
	const segments: Segment[] = [];
	for (let i = 0; i + 1 < y.length; i++) {
		for (let j = 0; j + 1 < x.length; j++) {
			/** Around the square, against the clock where y grows upward. */
			const corners = [
				[x[j], y[i], values[i][j]],
				[x[j + 1], y[i], values[i][j + 1]],
				[x[j + 1], y[i + 1], values[i + 1][j + 1]],
				[x[j], y[i + 1], values[i + 1][j]]
			] as const;
			if (corners.some(([, , value]) => Number.isNaN(value))) continue;
			const crossings: (readonly [number, number])[] = [];
			corners.forEach(([ax, ay, a], k) => {
				const [bx, by, b] = corners[(k + 1) % 4];
				if (a >= level === b >= level) return;
				const share = (level - a) / (b - a);
				crossings.push([ax + share * (bx - ax), ay + share * (by - ay)]);
			});
			if (crossings.length === 4) {
				const mean = corners.reduce((sum, [, , value]) => sum + value, 0) / 4;
				// A corner that the centre does not side with is cut off by itself.
				if (mean >= level !== corners[0][2] >= level) crossings.unshift(crossings.pop()!);
			}
			for (let k = 0; k + 1 < crossings.length; k += 2) {
				segments.push([...crossings[k], ...crossings[k + 1]]);
			}
		}
	}
	return segments;
}
