/**
 * How far the fullest expert is above a fair share: max load / mean load − 1, MaxVio of
 * Wang et al., arXiv 2408.15664. 0 is perfect balance; experts − 1 is all tokens on one.
 *
 * Cost: one pass. Throws RangeError for no loads, a load below 0 or not finite, or loads that are all 0.
 * Worked value: maxViolation([10, 0, 5, 5]) = 1.
 */
export function maxViolation(loads: readonly number[]): number {
	let sum = 0;
	let largest = 0;
	for (const load of loads) {
		if (!(load >= 0 && load < Infinity)) {
			throw new RangeError(`maxViolation: loads must be finite and ≥ 0, got ${load}`);
		}
		sum += load;
		largest = Math.max(largest, load);
	}
	if (sum === 0) throw new RangeError('maxViolation: loads must not all be 0');
	return (largest * loads.length) / sum - 1;
}
