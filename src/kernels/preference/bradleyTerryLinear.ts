import { dot } from '../core/dot';
import { solve } from '../core/linear/solve';
import { logSigmoid, sigmoid } from '../core/sigmoid';

/** The last Newton step may move no weight by more than this. */
const TOLERANCE = 1e-12;
const MAX_ITERATIONS = 100;
/** Near the minimum the objective cannot tell a good step from its own rounding. */
const SLACK = 1e-13;

export interface BradleyTerryLinear {
	/** w: the reward of an answer with features φ is w·φ. */
	weights: number[];
	/** σ(w·d): how likely the model thinks each comparison as it was made. */
	probabilities: number[];
	/** α |w|² − Σ log σ(w·d), which the weights minimise. */
	objective: number;
	iterations: number;
}

function check(differences: readonly ArrayLike<number>[], alpha: number): void {
	if (!(alpha > 0 && alpha < Infinity)) {
		throw new RangeError(`bradleyTerryLinear: alpha must be positive and finite, got ${alpha}`);
	}
	if (differences.length === 0 || differences[0].length === 0) {
		throw new RangeError('bradleyTerryLinear: differences must not be empty');
	}
	differences.forEach((row, i) => {
		if (row.length !== differences[0].length) {
			throw new RangeError(
				`bradleyTerryLinear: differences[${i}] must have ${differences[0].length} numbers, got ${row.length}`
			);
		}
		if (!Array.from(row).every(Number.isFinite)) {
			throw new RangeError(`bradleyTerryLinear: differences[${i}] must be finite`);
		}
	});
}

/**
 * A reward model that is linear in an answer's features, from comparisons: the minimum of
 *
 *     α |w|² − Σ_i log σ(w·d_i),   d_i = φ(chosen_i) − φ(rejected_i),   α > 0
 *
 * by Newton's method with halved steps where a full one would not descend. It has exactly one minimum. A
 * feature that no comparison varies gets the weight 0, and a constant feature drops out of every d.
 *
 * This is what the last layer of a reward model learns if the layers below it stand still. With one
 * feature an answer that is 1 for that answer alone, w is `bradleyTerryRidge`'s θ.
 *
 * Model: Bradley and Terry (1952), as Christiano et al., arXiv 1706.03741, fit it; the ridge is ours.
 * Cost: O(comparisons · features² + features³) an iteration, some 5 to 15 iterations.
 * Throws RangeError for no comparisons, lengths that differ, a difference that is not finite, and α that
 * is not positive and finite.
 * Worked value: one comparison with d = 1, α = ½: w = 0.401058, which solves w = σ(−w).
 */
export function bradleyTerryLinear(
	differences: readonly ArrayLike<number>[],
	alpha: number
): BradleyTerryLinear {
	check(differences, alpha);
	const size = differences[0].length;
	const objectiveOf = (w: ArrayLike<number>) =>
		alpha * dot(w, w) - differences.reduce((sum, d) => sum + logSigmoid(dot(w, d)), 0);
	let weights = new Float64Array(size);
	let objective = objectiveOf(weights);
	let largest = Infinity;
	let iterations = 0;
	while (largest > TOLERANCE && iterations < MAX_ITERATIONS) {
		iterations++;
		const gradient = weights.map((w) => 2 * alpha * w);
		const hessian = new Float64Array(size * size);
		for (let j = 0; j < size; j++) hessian[j * size + j] = 2 * alpha;
		for (const d of differences) {
			const missing = sigmoid(-dot(weights, d));
			for (let j = 0; j < size; j++) {
				gradient[j] -= missing * d[j];
				for (let k = 0; k < size; k++) {
					hessian[j * size + k] += missing * (1 - missing) * d[j] * d[k];
				}
			}
		}
		const step = solve({ rows: size, columns: size, data: hessian }, gradient);
		let share = 1;
		let next = weights.map((w, j) => w - step[j]);
		while (objectiveOf(next) > objective + SLACK * Math.abs(objective)) {
			share /= 2;
			next = weights.map((w, j) => w - share * step[j]);
		}
		largest = step.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
		weights = next;
		objective = objectiveOf(weights);
	}
	return {
		weights: Array.from(weights),
		probabilities: differences.map((d) => sigmoid(dot(weights, d))),
		objective,
		iterations
	};
}
