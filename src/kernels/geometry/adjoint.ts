import type { Matrix } from '../core/linear/matrix';
import type { Twist } from './expSe3';
import { hat } from './hat';
import { multiply3, type Matrix3 } from './matrix3';
import type { Pose } from './pose';

/** Which part of a twist stands first: 'vw' as in the survey, 'wv' as in SciPy, Featherstone and Lynch–Park. */
export type TwistOrder = 'vw' | 'wv';

/** A 6 × 6 matrix of four blocks. */
function blocks(a: Matrix3, b: Matrix3, c: Matrix3, d: Matrix3): Matrix {
	const data = new Float64Array(36);
	for (let i = 0; i < 3; i++) {
		for (let j = 0; j < 3; j++) {
			data[6 * i + j] = a[3 * i + j];
			data[6 * i + j + 3] = b[3 * i + j];
			data[6 * (i + 3) + j] = c[3 * i + j];
			data[6 * (i + 3) + j + 3] = d[3 * i + j];
		}
	}
	return { rows: 6, columns: 6, data };
}

const NOTHING: Matrix3 = [0, 0, 0, 0, 0, 0, 0, 0, 0];

/**
 * How twists look from another frame: g exp(ξ̂) g⁻¹ = exp((Ad_g ξ)^).
 *
 *     Ad_g = [R p̂R; 0 R] for twists (v, w),  [R 0; p̂R R] for twists (w, v)
 *
 * Seo et al., arXiv 2503.09829. Wrenches go with the transpose. On SO(3) alone the adjoint is R itself.
 * Worked value: with R = I and p = [1, 0, 0] a turn about z, seen from there, gains v = p × w = [0, −1, 0].
 */
export function adjointSe3({ rotation, position }: Pose, order: TwistOrder = 'vw'): Matrix {
	const lever = multiply3(hat(position), rotation);
	return order === 'vw'
		? blocks(rotation, lever, NOTHING, rotation)
		: blocks(rotation, NOTHING, lever, rotation);
}

/**
 * The derivative of the adjoint, ad_ξ η = [ξ, η], so that Ad_{exp ξ} = exp(ad_ξ):
 *
 *     ad_ξ = [ŵ v̂; 0 ŵ] for twists (v, w),  [ŵ 0; v̂ ŵ] for twists (w, v)
 */
export function adSe3({ v, w }: Twist, order: TwistOrder = 'vw'): Matrix {
	return order === 'vw'
		? blocks(hat(w), hat(v), NOTHING, hat(w))
		: blocks(hat(w), NOTHING, hat(v), hat(w));
}
