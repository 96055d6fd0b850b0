/**
 * How often each response is preferred to one drawn from a policy: P(y ≻ π) = Σ_j P(y ≻ j) π(j).
 *
 * Cost: O(n²). Worked value: P(A ≻ B) = 0.8 and π on B alone: 0.8 and 0.5.
 */
export function winRates(
	preferences: readonly (readonly number[])[],
	policy: ArrayLike<number>
): number[] {
	return preferences.map((row) => row.reduce((sum, share, j) => sum + share * policy[j], 0));
}
