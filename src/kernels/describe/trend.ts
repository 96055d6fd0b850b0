import { extremes } from './extremes';
import { finitePoints, type Point } from './finitePoints';

/** How a line runs, in the words that a sentence can use: "the reward rises, then falls". */
export type Direction =
	'stays level' | 'rises' | 'falls' | 'rises, then falls' | 'falls, then rises' | 'swings';

/** Where the caller names no least change, this share of the line's own span counts as one. */
const SHARE_OF_SPAN = 0.05;

/**
 * How a line runs from its first to its last finite point.
 *
 * With d = `least` (in y's unit): the line "stays level" if all values lie within d of each other. It
 * "rises, then falls" if its highest point lies more than d above both ends, "falls, then rises" if
 * its lowest lies more than d below both, and "swings" if both hold. Otherwise the ends decide, or,
 * where they too lie within d of each other, the farther of the two extremes ("swings" if neither
 * is). A noisy line needs a `least` above its noise; the default, 5 % of the span of y, suits a
 * smooth one.
 *
 * Throws RangeError if the lists differ in length, hold no finite point, or if `least` is below 0.
 * Cost O(n). Worked value: ys [0, 2, 1] over xs [0, 1, 2] "rises, then falls", from 0 to 1.
 */
export function trend(
	xs: readonly number[],
	ys: readonly number[],
	least?: number
): { direction: Direction; first: Point; last: Point; change: number } {
	if (least !== undefined && !(least >= 0)) {
		throw new RangeError(`trend: least must be at least 0, got ${least}`);
	}
	const points = finitePoints('trend', xs, ys);
	const first = points[0];
	const last = points[points.length - 1];
	const change = last.y - first.y;
	const { low, high } = extremes(xs, ys);
	const span = high.y - low.y;
	const threshold = least ?? SHARE_OF_SPAN * span;
	const above = high.y - Math.max(first.y, last.y);
	const below = Math.min(first.y, last.y) - low.y;
	const level = Math.abs(change) <= threshold;

	let direction: Direction;
	if (span <= threshold) direction = 'stays level';
	else if (above > threshold && below > threshold) direction = 'swings';
	else if (above > threshold || (level && above > below)) direction = 'rises, then falls';
	else if (below > threshold || (level && below > above)) direction = 'falls, then rises';
	else if (level) direction = 'swings';
	else direction = change > 0 ? 'rises' : 'falls';
	return { direction, first, last, change };
}
