import { maskedMean, maskedSettings } from './maskedMean';
import type { MaskedOptions } from './maskedPresets';
import { maskedVariance } from './maskedVariance';
import type { TokenRows } from './tokenRows';

export interface WhitenOptions extends MaskedOptions {
	/** false: the mean is put back after the scaling, as TRL does with rewards (`whiten_rewards`). */
	shiftMean?: boolean;
}

export interface Whitened {
	/** In the shape of the values. */
	whitened: number[][];
	/** Over the unmasked tokens. */
	mean: number;
	variance: number;
	/** What the centred values were divided by, ε included; 1 for normalisation 'none'. */
	scale: number;
}

/**
 * Whitening over the unmasked tokens of a batch (masked_whiten): mean 0 and variance 1 there.
 *
 *     w_it = (v_it − mean) / sqrt(var + ε)        mean and var over tokens with mask 1
 *
 * Every token weighs the same, so a long answer pulls the mean further than a short one, and a token
 * of advantage 0 does not stay at 0.
 *
 * TRL, verl and Search-R1: ddof 1 and ε = 1e−8 inside the root. OpenRLHF: ddof 0, and the variance is
 * held at 1e−8 or above, so that a single token gives 0. Masked tokens: TRL's trainer sets them to 0;
 * verl, Search-R1 and OpenRLHF leave v − mean, scaled, there. `maskedPresets` has each.
 *
 * Cost: O(tokens). Throws as maskedVariance, and for an ε that is negative or not finite.
 * Worked value: values (1, 3, 9) with mask (1, 1, 0): mean 2, variance 2, (−.7071, .7071, 0).
 */
export function whiten(
	values: TokenRows,
	mask: TokenRows,
	{ shiftMean = true, ...options }: WhitenOptions = {}
): Whitened {
	const { epsilon, normalisation, maskedTokens } = maskedSettings(options);
	if (!(epsilon >= 0 && epsilon < Infinity)) {
		throw new RangeError(`whiten: epsilon must be finite and ≥ 0, got ${epsilon}`);
	}
	const mean = maskedMean(values, mask, options);
	const variance = maskedVariance(values, mask, options);
	const scale = {
		'sqrt(variance+epsilon)': Math.sqrt(variance + epsilon),
		'sqrt(max(variance,epsilon))': Math.sqrt(Math.max(variance, epsilon)),
		none: 1
	}[normalisation];
	const whitened = values.map((row, i) =>
		row.map((value, t) => {
			if (maskedTokens === 'zero' && mask[i][t] === 0) return 0;
			const centred = value - mean;
			return (scale === 0 ? 0 : centred / scale) + (shiftMean ? 0 : mean);
		})
	);
	return { whitened, mean, variance, scale };
}
