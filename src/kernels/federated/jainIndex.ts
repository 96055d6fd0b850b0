/**
 * Jain's fairness index of what n parties receive: J = (Σx)² / (n·Σx²), in [1/n, 1]. 1: all alike;
 * m/n: m parties share alike, the rest get nothing. It does not see the level: everyone equally badly
 * off is perfectly fair.
 *
 * Values are divided by the largest first, so that 1e200 does not overflow.
 * Source: Jain, Chiu and Hawe, 1984. Cost: O(n).
 * Throws RangeError for no values, a value below 0 or not finite, or only zeros (0/0).
 * Worked value: jainIndex([1, 2, 3, 4]) = 100/120 ≈ .8333.
 */
export function jainIndex(values: ArrayLike<number>): number {
	if (values.length === 0) throw new RangeError('jainIndex: values must not be empty');
	let largest = 0;
	for (let i = 0; i < values.length; i++) {
		if (!(values[i] >= 0 && values[i] < Infinity)) {
			throw new RangeError(
				`jainIndex: values[${i}] must be at least 0 and finite, got ${values[i]}`
			);
		}
		largest = Math.max(largest, values[i]);
	}
	if (largest === 0) throw new RangeError('jainIndex: values must not all be 0');
	let sum = 0;
	let squares = 0;
	for (let i = 0; i < values.length; i++) {
		const value = values[i] / largest;
		sum += value;
		squares += value * value;
	}
	return (sum * sum) / (values.length * squares);
}
