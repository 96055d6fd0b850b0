import { overlongPresets, type OverlongLibrary } from './overlongPresets';

export interface OverlongOptions {
	/** L_max in tokens: where an answer is cut off. */
	maxCompletionLen: number;
	/** L_cache in tokens: the zone below L_max in which the penalty grows. */
	softPunishCache: number;
	/** The penalty at L_max. TRL's is always 1. */
	penaltyFactor?: number;
	/** What happens past L_max and without a cache zone. Default: TRL's, which is the paper's. */
	library?: OverlongLibrary;
}

/**
 * DAPO's soft overlong punishment: a penalty that grows over the last L_cache tokens before the limit,
 * to be added to the reward.
 *
 *     R(L) = 0                                        L ≤ L_max − L_cache
 *          = −factor · (L − (L_max − L_cache))/L_cache   up to L_max
 *          = −factor                                  beyond
 *
 * A reward that falls at once at the limit punishes a sound but long answer like a wrong one; the ramp
 * tells the policy that it comes near.
 *
 * Paper: Yu et al., DAPO, arXiv 2503.14476, eq. 13 (TRL's get_soft_overlong_punishment). OpenRLHF is the
 * same, with a factor. verl does not stop at −factor: at twice the limit with a cache of a fifth it is
 * −6, which only happens if answers are not cut. `overlongPresets` has what each does without a cache.
 *
 * Cost: constant. Throws RangeError for lengths that are not whole numbers ≥ 0, a cache above the
 * maximum, a factor that is negative or not finite, and a cache of 0 in verl's version.
 * Worked value: L = 90, L_max = 100, L_cache = 20: −0.5.
 */
export function overlongPenalty(
	length: number,
	{ maxCompletionLen, softPunishCache, penaltyFactor = 1, library = 'trl' }: OverlongOptions
): number {
	for (const [name, tokens] of Object.entries({ length, maxCompletionLen, softPunishCache })) {
		if (!Number.isInteger(tokens) || tokens < 0) {
			throw new RangeError(`overlongPenalty: ${name} must be a whole number ≥ 0, got ${tokens}`);
		}
	}
	if (softPunishCache > maxCompletionLen) {
		throw new RangeError(
			`overlongPenalty: softPunishCache must be at most maxCompletionLen = ${maxCompletionLen}, got ${softPunishCache}`
		);
	}
	if (!(penaltyFactor >= 0 && penaltyFactor < Infinity)) {
		throw new RangeError(
			`overlongPenalty: penaltyFactor must be finite and ≥ 0, got ${penaltyFactor}`
		);
	}
	const { beyond, noCache } = overlongPresets[library];
	if (softPunishCache === 0 && noCache === 'throw') {
		throw new RangeError('overlongPenalty: softPunishCache must be positive in verl, got 0');
	}
	const exceeding = length - (maxCompletionLen - softPunishCache);
	if (exceeding <= 0 || (softPunishCache === 0 && noCache === 'off')) return 0;
	const counted = beyond === 'capped' ? Math.min(exceeding, softPunishCache) : exceeding;
	return -penaltyFactor * (softPunishCache === 0 ? 1 : counted / softPunishCache);
}
