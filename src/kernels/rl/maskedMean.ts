import { maskedPresets, type MaskedOptions, type MaskedSettings } from './maskedPresets';
import { presetWith } from './presetWith';
import { checkTokenRows, type TokenRows } from './tokenRows';

/** The settings that the options ask for: a library's, or TRL's made strict. */
export function maskedSettings(options: MaskedOptions): MaskedSettings {
	return presetWith<MaskedSettings>(
		options.library
			? maskedPresets[options.library]
			: { ...maskedPresets.trl, minTokens: 1 + (options.ddof ?? 1), nanValues: 'throw' },
		options
	);
}

/** The number of unmasked tokens. */
export function countTokens(mask: TokenRows): number {
	return mask.reduce((total, row) => row.reduce((sum, kept) => sum + kept, total), 0);
}

/**
 * The mean over the unmasked tokens of a batch: every token weighs the same, a long sequence more
 * than a short one.
 *
 *     mean = Σ_{i,t} m_it v_it / Σ_{i,t} m_it        values and mask: one row a sequence
 *
 * TRL, Search-R1 and OpenRLHF compute this, and let a NaN under the mask through (NaN·0 is NaN). verl
 * adds 1e−8 to the count, which makes the mean of no tokens 0 instead of NaN and every other mean
 * smaller by a part in 1e8 or less, and leaves masked values out. `maskedPresets` has each.
 *
 * Cost: O(tokens). Throws RangeError for a mask that is not 0 and 1 in the shape of the values, and,
 * unless a library is asked for, for no unmasked token or one whose value is not finite.
 * Worked value: values (1, 2, 9) with mask (1, 1, 0): 1.5.
 */
export function maskedMean(
	values: TokenRows,
	mask: TokenRows,
	options: MaskedOptions = {}
): number {
	const { countEpsilon, nanValues } = maskedSettings(options);
	checkTokenRows('maskedMean', { values }, mask);
	const count = countTokens(mask);
	if (nanValues === 'throw' && count === 0) {
		throw new RangeError('maskedMean: mask must keep at least one token');
	}
	let sum = 0;
	values.forEach((row, i) =>
		row.forEach((value, t) => {
			const kept = mask[i][t];
			if (kept && nanValues === 'throw' && !Number.isFinite(value)) {
				throw new RangeError(`maskedMean: values[${i}][${t}] must be finite, got ${value}`);
			}
			if (kept || nanValues === 'propagate') sum += value * kept;
		})
	);
	return sum / (count + countEpsilon);
}
