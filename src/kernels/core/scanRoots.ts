import { brent } from './brent';

/**
 * The roots of a continuous function that show as a change of sign between neighbouring points of
 * a grid, each refined by Brent's method. Two roots between the same neighbours stay unseen.
 *
 * Cost: one call a grid point and some ten a root. Throws RangeError for fewer than two points.
 * Worked value: the cosine on 0, 1, 2, …, 6 has the roots π/2 and 3π/2.
 */
export function scanRoots(f: (x: number) => number, grid: ArrayLike<number>): number[] {
	if (grid.length < 2) throw new RangeError('scanRoots: grid must have at least two points');
	const roots: number[] = [];
	let before = f(grid[0]);
	if (before === 0) roots.push(grid[0]);
	for (let i = 1; i < grid.length; i++) {
		const here = f(grid[i]);
		if (here === 0) roots.push(grid[i]);
		else if (before * here < 0) roots.push(brent(f, grid[i - 1], grid[i]));
		before = here;
	}
	return roots;
}
