/** Beyond this the probability is 0 or 1 to within 1e−16. */
const FAR = 8.3;

/**
 * Φ(x), the probability that a standard normal number is below x: 1/2 + φ(x)·(x + x³/3 + x⁵/(3·5) + …),
 * a series without cancellation (Marsaglia 2004). The error is absolute, about 1e−16; far down the lower
 * tail the digits run out.
 *
 * Cost: some 10 to 100 terms. Throws RangeError for NaN. Worked value: normalCdf(1.96) ≈ 0.975002.
 */
export function normalCdf(x: number): number {
	if (Number.isNaN(x)) throw new RangeError('normalCdf: x must be a number, got NaN');
	if (Math.abs(x) > FAR) return x > 0 ? 1 : 0;
	let term = x;
	let sum = x;
	for (let odd = 3, before = NaN; sum !== before; odd += 2) {
		before = sum;
		term *= (x * x) / odd;
		sum += term;
	}
	return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}
