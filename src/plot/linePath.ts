/** Tenths of a user unit: finer than a pixel, and short in the HTML. */
export function round(place: number): number {
	return Math.round(place * 10) / 10;
}

/**
 * The `d` of a line through places; it breaks where a place is not a number. A point alone between
 * two breaks becomes a dot (where the line has round ends). With `step` a value holds until the next.
 */
export function linePath(
	xs: readonly number[],
	ys: readonly number[],
	curve: 'linear' | 'step' = 'linear'
): string {
	const length = Math.min(xs.length, ys.length);
	let path = '';
	let open = false;
	for (let i = 0; i < length; i++) {
		if (Number.isNaN(xs[i]) || Number.isNaN(ys[i])) {
			open = false;
			continue;
		}
		const x = round(xs[i]);
		const y = round(ys[i]);
		if (open) {
			path += curve === 'step' ? `H${x}V${y}` : `L${x},${y}`;
		} else {
			const alone = !(i + 1 < length) || Number.isNaN(xs[i + 1]) || Number.isNaN(ys[i + 1]);
			path += `M${x},${y}${alone ? 'h0' : ''}`;
		}
		open = true;
	}
	return path;
}
