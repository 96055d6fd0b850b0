/** Every choice that libraries make differently in statistics over the unmasked tokens of a batch. */
export interface MaskedSettings {
	/** Added to the number of tokens that a mean divides by. */
	countEpsilon: number;
	/** The variance divides by (tokens − ddof): 1 for the sample's, 0 for the population's. */
	ddof: 0 | 1;
	/** A variance over fewer tokens is refused. */
	minTokens: number;
	/** ε ≥ 0 of a whitening, in the place that `normalisation` gives it. */
	epsilon: number;
	/** What a whitening divides by; 'none' only takes the mean off. */
	normalisation: 'sqrt(variance+epsilon)' | 'sqrt(max(variance,epsilon))' | 'none';
	/** What a whitening makes of masked tokens: the same as of the others, or 0. */
	maskedTokens: 'whiten' | 'zero';
	/**
	 * A value that is NaN or infinite: 'throw' refuses it on an unmasked token and ignores it on a masked
	 * one. 'ignore-masked' computes on with it on an unmasked token. 'propagate' multiplies by the mask,
	 * so that it reaches the result from a masked token too (NaN·0 is NaN).
	 */
	nanValues: 'throw' | 'ignore-masked' | 'propagate';
}

export type MaskedLibrary = 'trl' | 'verl' | 'searchR1' | 'openrlhf';

/**
 * trl: masked_whiten of the PPOTrainer at f2cd5771, which then sets masked tokens to 0. verl: masked_whiten
 * at b178a3cd. searchR1: the same in Search-R1 at a14dc3a4, verl of an earlier date. openrlhf: the
 * normalisation of advantages over the batch at 3c3be623, whose no_std_norm is normalisation 'none'.
 */
export const maskedPresets: Readonly<Record<MaskedLibrary, Readonly<MaskedSettings>>> = {
	trl: {
		countEpsilon: 0,
		ddof: 1,
		minTokens: 1,
		epsilon: 1e-8,
		normalisation: 'sqrt(variance+epsilon)',
		maskedTokens: 'zero',
		nanValues: 'propagate'
	},
	verl: {
		countEpsilon: 1e-8,
		ddof: 1,
		minTokens: 2,
		epsilon: 1e-8,
		normalisation: 'sqrt(variance+epsilon)',
		maskedTokens: 'whiten',
		nanValues: 'ignore-masked'
	},
	searchR1: {
		countEpsilon: 0,
		ddof: 1,
		minTokens: 2,
		epsilon: 1e-8,
		normalisation: 'sqrt(variance+epsilon)',
		maskedTokens: 'whiten',
		nanValues: 'propagate'
	},
	openrlhf: {
		countEpsilon: 0,
		ddof: 0,
		minTokens: 0,
		epsilon: 1e-8,
		normalisation: 'sqrt(max(variance,epsilon))',
		maskedTokens: 'whiten',
		nanValues: 'propagate'
	}
};

export interface MaskedOptions extends Partial<MaskedSettings> {
	/** Settings of one library for all that is not given. Without it TRL's, but bad values throw. */
	library?: MaskedLibrary;
}
