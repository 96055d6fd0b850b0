import type { Scale } from './scale';

export interface Span {
	start: number;
	size: number;
}

/** Where one value stands alone on a number axis, it gets this much room. */
const ALONE = 40;

/**
 * The room of each value along an axis: from halfway to the one before to halfway to the one after,
 * of which `fill` is used. On a band scale each has its place. NaN where a value has none.
 */
export function spans(scale: Scale, values: readonly number[], fill: number): Span[] {
	const centres = values.map(scale);
	const gap = (i: number, j: number) => Math.abs(centres[j] - centres[i]);
	return centres.map((centre, i) => {
		if (scale.kind === 'band') {
			const size = (scale.bandwidth / 0.8) * fill;
			return { start: centre - size / 2, size };
		}
		const before = i > 0 ? gap(i, i - 1) : NaN;
		const after = i + 1 < centres.length ? gap(i, i + 1) : NaN;
		const down = Number.isNaN(before) ? after : before;
		const up = Number.isNaN(after) ? before : after;
		const [back, forth] = Number.isNaN(down) ? [ALONE, ALONE] : [down, up];
		const backward = i > 0 && centres[i - 1] > centre;
		const [low, high] = backward ? [forth, back] : [back, forth];
		return { start: centre - (low / 2) * fill, size: ((low + high) / 2) * fill };
	});
}
