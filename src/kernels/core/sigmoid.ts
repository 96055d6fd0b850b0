/**
 * The logistic function 1 / (1 + e^−x), exact to the last digits at both ends.
 * Worked value: sigmoid(0) = 0.5.
 */
export function sigmoid(x: number): number {
	if (x >= 0) return 1 / (1 + Math.exp(-x));
	const e = Math.exp(x);
	return e / (1 + e);
}

/** log sigmoid(x), without overflow. Worked value: logSigmoid(−1000) = −1000. */
export function logSigmoid(x: number): number {
	return Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));
}

/**
 * log(p / (1 − p)), the inverse of sigmoid. Throws RangeError outside [0, 1].
 * Worked value: logit(0.2) ≈ −1.386294.
 */
export function logit(p: number): number {
	if (!(p >= 0 && p <= 1)) throw new RangeError(`logit: p must be in [0, 1], got ${p}`);
	return Math.log(p) - Math.log1p(-p);
}
