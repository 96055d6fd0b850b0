import { quadraticInHat } from './expSo3';
import type { Matrix3 } from './matrix3';
import { rotationSeries } from './rotationSeries';
import { norm3, type Vector3 } from './vector3';

/**
 * The left Jacobian of SO(3), which the exponential of SE(3) calls V: how a body gets ahead whose
 * velocity turns with it.
 *
 *     V(w) = ∫₀¹ exp(sŵ) ds = I + ((1 − cos θ) / θ²) ŵ + ((θ − sin θ) / θ³) ŵ²
 *
 * The right Jacobian is V(−w) = V(w)ᵀ. Throws RangeError where w is not finite.
 * Worked value: V([0, 0, π/2])·[1, 0, 0] = [2/π, 2/π, 0].
 */
export function leftJacobian(w: Vector3): Matrix3 {
	const { cosine, cubic } = rotationSeries(norm3(w));
	return quadraticInHat(w, cosine, cubic);
}

/** θ²/12 of the series is the first term left out of ½ at this angle, far below the last digit of ŵ². */
const SMALL = 1e-4;

/**
 * The inverse of `leftJacobian`:
 *
 *     V⁻¹ = I − ½ ŵ + (1/θ² − (1 + cos θ) / (2θ sin θ)) ŵ²
 *
 * It exists while θ is not a multiple of 2π other than 0; throws RangeError there.
 */
export function inverseLeftJacobian(w: Vector3): Matrix3 {
	const angle = norm3(w);
	if (angle < SMALL) return quadraticInHat(w, -1 / 2, 1 / 12 + (angle * angle) / 720);
	const half = angle / 2;
	const sine = Math.sin(half);
	if (Math.abs(sine) < 1e-12) {
		throw new RangeError(`inverseLeftJacobian: |w| must not be a multiple of 2π, got ${angle}`);
	}
	// (1 + cos θ) / sin θ = cot(θ/2), which is finite at a half turn.
	const cotangent = Math.cos(half) / sine;
	return quadraticInHat(w, -1 / 2, (1 - half * cotangent) / (angle * angle));
}
