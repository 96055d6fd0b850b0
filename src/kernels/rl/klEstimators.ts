function logRatio(name: string, logProb: number, refLogProb: number): number {
	if (!Number.isFinite(logProb)) {
		throw new RangeError(`${name}: logProb must be finite, got ${logProb}`);
	}
	if (!(refLogProb < Infinity)) {
		throw new RangeError(`${name}: refLogProb must be finite or −Infinity, got ${refLogProb}`);
	}
	return logProb - refLogProb;
}

/**
 * Schulman's k1 estimate of KL(π‖π_ref) from one token sampled from π, in nats:
 *
 *     k1 = log π − log π_ref
 *
 * Unbiased, but noisy and often negative. As a loss its gradient is that of log π, which has mean 0
 * under π: it pulls nowhere. In a reward (PPO, RLOO in TRL) it is right.
 *
 * Nothing is clamped here; libraryKl has what the libraries clamp.
 * Source: J. Schulman, "Approximating KL divergence" (2020).
 * Cost: constant. Throws RangeError unless logProb is finite and refLogProb is below +∞.
 * Worked value: klK1(log 0.5, log 0.25) = log 2 = 0.693147.
 */
export function klK1(logProb: number, refLogProb: number): number {
	return logRatio('klK1', logProb, refLogProb);
}

/**
 * Schulman's k2 estimate of KL(π‖π_ref) from one token sampled from π, in nats:
 *
 *     k2 = (log π − log π_ref)² / 2
 *
 * Never negative and biased as a value. As a loss under π its gradient is, in the mean, exactly that
 * of KL(π‖π_ref): (log π − log π_ref) · ∇log π.
 *
 * Cost, throws and source: as klK1.
 * Worked value: klK2(log 0.5, log 0.25) = (log 2)²/2 = 0.240227.
 */
export function klK2(logProb: number, refLogProb: number): number {
	return logRatio('klK2', logProb, refLogProb) ** 2 / 2;
}

/**
 * Schulman's k3 estimate of KL(π‖π_ref) from one token sampled from π, in nats. With
 * d = log π_ref − log π:
 *
 *     k3 = e^d − d − 1
 *
 * Never negative and unbiased as a value if π gives every token that π_ref gives some probability
 * (otherwise its mean is too low by π_ref's mass outside). GRPO puts it into the loss (TRL `beta`,
 * verl `low_var_kl`), unclamped in TRL. As a loss on tokens from π its mean gradient is not that of
 * KL(π‖π_ref) but of KL(π_ref‖π) (derived: E_π[(1 − π_ref/π) ∇log π] = −Σ π_ref ∇log π).
 *
 * Cost, throws and source: as klK1.
 * Worked value: klK3(log 0.5, log 0.25) = 0.5 + log 2 − 1 = 0.193147.
 */
export function klK3(logProb: number, refLogProb: number): number {
	const d = -logRatio('klK3', logProb, refLogProb);
	return Math.expm1(d) - d;
}
