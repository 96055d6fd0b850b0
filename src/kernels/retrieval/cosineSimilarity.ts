/**
 * The cosine of the angle between two vectors:
 *
 *     cos(a, b) = Σ a_i·b_i / (‖a‖·‖b‖),   in [−1, 1]
 *
 * It ignores length: cos(a, b) = cos(λa, b) for λ > 0. It does not ignore the unit of one entry: an
 * entry in metres outweighs one in kilometres. Norms are taken after division by the largest entry, so
 * that neither huge nor tiny vectors over- or underflow.
 *
 * Libraries differ at the edges. For a vector of zeros scikit-learn and torch give 0, as here, and SciPy 1.10 similarity 1;
 * torch holds each norm at 1e−8 or above, so it shrinks the cosine of tiny vectors; none but this scales first.
 *
 * Cost O(n). Throws RangeError for lengths that differ, no entries, or an entry that is not finite.
 * Worked value: (1, 0, 1) and (1, 1, 0): 0.5.
 */
export function cosineSimilarity(a: readonly number[], b: readonly number[]): number {
	if (a.length === 0 || a.length !== b.length) {
		throw new RangeError(
			`cosineSimilarity: a and b must have the same length, at least 1, got ${a.length} and ${b.length}`
		);
	}
	let largestA = 0;
	let largestB = 0;
	for (let i = 0; i < a.length; i++) {
		if (!Number.isFinite(a[i]) || !Number.isFinite(b[i])) {
			throw new RangeError(`cosineSimilarity: entry ${i} must be finite, got ${a[i]} and ${b[i]}`);
		}
		largestA = Math.max(largestA, Math.abs(a[i]));
		largestB = Math.max(largestB, Math.abs(b[i]));
	}
	if (largestA === 0 || largestB === 0) return 0;
	let dot = 0;
	let squaresA = 0;
	let squaresB = 0;
	for (let i = 0; i < a.length; i++) {
		const x = a[i] / largestA;
		const y = b[i] / largestB;
		dot += x * y;
		squaresA += x * x;
		squaresB += y * y;
	}
	return Math.max(-1, Math.min(1, dot / Math.sqrt(squaresA * squaresB)));
}
