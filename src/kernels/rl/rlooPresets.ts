/** Every choice that libraries make differently in leave-one-out advantages. */
export interface RlooSettings {
	/** The answer of a group of one has no others: its advantage is 0, its reward itself, or NaN. */
	singleton: 'zero' | 'raw' | 'nan';
	/**
	 * A reward that is NaN or infinite: 'throw' refuses it. 'drop' leaves NaN out of the others' mean
	 * (an answer that could not be scored) and then, as torch.nan_to_num, turns NaN advantages into 0
	 * and ±∞ into ±1.797e308. 'propagate' computes on.
	 */
	nanRewards: 'throw' | 'drop' | 'propagate';
	/** Whiten the advantages over the batch: (A − mean) / (std + epsilon), ddof 1. TRL's option. */
	normalizeAdvantages: boolean;
	/** ε ≥ 0 of that division. */
	epsilon: number;
}

export type RlooLibrary = 'trl' | 'verl' | 'verl-vectorized' | 'openrlhf';

/**
 * trl: RLOOTrainer at f2cd5771. verl: compute_rloo_outcome_advantage at b178a3cd; verl-vectorized:
 * compute_rloo_vectorized_outcome_advantage beside it. openrlhf: the rloo estimator at 3c3be623. Only
 * TRL offers to whiten, and does not by default.
 */
export const rlooPresets: Readonly<Record<RlooLibrary, Readonly<RlooSettings>>> = {
	trl: { singleton: 'zero', nanRewards: 'drop', normalizeAdvantages: false, epsilon: 1e-4 },
	verl: { singleton: 'raw', nanRewards: 'propagate', normalizeAdvantages: false, epsilon: 1e-4 },
	'verl-vectorized': {
		singleton: 'zero',
		nanRewards: 'propagate',
		normalizeAdvantages: false,
		epsilon: 1e-4
	},
	openrlhf: { singleton: 'nan', nanRewards: 'propagate', normalizeAdvantages: false, epsilon: 1e-4 }
};
