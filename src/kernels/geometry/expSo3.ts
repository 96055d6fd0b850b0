import { hat } from './hat';
import { identity3, multiply3, type Matrix3 } from './matrix3';
import { rotationSeries } from './rotationSeries';
import { norm3, type Vector3 } from './vector3';

/** I + a·ŵ + b·ŵ². */
export function quadraticInHat(w: Vector3, a: number, b: number): Matrix3 {
	const linear = hat(w);
	const square = multiply3(linear, linear);
	return identity3.map((entry, i) => entry + a * linear[i] + b * square[i]);
}

/**
 * The rotation by |w| radians about w, the exponential of ŵ (Rodrigues' formula):
 *
 *     exp(ŵ) = I + (sin θ / θ) ŵ + ((1 − cos θ) / θ²) ŵ²,  θ = |w|
 *
 * The same as SciPy's Rotation.from_rotvec. Cost: one 3 × 3 product. Throws RangeError where w is not finite.
 * Worked value: expSo3([0, 0, π/2]) turns x to y.
 */
export function expSo3(w: Vector3): Matrix3 {
	const { sine, cosine } = rotationSeries(norm3(w));
	return quadraticInHat(w, sine, cosine);
}
