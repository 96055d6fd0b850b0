import type { Workspace } from './createWorkspace';
import { rowLogProb } from './softmaxRows';

export interface TokenLogProbs {
	/** log π of the target of each position, 0 where there is none; [batch × length]. */
	logProbs: Float32Array;
	/** Entropy of the policy at each position, in nats; [batch × length]. */
	entropies: Float32Array;
}

export interface TokenLogProbsOptions {
	/** The policy is softmax(logits / temperature), as in TRL's trainer. Default: 1. */
	temperature?: number;
}

/** Throws RangeError, in the name of `caller`, for targets that do not fit the workspace. */
function checkTargets(
	caller: string,
	{ config, batch, length }: Workspace,
	targets: ArrayLike<number>
): void {
	if (targets.length !== batch * length) {
		throw new RangeError(
			`${caller}: targets must have ${batch * length} tokens, got ${targets.length}`
		);
	}
	for (let i = 0; i < targets.length; i++) {
		if (!(targets[i] < config.vocabSize && Number.isInteger(targets[i]))) {
			throw new RangeError(
				`${caller}: targets[${i}] must be an integer below ${config.vocabSize}, negative for none, got ${targets[i]}`
			);
		}
	}
}

/**
 * After forward: the log-probability of one target a position and the entropy of the policy there,
 *
 *     log π(y) = z_y − log Σ exp z,   H = log Σ exp z − Σ π·z,   z = logits / temperature
 *
 * The logits at t are for the token at t + 1, so targets are the tokens shifted by one; a negative
 * target (PyTorch's −100) stands for none. The results are views that the next call overwrites.
 *
 * Cost: O(batch·length·vocabSize), no allocation to speak of. Throws RangeError for targets of another
 * count or ≥ vocabSize, and a temperature that is not positive and finite.
 */
export function tokenLogProbs(
	workspace: Workspace,
	targets: ArrayLike<number>,
	{ temperature = 1 }: TokenLogProbsOptions = {}
): TokenLogProbs {
	const { config, engine, places, logits, logProbs, entropies } = workspace;
	const { vocabSize } = config;
	const { statistics, probabilities } = places;
	checkTargets('tokenLogProbs', workspace, targets);
	if (!(temperature > 0 && temperature < Infinity)) {
		throw new RangeError(
			`tokenLogProbs: temperature must be positive and finite, got ${temperature}`
		);
	}
	workspace.temperature = temperature;
	const rows = targets.length;
	const inverseTemperature = 1 / temperature;
	engine.softmaxRows(places.logits, probabilities, statistics, rows, vocabSize, inverseTemperature);
	for (let row = 0; row < rows; row++) {
		const at = statistics + 4 * row;
		const sum = engine.floats[at + 1];
		const logit = logits[row * vocabSize + targets[row]];
		const logProb = rowLogProb(logit, inverseTemperature, engine.floats[at], sum);
		logProbs[row] = targets[row] < 0 ? 0 : logProb;
		entropies[row] = Math.log(sum) - engine.floats[at + 2];
	}
	return { logProbs, entropies };
}

/**
 * After tokenLogProbs on the same targets: from the gradient of a loss in the log-probabilities (and
 * in the entropies) to that in the logits, written to workspace.dLogits and returned:
 *
 *     dz = dLogProb·(1[target] − π) − dEntropy·π·(log π + H),   dLogits = dz / temperature
 *
 * Positions without a target take part through their entropy only.
 *
 * Cost: O(batch·length·vocabSize), no allocation. Throws RangeError for arrays of another length.
 */
export function seedLogProbGradient(
	workspace: Workspace,
	targets: ArrayLike<number>,
	dLogProbs: ArrayLike<number>,
	dEntropies?: ArrayLike<number>
): Float32Array {
	const { config, engine, places, logits, dLogits, probabilities, entropies, temperature } =
		workspace;
	const { vocabSize } = config;
	checkTargets('seedLogProbGradient', workspace, targets);
	for (const [name, given] of Object.entries({ dLogProbs, dEntropies })) {
		if (given && given.length !== targets.length) {
			throw new RangeError(
				`seedLogProbGradient: ${name} must have ${targets.length} numbers, got ${given.length}`
			);
		}
	}
	for (let row = 0; row < targets.length; row++) {
		const at = row * vocabSize;
		const target = targets[row];
		const weight = target < 0 ? 0 : dLogProbs[row] / temperature;
		const dEntropy = dEntropies ? dEntropies[row] / temperature : 0;
		if (dEntropy === 0) {
			for (let i = at; i < at + vocabSize; i++) dLogits[i] = -weight * probabilities[i];
		} else {
			const statistics = places.statistics + 4 * row;
			const logSum = engine.floats[statistics] + Math.log(engine.floats[statistics + 1]);
			const shift = entropies[row] - logSum;
			for (let i = at; i < at + vocabSize; i++) {
				dLogits[i] = -probabilities[i] * (weight + dEntropy * (logits[i] / temperature + shift));
			}
		}
		if (target >= 0) dLogits[at + target] += weight;
	}
	return dLogits;
}
