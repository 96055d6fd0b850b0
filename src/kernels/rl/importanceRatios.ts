/** 'sequence_token' is TRL's name for GSPO-token; 'sequence_sum' is what TRL's RLOO does. */
export type ImportanceSamplingLevel = 'token' | 'sequence' | 'sequence_token' | 'sequence_sum';

export interface ImportanceRatioOptions {
	/** Default: 'token'. */
	importanceSamplingLevel?: ImportanceSamplingLevel;
	/** Hold a token's log-ratio within ± this, for level 'token': 20 in verl and OpenRLHF. Default: none. */
	logRatioClamp?: number;
	/** Hold a sequence's log-ratio below this: 10 in verl. Default: none. */
	sequenceLogRatioMax?: number;
	/** Added to n in the mean over a sequence: 1e−8 in verl's GMPO. Default: 0. */
	lengthEpsilon?: number;
	/** Let a NaN on a masked token into its sequence (NaN·0), as all libraries do. Default: false. */
	leaks?: boolean;
}

export interface ImportanceRatios {
	/** One per token; those of a sequence are equal at the levels that are not 'token'. */
	ratios: Float64Array;
	/**
	 * One per token: d log ratio of the row (at level 'token' and 'sequence_token': of the token) per
	 * d log π of the token. 0 where a clamp holds it.
	 */
	shares: Float64Array;
}

/**
 * How much more likely the policy makes what was sampled than the policy that sampled it. With
 * ℓ_t = log π − log π_old and n tokens that count in the sequence:
 *
 *     token            r_t = exp(ℓ_t)
 *     sequence         s = exp(1/n Σ_t ℓ_t)           GSPO: the geometric mean of the token ratios
 *     sequence_token   sg[s]·π_t / sg[π_t]            GSPO-token: that value, but the gradient of its own
 *                                                     token alone (sg: held fixed)
 *     sequence_sum     exp(Σ_t ℓ_t)                   the whole answer as one action
 *
 * With one advantage for the sequence, 'sequence' and 'sequence_token' have the same gradient.
 *
 * Paper: GSPO, arXiv 2507.18071. TRL has all but the last in GRPO (GSPO-token as an experiment) and the
 * last in RLOO, no clamp. verl's gspo is 'sequence_token' with log s ≤ 10; its token ratios are held within e^±20, as
 * OpenRLHF's. OpenRLHF's gspo is 'sequence' without a clamp.
 *
 * Cost: O(B·T). Throws RangeError for a level that is none of these, and bounds below 0.
 * Worked value: ℓ = (0.1, 0.3): token ratios 1.105171 and 1.349859, sequence e^0.2 = 1.221403, sum e^0.4.
 */
export function importanceRatios(
	logRatios: Float64Array,
	mask: ArrayLike<number>,
	batch: number,
	length: number,
	options: ImportanceRatioOptions = {}
): ImportanceRatios {
	const {
		importanceSamplingLevel = 'token',
		logRatioClamp = Infinity,
		sequenceLogRatioMax = Infinity,
		lengthEpsilon = 0,
		leaks = false
	} = options;
	for (const [name, value] of Object.entries({ logRatioClamp, sequenceLogRatioMax })) {
		if (!(value >= 0)) {
			throw new RangeError(`importanceRatios: ${name} must be ≥ 0, got ${value}`);
		}
	}
	const ratios = new Float64Array(logRatios.length);
	const shares = new Float64Array(logRatios.length);
	if (importanceSamplingLevel === 'token') {
		for (let i = 0; i < logRatios.length; i++) {
			const l = logRatios[i];
			ratios[i] = Math.exp(Math.max(-logRatioClamp, Math.min(logRatioClamp, l)));
			// a clamp stops the gradient of a NaN too
			shares[i] = logRatioClamp === Infinity || Math.abs(l) <= logRatioClamp ? 1 : 0;
		}
		return { ratios, shares };
	}
	if (!['sequence', 'sequence_token', 'sequence_sum'].includes(importanceSamplingLevel)) {
		throw new RangeError(
			`importanceRatios: importanceSamplingLevel must be token, sequence, sequence_token or sequence_sum, got ${importanceSamplingLevel}`
		);
	}
	for (let b = 0; b < batch; b++) {
		let sum = 0;
		let count = 0;
		for (let i = b * length; i < (b + 1) * length; i++) {
			if (leaks || mask[i] !== 0) sum += logRatios[i] * mask[i];
			count += mask[i];
		}
		const size =
			importanceSamplingLevel === 'sequence_sum' ? 1 : Math.max(count + lengthEpsilon, 1);
		const logRatio = sum / size;
		const ratio = Math.exp(Math.min(logRatio, sequenceLogRatioMax));
		const own = importanceSamplingLevel === 'sequence_token';
		for (let i = b * length; i < (b + 1) * length; i++) {
			// GSPO-token adds log π − sg[log π]: 0, or NaN for a token of probability 0
			const token = own ? logRatio + (logRatios[i] - logRatios[i]) : logRatio;
			ratios[i] = Number.isNaN(token) ? NaN : ratio;
			const passes = sequenceLogRatioMax === Infinity || token <= sequenceLogRatioMax;
			if (passes) shares[i] = own ? 1 : 1 / size;
		}
	}
	return { ratios, shares };
}
