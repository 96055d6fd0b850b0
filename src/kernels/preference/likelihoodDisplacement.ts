import { matrix, type Matrix } from '../core/linear/matrix';
import { multiply } from '../core/linear/multiply';
import { transpose } from '../core/linear/transpose';
import { logSoftmax } from '../core/softmax';
import { finiteSetDpo, type AnswerPair, type FiniteSetDpoOptions } from './finiteSetDpo';

export interface LikelihoodDisplacementOptions extends FiniteSetDpoOptions {
	/** Step of gradient descent. Small steps follow the gradient flow; time is learningRate · step. */
	learningRate: number;
	steps: number;
}

export interface LikelihoodDisplacement {
	/** log π of every answer after 0, 1, … steps. */
	logProbs: Float64Array[];
	/** The loss after as many steps. */
	losses: number[];
	/** Mean of β·margin over the pairs, after as many steps. */
	margins: number[];
	/** d log π(y)/dt at the start, for every answer. */
	rates: Float64Array;
	/** The weights after the last step. */
	theta: Float64Array;
}

function times(a: Matrix, x: Float64Array): Float64Array {
	return multiply(a, { rows: x.length, columns: 1, data: x }).data;
}

/**
 * Likelihood displacement: DPO raises the chosen answer over the rejected one, and both may become less
 * likely as an answer that is in no pair takes their probability. The smallest policy that shows it is
 * log-linear, π(y) ∝ exp(θ·φ(y)), where answers share weights through their features. DPO's own gradient
 * trains θ by gradient descent from θ₀, which is also the reference:
 *
 *     θ ← θ − learningRate · Φᵀ ∂L/∂logits
 *
 * For one pair, at first (derived; a is β σ(−βh) for the sigmoid loss and positive for every loss that
 * falls with the margin):
 *
 *     d log π(y)/dt = a ⟨φ(y) − E_π φ, φ(w) − φ(l)⟩
 *
 * So where w and l have similar features, what rises is whatever lies furthest along φ(w) − φ(l), and w
 * falls if it lies behind the policy's mean. With features of their own (the identity: a table) w always
 * rises, at the rate a (1 − π(w) + π(l)): a table cannot show displacement. The features of the worked
 * value take w from 1/3 to 0.0002 in 1000 steps at rate 1, while loss and margin improve at every step;
 * 'nca_pair', which also pulls on w itself, lets it fall at first and brings it back.
 *
 * Paper: Razin et al., Unintentional Unalignment, arXiv 2410.08847, which trains language models; the
 * log-linear policy is the one of its mechanisms that a page can run whole.
 *
 * Cost: O(steps · (answers · features + pairs)). Throws RangeError as `finiteSetDpo`, for features and
 * theta that do not fit, a learningRate not positive and finite, and steps that are no integer ≥ 0.
 * Worked value: features w (1, 0.1), l (1, −0.1), z (−1, 1), θ₀ = 0, β = 0.1: rates −0.0023, −0.0043 and
 * 0.0067.
 */
export function likelihoodDisplacement(
	features: readonly (readonly number[])[],
	theta0: ArrayLike<number>,
	pairs: readonly AnswerPair[],
	{ learningRate, steps, ...options }: LikelihoodDisplacementOptions
): LikelihoodDisplacement {
	const phi = matrix(features);
	if (theta0.length !== phi.columns) {
		throw new RangeError(
			`likelihoodDisplacement: theta0 must be ${phi.columns} long, got ${theta0.length}`
		);
	}
	if (!(learningRate > 0 && learningRate < Infinity)) {
		throw new RangeError(
			`likelihoodDisplacement: learningRate must be positive and finite, got ${learningRate}`
		);
	}
	if (!Number.isInteger(steps) || steps < 0) {
		throw new RangeError(`likelihoodDisplacement: steps must be an integer ≥ 0, got ${steps}`);
	}
	const theta = Float64Array.from(theta0);
	const refLogProbs = logSoftmax(times(phi, theta));
	const at = () => finiteSetDpo(times(phi, theta), refLogProbs, pairs, options);
	const phiTransposed = transpose(phi);
	const downhill = (gradient: Float64Array) =>
		times(
			phiTransposed,
			gradient.map((g) => -g)
		);

	let now = at();
	const velocity = times(phi, downhill(now.gradient));
	const drift = velocity.reduce((sum, v, y) => sum + Math.exp(now.logProbs[y]) * v, 0);
	const run: LikelihoodDisplacement = {
		logProbs: [],
		losses: [],
		margins: [],
		rates: velocity.map((v) => v - drift),
		theta
	};
	for (let step = 0; step <= steps; step++) {
		if (step > 0) {
			downhill(now.gradient).forEach((d, i) => (theta[i] += learningRate * d));
			now = at();
		}
		run.logProbs.push(now.logProbs);
		run.losses.push(now.loss);
		run.margins.push(now.pairs.margins.reduce((sum, m) => sum + m, 0) / pairs.length);
	}
	return run;
}
