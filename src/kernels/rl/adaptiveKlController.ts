export interface AdaptiveKlOptions {
	/** The KL to keep to, in the unit of the measured one: nats per token or per sequence. */
	target: number;
	/** Over how many steps a full correction is spread. */
	horizon: number;
	/** Steps since the last update; verl and OpenRLHF count sequences. */
	steps: number;
}

export interface AdaptiveKl {
	/** The coefficient for the next batch. */
	klCoef: number;
	/** KL/target − 1, held within ±0.2. */
	error: number;
	/** What the coefficient was multiplied by. */
	multiplier: number;
}

/**
 * One update of a KL coefficient that is steered towards a target KL by proportional control:
 *
 *     e = clip(KL/target − 1, −0.2, 0.2)
 *     β ← β · (1 + e · steps/horizon)
 *
 * The coefficient grows while the policy is further from the reference than the target, and shrinks
 * while it is nearer. At KL = target it rests. The clip bounds a step to 0.2·steps/horizon, so a far
 * run-away is corrected no faster than one of 20 %.
 *
 * Paper: Ziegler et al., arXiv 1909.08593. verl (b178a3cd) and OpenRLHF (3c3be623) compute this; a NaN
 * KL makes the coefficient NaN for good there. TRL keeps β fixed.
 *
 * Cost: constant. Throws RangeError for a coefficient or step count that is negative or not finite, a KL
 * that is not finite (a sampled one may be below 0), and a target or horizon that is not positive.
 * Worked value: β = 0.2, KL 12, target 6, horizon 10000, 256 steps: e = 0.2, β = 0.201024.
 */
export function adaptiveKlController(
	klCoef: number,
	kl: number,
	{ target, horizon, steps }: AdaptiveKlOptions
): AdaptiveKl {
	if (!Number.isFinite(kl)) {
		throw new RangeError(`adaptiveKlController: kl must be finite, got ${kl}`);
	}
	for (const [name, value] of Object.entries({ klCoef, steps })) {
		if (!(value >= 0 && value < Infinity)) {
			throw new RangeError(`adaptiveKlController: ${name} must be finite and ≥ 0, got ${value}`);
		}
	}
	for (const [name, value] of Object.entries({ target, horizon })) {
		if (!(value > 0)) {
			throw new RangeError(`adaptiveKlController: ${name} must be positive, got ${value}`);
		}
	}
	const error = Math.max(-0.2, Math.min(0.2, kl / target - 1));
	const multiplier = 1 + (error * steps) / horizon;
	return { klCoef: klCoef * multiplier, error, multiplier };
}
