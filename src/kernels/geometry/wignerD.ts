import type { Matrix } from '../core/linear/matrix';
import { checkRotation } from './checkRotation';
import { multiply3, transpose3, type Matrix3 } from './matrix3';

const root3 = Math.sqrt(3);

/** The quadratic forms of degree 2 in e3nn's order: Y²_m(x) = xᵀ B_m x, with 'norm' for normalization. */
export const QUADRATIC_FORMS: readonly Matrix3[] = [
	[0, 0, root3 / 2, 0, 0, 0, root3 / 2, 0, 0],
	[0, root3 / 2, 0, root3 / 2, 0, 0, 0, 0, 0],
	[-1 / 2, 0, 0, 0, 1, 0, 0, 0, -1 / 2],
	[0, 0, 0, 0, 0, root3 / 2, 0, root3 / 2, 0],
	[-root3 / 2, 0, 0, 0, 0, 0, 0, 0, root3 / 2]
];

/** tr B_m² of each form. */
const SQUARE = 3 / 2;

const contract = (a: Matrix3, b: Matrix3) => a.reduce((sum, entry, i) => sum + entry * b[i], 0);

/**
 * The Wigner matrix D^l(R) of degree 0, 1 or 2 in e3nn's real basis, (2l + 1) × (2l + 1): it turns
 * coefficients as R turns space, so Y^l(Rx) = D^l(R) Y^l(x).
 *
 *     D⁰ = [1],  D¹ = R,  D²_mn = tr(Rᵀ B_m R B_n) / tr(B_n²)
 *
 * e3nn builds it from angles (wigner_D) or from R (D_from_matrix); here it is a polynomial in R, exact to
 * rounding. D is orthogonal and D(R₁R₂) = D(R₁) D(R₂). Cost: ten 3 × 3 products for l = 2.
 * Throws RangeError for another l or where R is not a rotation.
 * Worked value: D² of a half turn about y has the diagonal [1, −1, 1, −1, 1].
 */
export function wignerD(l: number, rotation: Matrix3): Matrix {
	checkRotation('wignerD', 'rotation', rotation);
	if (l === 0) return { rows: 1, columns: 1, data: Float64Array.of(1) };
	if (l === 1) return { rows: 3, columns: 3, data: Float64Array.from(rotation) };
	if (l !== 2) throw new RangeError(`wignerD: l must be 0, 1 or 2, got ${l}`);
	const back = transpose3(rotation);
	const data = new Float64Array(25);
	QUADRATIC_FORMS.forEach((form, m) => {
		const turned = multiply3(multiply3(back, form), rotation);
		QUADRATIC_FORMS.forEach((other, n) => (data[5 * m + n] = contract(turned, other) / SQUARE));
	});
	return { rows: 5, columns: 5, data };
}
