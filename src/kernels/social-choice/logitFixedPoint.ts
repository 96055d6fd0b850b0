import { matrix } from '../core/linear/matrix';
import { solve } from '../core/linear/solve';
import { softmax } from '../core/softmax';

const PRECISE = 1e-13;
const MOST_STEPS = 100;
/** A logit is moved by this to see what the target does: near the cube root of float64's rounding. */
const NUDGE = 1e-5;
const SHORTEST = 1e-6;

export interface LogitFixedPoint {
	logits: number[];
	policy: number[];
	/** The largest |π − softmax(target(π))|. */
	residual: number;
}

/**
 * A policy π = softmax(θ) with θ = target(π), by Newton's method on the logits: the Jacobian of
 * θ − target(softmax θ) from central differences, steps halved until they lead nearer.
 *
 * Finds the fixed point where the Jacobian never is singular, from any start; elsewhere it may stop short,
 * and `residual` tells.
 *
 * Cost: some 5 to 20 times (2n evaluations of the target and O(n³)). Throws RangeError for no logits.
 * Worked value: target(π) = (1, 0) whatever π: logits (1, 0).
 */
export function logitFixedPoint(
	target: (policy: number[]) => readonly number[],
	start: readonly number[]
): LogitFixedPoint {
	const at = (logits: readonly number[]) => {
		const policy = [...softmax(logits)];
		const wanted = target(policy);
		const fault = logits.map((logit, i) => logit - wanted[i]);
		return { policy, wanted, fault, size: Math.hypot(...fault) };
	};
	let logits = [...start];
	let here = at(logits);
	for (let step = 0; step < MOST_STEPS && here.size > PRECISE; step++) {
		const columns = logits.map((_, j) => {
			const nudged = (by: number) => at(logits.map((logit, i) => (i === j ? logit + by : logit)));
			const [up, down] = [nudged(NUDGE), nudged(-NUDGE)];
			return up.fault.map((value, i) => (value - down.fault[i]) / (2 * NUDGE));
		});
		const jacobian = logits.map((_, i) => columns.map((column) => column[i]));
		const move = solve(matrix(jacobian), here.fault);
		const moved = (share: number) => logits.map((logit, i) => logit - share * move[i]);
		let share = 1;
		let there = at(moved(share));
		while (!(there.size < here.size) && share > SHORTEST) there = at(moved((share /= 2)));
		if (!(there.size < here.size)) break;
		[logits, here] = [moved(share), there];
	}
	const image = softmax(here.wanted);
	const residual = Math.max(...here.policy.map((p, i) => Math.abs(p - image[i])));
	return { logits, policy: here.policy, residual };
}
