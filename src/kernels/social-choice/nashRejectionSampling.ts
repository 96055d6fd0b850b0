import { softmax } from '../core/softmax';
import type { Stream } from '../core/stream';
import { drawOpponents, type DrawOptions } from './drawOpponents';
import { mirrorStep } from './nashLearning';

export interface NashRejectionOptions extends DrawOptions {
	/** η > 0 of mirrorStep. */
	learningRate: number;
	steps: number;
	/** Weight of the policy's own KL penalty beside rewards over τ. Default 1. */
	initKlCoef?: number;
}

export interface NashRejectionState {
	step: number;
	policy: number[];
	/** Proposals of this step, and of all so far. */
	proposals: number;
	totalProposals: number;
	/** True where this step ran out of proposals: the run ends here, without an update. */
	exhausted: boolean;
}

/**
 * Nash-RS on a table of responses, with sampled opponents: each step draws B2 opponents of the current
 * policy by rejection (drawOpponents) and takes one mirrorStep on the rewards
 *
 *     mean over accepted y' of P(y ≻ y') / τ,   with a KL penalty to π_ref of weight `initKlCoef`.
 *
 * The weight of the theory is 1; then policy and opponent pay the same τ per nat. The PPO scripts of the
 * authors' code set init_kl_coef to 0.01, so that the policy pays a hundredth of what its opponent pays
 * and rests elsewhere, near the response that does best against a near-reference opponent.
 *
 * Single loop: no inner optimisation finds the opponent. Small B1 moves the point of rest
 * (finiteBatchEquilibrium), small B2 adds noise. The exact mirror step stands where the authors train
 * by PPO; their notes say that the guarantee for the exact step does not carry over by itself.
 *
 * Yields the start and then each step. Cost: O(steps · proposals · n). Throws as drawOpponents does, and
 * RangeError for a weight below 0, or a learning rate not above 0 or above 1/(τ · weight).
 */
export function* nashRejectionSampling(
	stream: Stream,
	preferences: readonly (readonly number[])[],
	{ learningRate, steps, initKlCoef = 1, ...options }: NashRejectionOptions
): Generator<NashRejectionState, void> {
	const { reference } = options;
	const tau = options.tau * initKlCoef;
	if (!(tau >= 0)) {
		throw new RangeError(`nashRejectionSampling: initKlCoef must be at least 0, got ${initKlCoef}`);
	}
	if (!(learningRate > 0 && learningRate * tau <= 1)) {
		throw new RangeError(
			`nashRejectionSampling: learningRate must be above 0 and at most ${1 / tau}, got ${learningRate}`
		);
	}
	let logits: number[] = reference.map(Math.log);
	let totalProposals = 0;
	yield {
		step: 0,
		policy: [...reference],
		proposals: 0,
		totalProposals,
		exhausted: false
	};
	for (let step = 1; step <= steps; step++) {
		const policy = softmax(logits);
		const drawn = drawOpponents(stream, preferences, policy, options);
		totalProposals += drawn.proposals;
		if (!drawn.exhausted) {
			const opponent = drawn.counts.map((count) => count / options.b2);
			logits = mirrorStep(logits, opponent, { preferences, tau, learningRate, reference });
		}
		yield {
			step,
			policy: [...softmax(logits)],
			proposals: drawn.proposals,
			totalProposals,
			exhausted: drawn.exhausted
		};
		if (drawn.exhausted) return;
	}
}
