/** Tenths of a user unit: finer than a pixel, and short in the HTML. */
export function round(place: number): number {
	return Math.round(place * 10) / 10;
}

/** What to add to one rounded place to come to the next, as few characters as can be. */
export function offset(from: number, to: number): string {
	const by = round(to - from);
	return by > -1 && by < 1 ? String(by).replace('0.', '.') : String(by);
}

/**
 * The `d` of a line through places, each told from the one before; it breaks where a place is not a
 * number. A point alone between two breaks becomes a dot (where the line has round ends). With `step`
 * a value holds until the next.
 */
export function linePath(
	xs: readonly number[],
	ys: readonly number[],
	curve: 'linear' | 'step' = 'linear'
): string {
	const length = Math.min(xs.length, ys.length);
	let path = '';
	let open = false;
	let [lastX, lastY] = [0, 0];
	for (let i = 0; i < length; i++) {
		if (Number.isNaN(xs[i]) || Number.isNaN(ys[i])) {
			open = false;
			continue;
		}
		const x = round(xs[i]);
		const y = round(ys[i]);
		if (open) {
			const [dx, dy] = [offset(lastX, x), offset(lastY, y)];
			path += curve === 'step' ? `h${dx}v${dy}` : `l${dx},${dy}`;
		} else {
			const alone = !(i + 1 < length) || Number.isNaN(xs[i + 1]) || Number.isNaN(ys[i + 1]);
			path += `M${x},${y}${alone ? 'h0' : ''}`;
		}
		open = true;
		[lastX, lastY] = [x, y];
	}
	return path;
}
