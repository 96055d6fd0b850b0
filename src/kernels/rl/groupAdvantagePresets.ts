/** What an advantage is divided by, given the deviation (std), its square (variance) and ε. */
export type Normalisation =
	'std+epsilon' | 'sqrt(variance+epsilon)' | 'sqrt(max(variance,epsilon))+epsilon';

/** Every choice that libraries make differently when they turn rewards into group advantages. */
export interface GroupAdvantageSettings {
	/** Divide by the deviation of the group, of the whole batch, or not at all (Dr. GRPO). */
	scaleRewards: 'group' | 'batch' | 'none';
	/** The deviation divides by (count − ddof): 1 for the sample's, 0 for the population's. */
	ddof: 0 | 1;
	/** ε ≥ 0, in the place that `normalisation` gives it. */
	epsilon: number;
	normalisation: Normalisation;
	/**
	 * Σ(r − mean)² by two passes, or by one as Σr² − (Σr)²/n, which loses its digits when the rewards
	 * share a large offset and overflows early.
	 */
	variance: 'two-pass' | 'one-pass';
	/**
	 * A reward that is NaN or infinite: 'throw' refuses it. 'drop' leaves NaN out of mean and deviation
	 * (an answer that could not be scored) and then, as torch.nan_to_num, turns NaN advantages into 0
	 * and ±∞ into ±1.797e308. 'propagate' computes on.
	 */
	nanRewards: 'throw' | 'drop' | 'propagate';
	/**
	 * Mean and deviation of a group of one reward r: 'zero' takes r and 0, so the advantage is 0;
	 * 'raw' takes 0 and 1, so it is r / (1 + ε); 'nan' takes r and NaN.
	 */
	singleton: 'zero' | 'raw' | 'nan';
}

export type GroupAdvantageLibrary = 'trl' | 'verl' | 'verl-vectorized' | 'openrlhf' | 'paper';

/**
 * The settings of each library at its GRPO default; Dr. GRPO is `scaleRewards: 'none'` on top.
 *
 * trl: GRPOTrainer at f2cd5771. verl: compute_grpo_outcome_advantage at b178a3cd, whose switch is
 * norm_adv_by_std_in_grpo; verl-vectorized: compute_grpo_vectorized_outcome_advantage beside it (there
 * in float32). openrlhf: the group_norm estimator at 3c3be623. paper: the whitened reward of Mroueh,
 * arXiv 2503.06639, for finitely many samples: population deviation, ε inside the root.
 */
export const groupAdvantagePresets: Readonly<
	Record<GroupAdvantageLibrary, Readonly<GroupAdvantageSettings>>
> = {
	trl: {
		scaleRewards: 'group',
		ddof: 1,
		epsilon: 1e-4,
		normalisation: 'std+epsilon',
		variance: 'two-pass',
		nanRewards: 'drop',
		singleton: 'zero'
	},
	verl: {
		scaleRewards: 'group',
		ddof: 1,
		epsilon: 1e-6,
		normalisation: 'std+epsilon',
		variance: 'two-pass',
		nanRewards: 'propagate',
		singleton: 'raw'
	},
	'verl-vectorized': {
		scaleRewards: 'group',
		ddof: 1,
		epsilon: 1e-6,
		normalisation: 'sqrt(max(variance,epsilon))+epsilon',
		variance: 'one-pass',
		nanRewards: 'propagate',
		singleton: 'raw'
	},
	openrlhf: {
		scaleRewards: 'group',
		ddof: 1,
		epsilon: 1e-9,
		normalisation: 'std+epsilon',
		variance: 'two-pass',
		nanRewards: 'propagate',
		singleton: 'nan'
	},
	paper: {
		scaleRewards: 'group',
		ddof: 0,
		epsilon: 1e-5,
		normalisation: 'sqrt(variance+epsilon)',
		variance: 'two-pass',
		nanRewards: 'throw',
		singleton: 'zero'
	}
};
