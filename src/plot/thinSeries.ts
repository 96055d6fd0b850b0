import type { Series } from '$widgets/contract';

/**
 * A long series cut down to what a drawing can show: its points in `columns` equal runs, of each the
 * first, the lowest, the highest and the last (M4: Jugel et al., VLDB 2014), so that peaks stay. A
 * series of no more points than that is left as it is.
 *
 * Cost: O(points).
 */
export function thinSeries({ x, y, band }: Series, columns = 200): Series {
	if (x.length <= 4 * columns) return { x, y, band };
	const kept = new Set<number>();
	for (let column = 0; column < columns; column++) {
		const start = Math.floor((column * x.length) / columns);
		const end = Math.floor(((column + 1) * x.length) / columns);
		let low = start;
		let high = start;
		for (let i = start; i < end; i++) {
			if (y[i] < y[low]) low = i;
			if (y[i] > y[high]) high = i;
		}
		for (const i of [start, Math.min(low, high), Math.max(low, high), end - 1]) kept.add(i);
	}
	const pick = (values: readonly number[]) => Array.from(kept, (i) => values[i]);
	return {
		x: pick(x),
		y: pick(y),
		band: band && { ...band, low: pick(band.low), high: pick(band.high) }
	};
}
