export interface GaeSettings {
	/**
	 * What a token with mask 0 is, in the middle of a sequence or behind its end: 'skip' steps over it,
	 * so that the token before it sees the next unmasked one; 'step' makes it a step like any other, with
	 * the value and reward it has; 'zero' a step with value 0 and reward 0.
	 */
	maskedTokens: 'skip' | 'step' | 'zero';
	/** A value or reward that is NaN or infinite, on masked tokens too: 'propagate' computes on. */
	nanValues: 'throw' | 'propagate';
}

export type GaeLibrary = 'trl' | 'verl' | 'searchR1' | 'openrlhf';

/**
 * trl: PPOTrainer at f2cd5771, which zeroes the values of padding first. verl:
 * compute_gae_advantage_return at b178a3cd. searchR1: the same in Search-R1 at a14dc3a4, verl of an
 * earlier date. openrlhf: get_advantages_and_returns at 3c3be623.
 */
export const gaePresets: Readonly<Record<GaeLibrary, Readonly<GaeSettings>>> = {
	trl: { maskedTokens: 'step', nanValues: 'propagate' },
	verl: { maskedTokens: 'skip', nanValues: 'propagate' },
	searchR1: { maskedTokens: 'step', nanValues: 'propagate' },
	openrlhf: { maskedTokens: 'zero', nanValues: 'propagate' }
};
