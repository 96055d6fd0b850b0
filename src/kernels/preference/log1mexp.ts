/**
 * log(1 − e^x) for x ≤ 0, to full precision at both ends: log of −expm1 near 0, log1p of −exp far from
 * it, with the change at −log 2 (Mächler, "Accurately computing log(1 − exp(−|a|))", 2012).
 *
 * Cost: constant. Throws nothing: x = 0 gives −∞, x > 0 NaN, as a logarithm does.
 * Worked value: log1mexp(−1) ≈ −0.458675.
 */
export function log1mexp(x: number): number {
	return x < -Math.LN2 ? Math.log1p(-Math.exp(x)) : Math.log(-Math.expm1(x));
}
