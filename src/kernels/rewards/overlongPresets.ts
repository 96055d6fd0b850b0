export interface OverlongSettings {
	/** Past the maximum: 'capped' stays at −factor, 'unbounded' goes on falling. */
	beyond: 'capped' | 'unbounded';
	/** Without a cache zone: 'step' goes from 0 to −factor past the maximum, 'off' never penalises. */
	noCache: 'step' | 'off' | 'throw';
}

export type OverlongLibrary = 'trl' | 'verl' | 'openrlhf';

/**
 * trl: get_soft_overlong_punishment at f2cd5771, equation 13 of DAPO. verl: DAPORewardManager at
 * b178a3cd, which divides by 0 without a cache. openrlhf: apply_overlong_penalty at 3c3be623.
 */
export const overlongPresets: Readonly<Record<OverlongLibrary, Readonly<OverlongSettings>>> = {
	trl: { beyond: 'capped', noCache: 'step' },
	verl: { beyond: 'unbounded', noCache: 'throw' },
	openrlhf: { beyond: 'capped', noCache: 'off' }
};
