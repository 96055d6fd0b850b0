/**
 * e^x of four numbers at once, within 2 units in the last place for −87.3 ≤ x ≤ 88.3; outside, the value
 * at the bound (1.2e−38 below). NaN stays NaN. x = n·ln 2 + r with |r| ≤ ½ ln 2, e^r by the polynomial
 * of degree 6 in Moshier's Cephes, times 2ⁿ by adding n to the exponent.
 */
@inline
export function exp4(x: v128): v128 {
	x = f32x4.min(f32x4.max(x, f32x4.splat(-87.33654)), f32x4.splat(88.3762626647949));
	const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(1.44269504088896341)));
	let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
	r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
	let y = f32x4.splat(1.9875691500e-4);
	y = f32x4.add(f32x4.mul(y, r), f32x4.splat(1.3981999507e-3));
	y = f32x4.add(f32x4.mul(y, r), f32x4.splat(8.3334519073e-3));
	y = f32x4.add(f32x4.mul(y, r), f32x4.splat(4.1665795894e-2));
	y = f32x4.add(f32x4.mul(y, r), f32x4.splat(1.6666665459e-1));
	y = f32x4.add(f32x4.mul(y, r), f32x4.splat(5.0000001201e-1));
	y = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(y, r), r), r), f32x4.splat(1));
	const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
	return f32x4.mul(y, power);
}

/** 1/(1 + e^−x) */
@inline
export function sigmoid4(x: v128): v128 {
	const one = f32x4.splat(1);
	return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}
