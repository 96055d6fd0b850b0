/**
 * GMPO's clip of a token's log-ratio, before the geometric mean over the sequence:
 *
 *     A > 0: min(ℓ, clip(ℓ, −ε, ε_high))     A < 0: max(ℓ, clip(ℓ, −ε, ε_high))     A = 0: 0
 *
 * So it holds ℓ = log π − log π_old only where a further move would pay, as PPO's clip does, but in
 * log space: the ratio is held within e^−ε … e^ε_high.
 *
 * The sequence's objective is then J = A·exp(1/|o| Σ_t ℓ_t), the clipped ratios' geometric mean times A.
 *
 * Paper: Geometric-Mean Policy Optimization, arXiv 2507.20673 (ε = 0.4 in TRL's table of papers). verl
 * calls it geo_mean.
 * Cost: constant. Throws nothing: NaN stays NaN.
 * Worked value: ℓ = 1, ε_high = 0.4: 0.4 for A > 0, 1 for A < 0.
 */
export function gmpoLogRatio(
	logRatio: number,
	advantage: number,
	epsilon: number,
	epsilonHigh: number
): number {
	if (advantage > 0) return Math.min(logRatio, epsilonHigh);
	if (advantage < 0) return Math.max(logRatio, -epsilon);
	return logRatio * 0;
}
