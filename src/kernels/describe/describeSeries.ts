import { extremes } from './extremes';
import { trend } from './trend';

interface Wording {
	/** What x counts: "iteration". */
	along: string;
	/** Digits after the point of y. Default 2. */
	digits?: number;
	/** Digits after the point of x. Default 0. */
	xDigits?: number;
	/** Follows each y: "%", "nats". */
	unit?: string;
	/** The smallest change of y worth a word; see `trend`. */
	least?: number;
}

/**
 * One sentence on how a line runs: its direction, its ends and, where it turns, its extreme.
 *
 * Numbers are rounded to the given digits, with a true minus sign. Throws RangeError as `trend` does.
 * Cost O(n). Worked value: describeSeries('The reward', [0, 1, 2], [0, 2, 1], { along: 'iteration',
 * digits: 1 }) is "The reward rises, then falls: from 0.0 at iteration 0 through 2.0 at iteration 1
 * to 1.0 at iteration 2."
 */
export function describeSeries(
	name: string,
	xs: readonly number[],
	ys: readonly number[],
	{ along, digits = 2, xDigits = 0, unit = '', least }: Wording
): string {
	const { direction, first, last } = trend(xs, ys, least);
	const { low, high } = extremes(xs, ys);
	const write = (value: number, places: number) => {
		const text = Math.abs(value).toFixed(places);
		return value < 0 && Number(text) !== 0 ? `−${text}` : text;
	};
	const value = (y: number) => write(y, digits) + (unit === '' || unit === '%' ? unit : ` ${unit}`);
	const place = ({ x, y }: { x: number; y: number }) =>
		`${value(y)} at ${along} ${write(x, xDigits)}`;

	switch (direction) {
		case 'stays level':
			return first.x === last.x
				? `${name} is ${place(first)}.`
				: `${name} stays level at ${value(last.y)} from ${along} ${write(first.x, xDigits)} to ${write(last.x, xDigits)}.`;
		case 'rises':
		case 'falls':
			return `${name} ${direction} from ${place(first)} to ${place(last)}.`;
		case 'rises, then falls':
			return `${name} ${direction}: from ${place(first)} through ${place(high)} to ${place(last)}.`;
		case 'falls, then rises':
			return `${name} ${direction}: from ${place(first)} through ${place(low)} to ${place(last)}.`;
		case 'swings':
			return `${name} swings between ${place(low)} and ${place(high)}, and ends at ${value(last.y)}.`;
	}
}
