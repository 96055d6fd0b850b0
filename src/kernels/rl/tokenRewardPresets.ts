/** Every choice that libraries make differently when they spread a score over tokens. */
export interface TokenRewardSettings {
	/** The token that gets the score: the last unmasked one, or the one after it (if there is one). */
	scoreAt: 'last' | 'after-last';
	/** The KL penalty of masked tokens: left out, or as it is. */
	maskedKl: 'zero' | 'keep';
	/** A KL coefficient below 0: 'throw' refuses it, 'zero' takes 0, 'keep' pays for KL. */
	negativeKlCoef: 'throw' | 'zero' | 'keep';
	/** A row without an unmasked token: 'throw' refuses it, the others put its score on this position. */
	emptyRow: 'throw' | 'first' | 'last';
}

export type TokenRewardLibrary = 'trl' | 'verl' | 'openrlhf';

/**
 * trl: PPOTrainer at f2cd5771, which has made the log-probabilities of padding equal before. verl: its
 * reward managers and apply_kl_penalty at b178a3cd. openrlhf: compute_reward at 3c3be623.
 */
export const tokenRewardPresets: Readonly<
	Record<TokenRewardLibrary, Readonly<TokenRewardSettings>>
> = {
	trl: { scoreAt: 'after-last', maskedKl: 'zero', negativeKlCoef: 'keep', emptyRow: 'first' },
	verl: { scoreAt: 'last', maskedKl: 'zero', negativeKlCoef: 'keep', emptyRow: 'last' },
	openrlhf: { scoreAt: 'last', maskedKl: 'keep', negativeKlCoef: 'zero', emptyRow: 'last' }
};
