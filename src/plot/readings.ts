import type { Role, Series } from '$widgets/contract';
import { formatNumber } from './formatTick';

/** One line that a crosshair reads. */
export interface Readable {
	series: Series;
	label: string;
	role: Role;
	/** Digits after the point. Default 3. */
	digits?: number;
	unit?: string;
}

export interface Reading {
	label: string;
	role: Role;
	x: number;
	y: number;
	/** "0.39" */
	text: string;
	/** "0.35 to 0.44"; empty without a band. */
	range: string;
	/** Seeds in the band. */
	runs: number;
}

/** The position of the number nearest to a target; −1 if none is finite. */
export function nearest(values: readonly number[], target: number): number {
	let best = -1;
	let distance = Infinity;
	for (let i = 0; i < values.length; i++) {
		const own = Math.abs(values[i] - target);
		if (own < distance) [best, distance] = [i, own];
	}
	return best;
}

const withUnit = (text: string, unit = '') =>
	unit === '%' || !unit ? text + unit : `${text} ${unit}`;

/** What each line says at x, or at its point nearest to x. */
export function readingsAt(lines: readonly Readable[], x: number): Reading[] {
	return lines.flatMap(({ series, label, role, digits = 3, unit }) => {
		const i = nearest(series.x, x);
		const y = series.y[i];
		if (i < 0 || y === undefined) return [];
		const low = series.band?.low[i];
		const high = series.band?.high[i];
		const range =
			series.band && Number.isFinite(low) && Number.isFinite(high)
				? `${formatNumber(low!, digits)} to ${formatNumber(high!, digits)}`
				: '';
		const text = Number.isNaN(y) ? 'no value' : withUnit(formatNumber(y, digits), unit);
		return { label, role, x: series.x[i], y, text, range, runs: series.band?.runs ?? 0 };
	});
}
