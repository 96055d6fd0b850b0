import type { Matrix3 } from './matrix3';
import type { Vector3 } from './vector3';

/**
 * The skew matrix ŵ of a vector, so that ŵ·x = w × x:
 *
 *     ŵ = [0 −w₃ w₂; w₃ 0 −w₁; −w₂ w₁ 0]
 *
 * Seo et al., arXiv 2503.09829, the map from ℝ³ to so(3). Throws RangeError where w is not finite.
 * Worked value: hat([1, 2, 3]) = [0 −3 2; 3 0 −1; −2 1 0].
 */
export function hat(w: Vector3): Matrix3 {
	const wrong = w.find((entry) => !Number.isFinite(entry));
	if (wrong !== undefined) throw new RangeError(`hat: w must be finite, got ${wrong}`);
	const [x, y, z] = w;
	return [0, -z, y, z, 0, -x, -y, x, 0];
}

/**
 * The vector of a skew matrix, the inverse of `hat`.
 *
 * The authors' GIC code (`vee_map`) reads three entries above the diagonal and takes any matrix;
 * here one that is not skew throws RangeError, unless `take` is 'upper', which does as that code.
 * `tolerance` is relative to the largest entry.
 * Worked value: vee([0, −3, 2, 3, 0, −1, −2, 1, 0]) = [1, 2, 3].
 */
export function vee(
	matrix: Matrix3,
	{ take = 'skew', tolerance = 1e-9 }: { take?: 'skew' | 'upper'; tolerance?: number } = {}
): Vector3 {
	if (matrix.length !== 9) {
		throw new RangeError(`vee: matrix must have 9 numbers, got ${matrix.length}`);
	}
	if (take === 'upper') return [-matrix[5], matrix[2], -matrix[1]];
	const largest = Math.max(...matrix.map(Math.abs));
	for (let i = 0; i < 3; i++) {
		for (let j = 0; j <= i; j++) {
			const sum = matrix[3 * i + j] + matrix[3 * j + i];
			if (!(Math.abs(sum) <= tolerance * largest)) {
				throw new RangeError(
					`vee: matrix must be skew, got entries (${i}, ${j}) and (${j}, ${i}) with sum ${sum}`
				);
			}
		}
	}
	return [(matrix[7] - matrix[5]) / 2, (matrix[2] - matrix[6]) / 2, (matrix[3] - matrix[1]) / 2];
}

/** The vector of the skew part (M − Mᵀ)^∨, without a factor ½. Worked value: of hat(w) it is 2w. */
export function skewVector(m: Matrix3): Vector3 {
	return [m[7] - m[5], m[2] - m[6], m[3] - m[1]];
}
