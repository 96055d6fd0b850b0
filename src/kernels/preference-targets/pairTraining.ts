import { logSoftmax } from '../core/softmax';
import { pairObjective, type PairObjectiveName } from './pairObjective';

export interface PairTrainingOptions {
	objective: PairObjectiveName;
	/** One row an answer: the chosen, the rejected, then those in no pair. */
	features: readonly (readonly number[])[];
	beta: number;
	simpoGamma?: number;
	learningRate: number;
	steps: number;
}

export interface PairTraining {
	/** log π of every answer after 0, 1, … steps. */
	logProbs: Float64Array[];
	losses: number[];
	/** (log π/π_ref)(chosen) − (log π/π_ref)(rejected), in nats. */
	margins: number[];
}

/**
 * Gradient descent on one pair under any of `pairObjective`'s losses, with a log-linear policy
 * π(y) ∝ exp(θ·φ(y)) that starts uniform, at θ = 0, which is also the reference:
 *
 *     ∂L/∂logit_j = g_j − π_j (g_w + g_l),   θ ← θ − learningRate · Φᵀ ∂L/∂logits
 *
 * Answers with a feature of their own each (a table) keep apart; answers that share features move together,
 * which is what lets a chosen answer fall (`likelihoodDisplacement` has the rates and more losses of DPO).
 *
 * Cost: O(steps · answers · features). Throws RangeError for fewer than two answers, rows of different
 * lengths, a learning rate that is not positive and finite, steps that are no whole number ≥ 0, and as
 * pairObjective.
 * Worked value: dpo, features (1, 0.1), (1, −0.1), (−1, 1), β = 0.1, 1000 steps of 1: π(chosen) = 0.0002.
 */
export function pairTraining({
	objective,
	features,
	beta,
	simpoGamma,
	learningRate,
	steps
}: PairTrainingOptions): PairTraining {
	const width = features[0]?.length;
	if (features.length < 2 || features.some((row) => row.length !== width)) {
		throw new RangeError(
			`pairTraining: features must be at least two rows of one length, got ${features.map((row) => row.length).join(', ')}`
		);
	}
	if (!(learningRate > 0 && learningRate < Infinity)) {
		throw new RangeError(
			`pairTraining: learningRate must be positive and finite, got ${learningRate}`
		);
	}
	if (!Number.isInteger(steps) || steps < 0) {
		throw new RangeError(`pairTraining: steps must be a whole number ≥ 0, got ${steps}`);
	}
	const theta = new Float64Array(width);
	const policy = () =>
		logSoftmax(features.map((row) => row.reduce((sum, f, i) => sum + f * theta[i], 0)));
	const reference = policy();
	const run: PairTraining = { logProbs: [], losses: [], margins: [] };
	for (let step = 0; ; step++) {
		const logProbs = policy();
		const { loss, chosen, rejected } = pairObjective(objective, logProbs, reference, {
			beta,
			simpoGamma
		});
		run.logProbs.push(logProbs);
		run.losses.push(loss);
		run.margins.push(logProbs[0] - logProbs[1] - (reference[0] - reference[1]));
		if (step === steps) return run;
		features.forEach((row, y) => {
			const own = y === 0 ? chosen : y === 1 ? rejected : 0;
			const slope = own - Math.exp(logProbs[y]) * (chosen + rejected);
			for (let i = 0; i < width; i++) theta[i] -= learningRate * slope * row[i];
		});
	}
}
