import { finiteBatchOpponent } from './finiteBatchOpponent';
import { gibbsOpponent } from './gibbsOpponent';
import { logitFixedPoint } from './logitFixedPoint';
import { winRates } from './winRates';

export interface NashRsOptions {
	tau: number;
	/** Responses in the batch that estimates g; Infinity takes g itself. */
	b1: number;
	reference: readonly number[];
	/** Weight of the policy's own KL penalty beside rewards over τ, above 0. Default 1. */
	initKlCoef?: number;
}

/**
 * Where Nash-RS comes to rest in expectation: the policy with
 *
 *     π(y) ∝ π_ref(y) exp( P(y ≻ π'(π)) / (initKlCoef · τ) ) ,
 *
 * π' the mean opponent for batches of B1 (finiteBatchOpponent), or the exact Gibbs opponent for B1 = ∞.
 * With B1 = ∞ and weight 1 this is regularisedEquilibrium. Small B1 or another weight moves it, and no
 * number of steps helps.
 *
 * Solved by logitFixedPoint, the weight brought down from 1 by halves.
 *
 * Cost: some 50 to 500 times that of the opponent. Throws RangeError as the opponent does, and for a
 * weight not above 0.
 * Worked value: two responses, P(1 ≻ 2) = 0.8, τ = 1, B1 = ∞, uniform reference: 0.574443 for the first.
 */
export function nashRsFixedPoint(
	preferences: readonly (readonly number[])[],
	{ tau, b1, reference, initKlCoef = 1 }: NashRsOptions
): { policy: number[]; residual: number } {
	if (!(initKlCoef > 0 && initKlCoef < Infinity)) {
		throw new RangeError(
			`nashRsFixedPoint: initKlCoef must be above 0 and finite, got ${initKlCoef}`
		);
	}
	const opponentOf = (policy: number[]) =>
		b1 === Infinity
			? gibbsOpponent(
					winRates(preferences, policy).map((rate) => 1 - rate),
					tau,
					reference
				)
			: finiteBatchOpponent(preferences, policy, { tau, b1, reference });
	let logits = reference.map(Math.log);
	// From a penalty at which hardly anything but the reference pays, down to the one asked for.
	for (let level = Math.max(initKlCoef, 1 / tau); ; level = Math.max(initKlCoef, level / 2)) {
		const target = (policy: number[]) =>
			winRates(preferences, opponentOf(policy).opponent).map(
				(rate, i) => Math.log(reference[i]) + (rate - 0.5) / (level * tau)
			);
		const found = logitFixedPoint(target, logits);
		if (level === initKlCoef) return { policy: found.policy, residual: found.residual };
		logits = found.logits;
	}
}
