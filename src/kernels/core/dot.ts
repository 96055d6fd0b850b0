/**
 * The inner product Σ_i a_i · b_i over a's length. Cost: one pass. Throws nothing.
 * Worked value: dot([1, 2], [3, 4]) = 11.
 */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
	return sum;
}
