import type { Matrix } from './matrix';

/** A pivot this small beside the largest entry means that the rows depend on each other. */
const SINGULAR = 1e-14;

/**
 * x with A·x = b, by Gaussian elimination with partial pivoting. Cost: O(n³).
 * Throws RangeError where A is not square, b has another length, or A is singular.
 * Worked value: solve(matrix([[2, 0], [0, 4]]), [2, 2]) = [1, 0.5].
 */
export function solve({ rows: n, columns, data }: Matrix, b: ArrayLike<number>): Float64Array {
	if (n !== columns)
		throw new RangeError(`solve: the matrix must be square, got ${n} × ${columns}`);
	if (b.length !== n) throw new RangeError(`solve: b must have ${n} numbers, got ${b.length}`);
	const a = data.slice();
	const x = Float64Array.from(b);
	const scale = a.reduce((largest, entry) => Math.max(largest, Math.abs(entry)), 0);
	for (let k = 0; k < n; k++) {
		let pivot = k;
		for (let i = k + 1; i < n; i++) {
			if (Math.abs(a[i * n + k]) > Math.abs(a[pivot * n + k])) pivot = i;
		}
		if (!(Math.abs(a[pivot * n + k]) > SINGULAR * scale)) {
			throw new RangeError('solve: the matrix is singular');
		}
		for (let j = 0; j < n && pivot !== k; j++) {
			[a[k * n + j], a[pivot * n + j]] = [a[pivot * n + j], a[k * n + j]];
		}
		[x[k], x[pivot]] = [x[pivot], x[k]];
		for (let i = k + 1; i < n; i++) {
			const factor = a[i * n + k] / a[k * n + k];
			for (let j = k; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
			x[i] -= factor * x[k];
		}
	}
	for (let k = n - 1; k >= 0; k--) {
		for (let j = k + 1; j < n; j++) x[k] -= a[k * n + j] * x[j];
		x[k] /= a[k * n + k];
	}
	return x;
}
