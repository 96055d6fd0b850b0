export interface ClipOptions {
	/** The ratio counts down to 1 − epsilon (for A < 0). TRL's default: 0.2. Infinity: no clip. */
	epsilon?: number;
	/** The ratio counts up to 1 + epsilonHigh (for A > 0). Default: epsilon; DAPO's: 0.28. */
	epsilonHigh?: number;
}

export interface ClippedSurrogate {
	/** min(r·A, clip(r)·A), to be maximised. */
	value: number;
	/** d value / d log π: r·A on the ratio's branch, 0 on the clip's. */
	gradient: number;
	/** r = π/π_old */
	ratio: number;
	/** r held within 1 − epsilon … 1 + epsilonHigh. */
	clippedRatio: number;
	/** The branch that is smaller; where both are equal, the ratio's. */
	branch: 'ratio' | 'clip';
}

/**
 * PPO's clipped objective for one token, as GRPO uses it:
 *
 *     J = min( r·A, clip(r, 1−ε, 1+ε_high)·A ),   r = exp(log π − log π_old)
 *
 * It is a lower bound on r·A, flat where a further move would only raise it: r above 1+ε_high for
 * A > 0, r below 1−ε for A < 0. It does not stop a ratio that moves the other way.
 *
 * Paper: Schulman et al., PPO, arXiv 1707.06347, eq. 7; ε_high ≠ ε is DAPO's clip-higher, arXiv
 * 2503.14476. TRL computes this; verl and OpenRLHF first hold log r within ±20, and verl also holds
 * the loss for A < 0 below −3·A (dual clip). TRL counts such tokens as clip_ratio.
 *
 * Cost: constant. Throws RangeError for an ε that is negative or NaN, an advantage that is not
 * finite, and log-probabilities that are NaN or +∞ (log π = −∞ gives ratio 0).
 * Worked value: r = 1.5, A = 2, ε = 0.2: value 2.4 on the clip's branch, gradient 0.
 */
export function clippedSurrogate(
	logProb: number,
	oldLogProb: number,
	advantage: number,
	{ epsilon = 0.2, epsilonHigh = epsilon }: ClipOptions = {}
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
	const ratio = Math.exp(logProb - oldLogProb);
	const clippedRatio = Math.max(1 - epsilon, Math.min(1 + epsilonHigh, ratio));
	const clips = advantage > 0 ? ratio > clippedRatio : advantage < 0 && ratio < clippedRatio;
	const value = advantage === 0 ? 0 : (clips ? clippedRatio : ratio) * advantage;
	return {
		value,
		gradient: clips ? 0 : value,
		ratio,
		clippedRatio,
		branch: clips ? 'clip' : 'ratio'
	};
}
