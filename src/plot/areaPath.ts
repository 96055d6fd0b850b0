import { linePath } from './linePath';

/** The `d` of the area between two lines over the same places; it breaks where either is not a number. */
export function areaPath(
	xs: readonly number[],
	lows: readonly number[],
	highs: readonly number[],
	curve: 'linear' | 'step' = 'linear'
): string {
	const length = Math.min(xs.length, lows.length, highs.length);
	const missing = (i: number) =>
		Number.isNaN(xs[i]) || Number.isNaN(lows[i]) || Number.isNaN(highs[i]);
	let path = '';
	for (let start = 0; start < length; start++) {
		if (missing(start)) continue;
		let end = start;
		while (end < length && !missing(end)) end++;
		path += outline(xs.slice(start, end), lows.slice(start, end), highs.slice(start, end), curve);
		start = end;
	}
	return path;
}

function outline(xs: number[], lows: number[], highs: number[], curve: 'linear' | 'step'): string {
	if (curve === 'step') {
		// Each value holds until the next x, so both edges get the corner that lies between.
		const double = (values: number[]) => values.flatMap((value) => [value, value]);
		return outline(
			double(xs).slice(1),
			double(lows).slice(0, -1),
			double(highs).slice(0, -1),
			'linear'
		);
	}
	const back = linePath([...xs].reverse(), [...lows].reverse());
	return `${linePath(xs, highs).replace('h0', '')}L${back.replace('h0', '').slice(1)}Z`;
}
