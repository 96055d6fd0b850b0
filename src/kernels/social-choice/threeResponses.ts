/**
 * The preferences among three responses from one number a pair: P(1 ≻ 2), P(2 ≻ 3) and P(3 ≻ 1). All three
 * above one half, or all below, make a cycle.
 *
 * Throws RangeError outside [0, 1]. Worked value: (0.6, 0.8, 0.7) has the rows (0.5, 0.6, 0.3),
 * (0.4, 0.5, 0.8) and (0.7, 0.2, 0.5).
 */
export function threeResponses(first: number, second: number, third: number): number[][] {
	[first, second, third].forEach((share, i) => {
		if (!(share >= 0 && share <= 1)) {
			throw new RangeError(`threeResponses: share ${i + 1} must be in [0, 1], got ${share}`);
		}
	});
	return [
		[0.5, first, 1 - third],
		[1 - first, 0.5, second],
		[third, 1 - second, 0.5]
	];
}
