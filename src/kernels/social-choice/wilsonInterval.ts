/** The 97.5 % quantile of the normal distribution. */
const Z = 1.959963984540054;

/**
 * A 95 % interval for a probability of which `hits` of `trials` are known (Wilson 1927). Unlike
 * p ± 2·deviations it stays within [0, 1] and does not shrink to nothing at 0 or all hits:
 *
 *     (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n) .
 *
 * Throws RangeError unless trials ≥ 1 and 0 ≤ hits ≤ trials.
 * Worked value: 0 of 100 gives 0 to 0.036993.
 */
export function wilsonInterval(hits: number, trials: number): { low: number; high: number } {
	if (!(trials >= 1 && trials < Infinity)) {
		throw new RangeError(`wilsonInterval: trials must be at least 1, got ${trials}`);
	}
	if (!(hits >= 0 && hits <= trials)) {
		throw new RangeError(`wilsonInterval: hits must be in [0, ${trials}], got ${hits}`);
	}
	const share = hits / trials;
	const extra = (Z * Z) / trials;
	const centre = (share + extra / 2) / (1 + extra);
	const reach =
		(Z * Math.sqrt((share * (1 - share)) / trials + extra / (4 * trials))) / (1 + extra);
	return {
		low: hits === 0 ? 0 : centre - reach,
		high: hits === trials ? 1 : centre + reach
	};
}
