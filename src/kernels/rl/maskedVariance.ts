import { countTokens, maskedMean, maskedSettings } from './maskedMean';
import type { MaskedOptions } from './maskedPresets';
import type { TokenRows } from './tokenRows';

/**
 * The variance over the unmasked tokens of a batch:
 *
 *     var = Σ_{i,t} m_it (v_it − mean)² / (n − ddof),   n = Σ_{i,t} m_it
 *
 * TRL, verl and Search-R1 take ddof 1, OpenRLHF 0. A single token has no variance with ddof 1: verl
 * and Search-R1 refuse it, TRL's is NaN. verl's means divide by n + 1e−8 here too, so that a shared
 * offset of 1e8 shifts its mean by 1/3 for n = 3 and the variance of (0, 1, 2) by 0.17.
 *
 * Cost: O(tokens), two passes. Throws as maskedMean, and for fewer unmasked tokens than `minTokens`
 * (without a library: ddof + 1).
 * Worked value: values (1, 2, 9) with mask (1, 1, 0): 0.5.
 */
export function maskedVariance(
	values: TokenRows,
	mask: TokenRows,
	options: MaskedOptions = {}
): number {
	const { ddof, minTokens, nanValues } = maskedSettings(options);
	const mean = maskedMean(values, mask, options);
	const count = countTokens(mask);
	if (count < minTokens) {
		throw new RangeError(
			`maskedVariance: mask must keep at least ${minTokens} tokens, it keeps ${count}`
		);
	}
	const squares = values.map((row) => row.map((value) => (value - mean) ** 2));
	const meanSquare = maskedMean(squares, mask, {
		...options,
		nanValues: nanValues === 'throw' ? 'ignore-masked' : nanValues
	});
	return meanSquare * (count / (count - ddof));
}
