/**
 * Token efficiency: the fewest tokens at which a success curve reaches `success`, or Infinity if it
 * never does. Two policies' token efficiency is the ratio of these at the same success, as in
 * "the same accuracy with 1.5 times fewer tokens".
 *
 * `curve`: steps as in evaluateMeta's tokenCurve (success holds from `tokens` on), tokens increasing.
 * Cost: O(points). Throws RangeError for a success outside [0, 1].
 */
export function tokensToReach(
	curve: readonly { tokens: number; success: number }[],
	success: number
): number {
	if (!(success >= 0 && success <= 1)) {
		throw new RangeError(`tokensToReach: success must be in [0, 1], got ${success}`);
	}
	return curve.find((point) => point.success >= success)?.tokens ?? Infinity;
}
