import { nice } from 'd3-array';
import type { AxisSpec } from './axis';

/** From a value to a place on the drawing. Kept apart from d3-scale, whose linear scale alone is 10 kB. */
export interface Scale {
	/** The place in user units; NaN where there is none (NaN, ±Infinity, log of what is not above 0). */
	(value: number): number;
	/** The value at a place; on a band scale the nearest whole number. */
	invert(place: number): number;
	/** The domain as drawn: usable numbers, widened where asked for. On a band scale first and last place. */
	domain: readonly [number, number];
	kind: 'linear' | 'log' | 'band';
	/** Room for one place of a band scale, without its gap. 0 for the other scales. */
	bandwidth: number;
}

/** Far outside any drawing, yet within what a renderer's 32-bit numbers hold exactly. */
const FAR = 1e5;
/** A span this small beside its values, or this small at all, is taken for none: float64 cannot divide it. */
const NARROW = 1e-12;
const TINY = 1e-290;
const BAND_FILL = 0.8;
const MOST_PLACES = 1e4;
const DECADES_WITHOUT_LOW_END = 3;

const clamp = (place: number) => Math.max(-FAR, Math.min(FAR, place));

function linearDomain([low, high]: readonly [number, number]): [number, number] {
	const size = Math.max(Math.abs(low), Math.abs(high));
	if (!(size < 1 / TINY)) return [0, 1];
	if (Math.abs(high - low) > Math.max(size * NARROW, TINY)) return [low, high];
	const reach = size > TINY ? size * 0.1 : 0.5;
	return [low - reach, high + reach];
}

function logDomain([low, high]: readonly [number, number]): [number, number] {
	const usable = (value: number) => value > TINY && value < 1 / TINY;
	if (!usable(high)) return usable(low) ? [low, low * 10] : [1, 10];
	if (!usable(low)) return [high / 10 ** DECADES_WITHOUT_LOW_END, high];
	return Math.abs(high / low - 1) > NARROW ? [low, high] : [low / 2, high * 2];
}

function wholeDomain([low, high]: readonly [number, number]): [number, number] {
	const [first, last] = [Math.round(low), Math.round(high)];
	const usable = Number.isSafeInteger(first) && last >= first && last - first < MOST_PLACES;
	return usable ? [first, last] : [0, 0];
}

function niceDomain([low, high]: [number, number], log: boolean): [number, number] {
	if (high < low) {
		const [a, b] = niceDomain([high, low], log);
		return [b, a];
	}
	if (!log) return nice(low, high, 5);
	return [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high))];
}

function numberScale(axis: AxisSpec, from: number, to: number): Scale {
	const log = axis.scale === 'log';
	const usable = (log ? logDomain : linearDomain)(axis.domain ?? [0, 1]);
	const domain = axis.nice ? niceDomain(usable, log) : usable;
	const warp = log ? Math.log10 : (value: number) => value;
	const low = warp(domain[0]);
	const perUnit = (to - from) / (warp(domain[1]) - low);
	const scale = (value: number) =>
		Number.isFinite(value) && !(log && value <= 0)
			? clamp(from + (warp(value) - low) * perUnit)
			: NaN;
	const invert = (place: number) => {
		const warped = low + (place - from) / perUnit;
		return log ? 10 ** warped : warped;
	};
	return Object.assign(scale, {
		invert,
		domain,
		kind: log ? ('log' as const) : ('linear' as const),
		bandwidth: 0
	});
}

function bandScale(axis: AxisSpec, from: number, to: number): Scale {
	const [first, last] = axis.categories
		? [0, Math.max(0, axis.categories.length - 1)]
		: wholeDomain(axis.domain ?? [0, 0]);
	const step = (to - from) / (last - first + 1);
	const scale = (value: number) =>
		Number.isFinite(value) ? clamp(from + (value - first + 0.5) * step) : NaN;
	const invert = (place: number) =>
		Math.max(first, Math.min(last, Math.round((place - from) / step - 0.5) + first));
	return Object.assign(scale, {
		invert,
		domain: [first, last] as const,
		kind: 'band' as const,
		bandwidth: Math.abs(step) * BAND_FILL
	});
}

/** The scale of an axis that runs from one place to another (user units of the drawing). */
export function createScale(axis: AxisSpec, from: number, to: number): Scale {
	return (axis.scale === 'band' ? bandScale : numberScale)(axis, from, to);
}
