import { matrix } from '../core/linear/matrix';
import { solve } from '../core/linear/solve';
import type { Point } from './landscape';

const MOST_STEPS = 200;
const DIFFERENCE = 1e-6;

/**
 * Where the flow dθ/dt = field(θ) in the plane comes to rest, from a start: pseudo-transient continuation,
 * implicit Euler steps that grow as the field falls, so that they begin as the flow and end as Newton's
 * method. The Jacobian is by forward differences.
 *
 * C. T. Kelley, D. E. Keyes, Convergence analysis of pseudo-transient continuation, SIAM J. Numer. Anal.
 * 35 (1998). Undefined where 200 steps do not bring the field below the tolerance: there may be no rest.
 * Cost: some 10 to 30 steps of 3 calls. Throws what the field throws.
 * Worked value: followToRest(([x, y]) => [1 - x, 2 - y], [0, 0]) ≈ [1, 2].
 */
export function followToRest(
	field: (theta: Point) => [number, number],
	start: Point,
	{ tolerance = 1e-10 } = {}
): [number, number] | undefined {
	let theta: [number, number] = [start[0], start[1]];
	let now = field(theta);
	let size = Math.hypot(...now);
	let time = 1 / Math.max(size, tolerance);
	for (let step = 0; step < MOST_STEPS; step++) {
		if (size < tolerance) return theta;
		const right = field([theta[0] + DIFFERENCE, theta[1]]);
		const up = field([theta[0], theta[1] + DIFFERENCE]);
		const slope = (moved: Point, i: number) => (moved[i] - now[i]) / DIFFERENCE;
		const change = solve(
			matrix([
				[1 / time - slope(right, 0), -slope(up, 0)],
				[-slope(right, 1), 1 / time - slope(up, 1)]
			]),
			now
		);
		const next: [number, number] = [theta[0] + change[0], theta[1] + change[1]];
		const there = field(next);
		const sizeThere = Math.hypot(...there);
		// Where the field doubles, the step was longer than its linear part reaches.
		if (sizeThere > 2 * size) {
			time /= 4;
			continue;
		}
		time *= size / Math.max(sizeThere, tolerance);
		[theta, now, size] = [next, there, sizeThere];
	}
}
