export interface ClipOptions {
	/** The ratio counts down to 1 − epsilon (for A < 0). TRL's default: 0.2. Infinity: no clip. */
	epsilon?: number;
	/** The ratio counts up to 1 + epsilonHigh (for A > 0). Default: epsilon; DAPO's: 0.28. */
	epsilonHigh?: number;
	/** TRL's cap on the unclipped ratio (INTELLECT-2: 4), meant to be > 1 + epsilonHigh. Default: none. */
	delta?: number;
	/** Dual clip: for A < 0 the ratio counts up to this, > 1. verl's 3. Default: none. */
	dualClip?: number;
}

export interface ClippedSurrogate {
	/** min(r·A, clip(r)·A), to be maximised. */
	value: number;
	/** d value / d log π: r·A on the ratio's branch, 0 on the others. */
	gradient: number;
	/** r = π/π_old */
	ratio: number;
	/** r held within 1 − epsilon … 1 + epsilonHigh. */
	clippedRatio: number;
	/** The branch that is smaller; where both are equal, the ratio's. 'bound': delta or dualClip holds. */
	branch: 'ratio' | 'clip' | 'bound';
}

/**
 * What multiplies the advantage in `clippedSurrogate`: the ratio itself, or the value at which the
 * clip, delta or the dual clip holds it (then its derivative is 0). All bounds are given; Infinity
 * stands for none. A NaN ratio stays NaN.
 */
export function clippedCoefficient(
	ratio: number,
	advantage: number,
	epsilon: number,
	epsilonHigh: number,
	delta: number,
	dualClip: number
): number {
	const capped = Math.min(ratio, delta);
	const clipped = Math.max(1 - epsilon, Math.min(1 + epsilonHigh, ratio));
	return advantage < 0 ? Math.min(Math.max(capped, clipped), dualClip) : Math.min(capped, clipped);
}

/**
 * PPO's clipped objective for one token, as GRPO uses it:
 *
 *     J = min( r·A, clip(r, 1−ε, 1+ε_high)·A ),   r = exp(log π − log π_old)
 *
 * It is a lower bound on r·A, flat where a further move would only raise it: r above 1+ε_high for
 * A > 0, r below 1−ε for A < 0. It does not stop a ratio that moves the other way.
 *
 * For A < 0 and r above 1+ε_high it falls without end; two more bounds stop it there:
 *
 *     delta       J = min( min(r, δ)·A, clip(r)·A )
 *     dual clip   J = max( min(r·A, clip(r)·A), c·A )   for A < 0
 *
 * For δ = c ≥ 1+ε_high both are the same. A smaller δ also caps the ratio for A > 0.
 *
 * Paper: Schulman et al., PPO, arXiv 1707.06347, eq. 7; ε_high ≠ ε is DAPO's clip-higher, arXiv
 * 2503.14476; the dual clip is Ye et al., arXiv 1912.09729; δ is INTELLECT-2, arXiv 2505.07291. TRL
 * has δ, off by default; verl's dual clip is always on (c = 3), OpenRLHF's is off by default. verl and
 * OpenRLHF first hold log r within ±20. TRL counts tokens on the clip's branch as clip_ratio.
 *
 * Cost: constant. Throws RangeError for an ε that is negative or NaN, a delta that is not above 0, a
 * dualClip that is not above 1, an advantage that is not finite, and log-probabilities that are NaN
 * or +∞ (log π = −∞ gives ratio 0).
 * Worked values: r = 1.5, A = 2, ε = 0.2: value 2.4 on the clip's branch, gradient 0. r = 5, A = −1,
 * dualClip = 3: value −3 on the bound's branch, gradient 0; without it −5 and −5.
 */
export function clippedSurrogate(
	logProb: number,
	oldLogProb: number,
	advantage: number,
	{ epsilon = 0.2, epsilonHigh = epsilon, delta = Infinity, dualClip = Infinity }: ClipOptions = {}
): ClippedSurrogate {
	if (!(logProb < Infinity)) {
		throw new RangeError(`clippedSurrogate: logProb must be finite or −Infinity, got ${logProb}`);
	}
	if (!Number.isFinite(oldLogProb)) {
		throw new RangeError(`clippedSurrogate: oldLogProb must be finite, got ${oldLogProb}`);
	}
	if (!Number.isFinite(advantage)) {
		throw new RangeError(`clippedSurrogate: advantage must be finite, got ${advantage}`);
	}
	if (!(epsilon >= 0)) {
		throw new RangeError(`clippedSurrogate: epsilon must be ≥ 0, got ${epsilon}`);
	}
	if (!(epsilonHigh >= 0)) {
		throw new RangeError(`clippedSurrogate: epsilonHigh must be ≥ 0, got ${epsilonHigh}`);
	}
	if (!(delta > 0)) {
		throw new RangeError(`clippedSurrogate: delta must be > 0, got ${delta}`);
	}
	if (!(dualClip > 1)) {
		throw new RangeError(`clippedSurrogate: dualClip must be > 1, got ${dualClip}`);
	}
	const ratio = Math.exp(logProb - oldLogProb);
	const clippedRatio = Math.max(1 - epsilon, Math.min(1 + epsilonHigh, ratio));
	const coefficient =
		advantage === 0
			? ratio
			: clippedCoefficient(ratio, advantage, epsilon, epsilonHigh, delta, dualClip);
	const value = advantage === 0 ? 0 : coefficient * advantage;
	const held = coefficient === clippedRatio ? 'clip' : 'bound';
	return {
		value,
		gradient: coefficient === ratio ? value : 0,
		ratio,
		clippedRatio,
		branch: coefficient === ratio ? 'ratio' : held
	};
}
