/**
 * Where a token's objective comes from, as a code for typed arrays. 'ratio': its ratio as it is.
 * 'clipLow', 'clipHigh': held at the clip's edge. 'bound': held by delta or the dual clip. 'clamp':
 * held by the library's clamp on the log-ratio. All but 'ratio' have no gradient through the ratio.
 * CISPO's weight never has one, so its clipped tokens still learn. 'masked': the token does not count.
 */
export const branchCode = {
	masked: 0,
	ratio: 1,
	clipLow: 2,
	clipHigh: 3,
	bound: 4,
	clamp: 5
} as const;

export type Branch = keyof typeof branchCode;

/** The names by code: branchNames[branchCode.clipLow] is 'clipLow'. */
export const branchNames = Object.keys(branchCode) as Branch[];

/**
 * The branch of a coefficient that is either the ratio, or the ratio held at an edge of the clip or at
 * another bound. A NaN counts as 'ratio'.
 * Worked value: policyBranch(1.2, 1.5, 1.2) = branchCode.clipHigh.
 */
export function policyBranch(coefficient: number, ratio: number, clippedRatio: number): number {
	if (!(coefficient < ratio || coefficient > ratio)) return branchCode.ratio;
	if (coefficient !== clippedRatio) return branchCode.bound;
	return coefficient > ratio ? branchCode.clipLow : branchCode.clipHigh;
}
