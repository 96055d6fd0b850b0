import { ticks } from 'd3-array';
import type { AxisSpec } from './axis';
import { formatTick } from './formatTick';
import type { Scale } from './scale';

export interface Tick {
	value: number;
	/** Place in user units. */
	place: number;
	/** Empty for a minor tick. */
	label: string;
}

function linearTicks([low, high]: readonly [number, number], most: number): number[] {
	for (let count = most; count > 0; count--) {
		const found = ticks(low, high, count);
		if (found.length <= most) return found;
	}
	return [];
}

/** Powers of ten, every second or third of them where they are too many. */
function decades(domain: readonly [number, number], most: number): number[] {
	const [low, high] = [Math.min(...domain), Math.max(...domain)];
	const first = Math.ceil(Math.log10(low) - 1e-9);
	const last = Math.floor(Math.log10(high) + 1e-9);
	const stride = Math.max(1, Math.ceil((last - first + 1) / most));
	const found: number[] = [];
	for (let exponent = first; exponent <= last; exponent++) {
		if (exponent % stride === 0) found.push(Number(`1e${exponent}`));
	}
	return found;
}

function twosAndFives(domain: readonly [number, number]): number[] {
	const [low, high] = [Math.min(...domain), Math.max(...domain)];
	const found: number[] = [];
	for (let exponent = Math.floor(Math.log10(low)); 10 ** exponent <= high; exponent++) {
		for (const factor of [2, 5]) {
			const value = Number(`${factor}e${exponent}`);
			if (value >= low && value <= high) found.push(value);
		}
	}
	return found;
}

function wholes([first, last]: readonly [number, number], most: number): number[] {
	const stride = Math.max(1, Math.ceil((last - first + 1) / most));
	const found: number[] = [];
	for (let value = first; value <= last; value += stride) found.push(value);
	return found;
}

/**
 * The ticks of an axis: at most `most` with a label. A log axis over few powers of ten shows 2 and 5
 * between them, without a label; over less than one power of ten with a label.
 */
export function axisTicks(axis: AxisSpec, scale: Scale, most: number): Tick[] {
	const { domain, kind } = scale;
	let major: number[];
	let minor: number[] = [];
	if (kind === 'band') {
		major = wholes(domain, most);
	} else if (kind === 'linear') {
		major = linearTicks(domain, most);
	} else {
		major = decades(domain, most);
		const between = twosAndFives(domain);
		if (major.length < 2) {
			const all = [...major, ...between].sort((a, b) => a - b);
			major = all.length < 2 || all.length > most ? linearTicks(domain, most) : all;
		} else if (between.length <= 2 * most) {
			minor = between;
		}
	}
	const write =
		axis.format ?? ((value: number) => axis.categories?.[value] ?? formatTick(value, major, kind));
	return [
		...major.map((value) => ({ value, place: scale(value), label: write(value) })),
		...minor.map((value) => ({ value, place: scale(value), label: '' }))
	].filter((tick) => Number.isFinite(tick.place));
}
