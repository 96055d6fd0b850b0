/**
 * The unbiased estimate of pass@k (at least one of k tries is right) from n tries of which c were
 * right:
 *
 *     pass@k = 1 − C(n−c, k) / C(n, k) = 1 − Π_{i=n−c+1}^{n} (1 − k/i).
 *
 * It is the chance that k tries picked from these n without putting back hold a right one. The
 * plug-in 1 − (1 − c/n)^k is biased low for k > 1.
 *
 * Code: estimate_pass_at_k of openai/human-eval; the notebooks of github.com/CMU-AIRe/MRT hold the
 * same formula. Both answer 1 whenever n − c < k, also for k > n with no right try at all, where
 * the estimate is not defined. That answer is given for `overdraw: 'human-eval'`; the default
 * throws.
 * Cost: O(c). Throws RangeError for counts that are not integers with 0 ≤ c ≤ n, n ≥ 1, k ≥ 1, and
 * for k > n unless asked for.
 * Worked value: n = 16, c = 4, k = 2: 1 − 66/120 = .45.
 */
export function passAtK(
	n: number,
	c: number,
	k: number,
	{ overdraw = 'throw' }: { overdraw?: 'throw' | 'human-eval' } = {}
): number {
	if (!Number.isInteger(n) || n < 1) {
		throw new RangeError(`passAtK: n must be a positive integer, got ${n}`);
	}
	if (!Number.isInteger(c) || c < 0 || c > n) {
		throw new RangeError(`passAtK: c must be an integer in 0 … n = ${n}, got ${c}`);
	}
	if (!Number.isInteger(k) || k < 1) {
		throw new RangeError(`passAtK: k must be a positive integer, got ${k}`);
	}
	if (k > n && overdraw === 'throw') {
		throw new RangeError(`passAtK: k must be at most n = ${n} tries, got ${k}`);
	}
	if (n - c < k) return 1;
	let allWrong = 1;
	for (let i = n - c + 1; i <= n; i++) allWrong *= 1 - k / i;
	return 1 - allWrong;
}
