/** A place where line A passes line B. */
export interface Crossing {
	x: number;
	y: number;
	/** True where A comes from below and is above B from here on. */
	upward: boolean;
}

/**
 * Where line A crosses line B, in order of x. Both stand over the same xs; between two points each is
 * a straight segment: with d = a − b, the crossing lies at
 * x = xᵢ + (xᵢ₊₁ − xᵢ) · dᵢ / (dᵢ − dᵢ₊₁).
 * Lines that touch and part on the same side do not cross; where they run together over a stretch and
 * then change sides, the crossing is at the start of that stretch. Points where either is not finite
 * are left out.
 *
 * Throws RangeError if the lists differ in length. Cost O(n).
 * Worked value: a = [0, 2], b = [1, 1] over xs [0, 1] cross upward at x = 0.5, y = 1.
 */
export function crossings(
	xs: readonly number[],
	a: readonly number[],
	b: readonly number[]
): Crossing[] {
	if (a.length !== xs.length || b.length !== xs.length) {
		throw new RangeError(
			`crossings: xs, a and b must have the same length, got ${xs.length}, ${a.length} and ${b.length}`
		);
	}
	const found: Crossing[] = [];
	/** The last point where the lines stood apart, and the first since then where they met. */
	let apart = -1;
	let met = -1;
	for (let i = 0; i < xs.length; i++) {
		const difference = a[i] - b[i];
		if (!Number.isFinite(difference) || !Number.isFinite(xs[i])) continue;
		if (difference === 0) {
			if (met < 0) met = i;
			continue;
		}
		const before = apart < 0 ? 0 : a[apart] - b[apart];
		if (before !== 0 && before < 0 !== difference < 0) {
			const share = met < 0 ? before / (before - difference) : 0;
			const from = met < 0 ? apart : met;
			found.push({
				x: xs[from] + (xs[i] - xs[from]) * share,
				y: a[from] + (a[i] - a[from]) * share,
				upward: difference > 0
			});
		}
		apart = i;
		met = -1;
	}
	return found;
}
