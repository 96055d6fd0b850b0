import { matrix } from '../core/linear/matrix';
import { solve } from '../core/linear/solve';
import { logSoftmax } from '../core/softmax';
import {
	finiteSetDpo,
	type AnswerPair,
	type FiniteSetDpoOptions
} from '../preference/finiteSetDpo';

export interface PreferenceTarget {
	/** log π at the end. */
	logProbs: Float64Array;
	/** Whether the loss has a minimum; if not, π is where the gradient has faded to 1e−9. */
	attained: boolean;
	/** Σ|∂loss/∂logits| at the end. */
	gradient: number;
}

const MOST_STEPS = 200;
const FADED = 1e-9;
/** Times β²: little beside the loss's curvature, much beside the rounding of its differences. */
const DAMPING = 1e-6;
/** Log-ratios this far, times β, and the sigmoid is as good as flat. */
const FLAT = 15;

/**
 * Where DPO's or IPO's loss on finitely many weighted pairs is smallest, for a softmax with a logit an
 * answer, reached from the reference as small gradient steps would reach it:
 *
 *     logits* = argmin over logits of `finiteSetDpo`, nearest to log π_ref
 *
 * The loss sees differences alone, so the logits of answers that the pairs connect keep their sum, and an
 * answer in no pair keeps its logit (derived; tests hold it). For Bradley–Terry labels of a reward r that
 * makes DPO's target
 *
 *     π ∝ π_ref exp((r − r̄)/β) on compared answers, π ∝ π_ref on others,   r̄ the plain mean of the compared
 *
 * so that what nobody compared counts as average. By damped Newton steps; the Hessian is by central
 * differences.
 *
 * Cost: some 10 to 60 steps of 2·answers losses. Throws RangeError as finiteSetDpo.
 * Worked value: uniform reference over two answers, the first wins with ¾, β = 1: log-ratio log 3.
 */
export function preferenceTarget(
	refLogProbs: ArrayLike<number>,
	pairs: readonly AnswerPair[],
	options: FiniteSetDpoOptions & { lossType?: 'sigmoid' | 'ipo' | 'robust' } = {}
): PreferenceTarget {
	const count = refLogProbs.length;
	const beta = options.beta ?? 0.1;
	const at = (logits: Float64Array) => finiteSetDpo(logits, refLogProbs, pairs, options);
	const moved = (logits: Float64Array, i: number, by: number) =>
		logits.map((logit, j) => (j === i ? logit + by : logit));
	let logits = Float64Array.from(refLogProbs);
	let now = at(logits);
	let damping = DAMPING * beta * beta;
	const size = () => now.gradient.reduce((sum, slope) => sum + Math.abs(slope), 0);
	for (let step = 0; step < MOST_STEPS && size() > FADED * beta; step++) {
		// A shift common to connected answers changes nothing: the Hessian is singular without damping.
		const width = 1e-4 / beta;
		const columns = Array.from(logits, (_, i) => {
			const [up, down] = [1, -1].map((side) => at(moved(logits, i, side * width)).gradient);
			return up.map((slope, j) => (slope - down[j]) / (2 * width));
		});
		const hessian = columns.map((_, i) =>
			columns.map((_, j) => (columns[i][j] + columns[j][i]) / 2 + (i === j ? damping : 0))
		);
		const change = solve(matrix(hessian), now.gradient);
		const next = at(logits.map((logit, i) => logit - change[i]));
		if (!(next.loss <= now.loss)) {
			damping *= 10;
			continue;
		}
		damping = Math.max(damping / 10, DAMPING * beta * beta);
		logits = logits.map((logit, i) => logit - change[i]);
		now = next;
	}
	const reach = Math.max(
		...pairs.map(({ chosen, rejected }) =>
			Math.abs(logits[chosen] - refLogProbs[chosen] - (logits[rejected] - refLogProbs[rejected]))
		)
	);
	return {
		logProbs: logSoftmax(Array.from({ length: count }, (_, i) => logits[i])),
		attained: beta * reach < FLAT,
		gradient: size()
	};
}
