/**
 * Positions of the `count` largest values, the largest first; of equals the earlier.
 * Worked value: largestFirst([1, 3, 3, 2], 2) = [1, 2].
 */
export function largestFirst(values: readonly number[], count: number): number[] {
	return values
		.map((_, i) => i)
		.sort((i, j) => (values[i] === values[j] ? i - j : values[j] > values[i] ? 1 : -1))
		.slice(0, count);
}
