import { axisTitle, type AxisSpec } from './axis';
import { axisTicks, type Tick } from './axisTicks';
import { createScale, type Scale } from './scale';

/** Width of a character in em: a little above the digits of the usual system fonts. */
const CHARACTER = 0.58;
/** Between two tick labels, in em. */
const TICK_GAP = 1.2;
const X_TICKS = 7;
const Y_TICKS = 6;
const BAND_TICKS = 16;
const MOST_ROWS = 3;
/** Text size in user units where a drawing is at least as wide as on a laptop. */
const SMALL_TEXT = 13;

export interface Layout {
	/** The largest that text gets, on a phone, in user units. */
	textSize: number;
	left: number;
	right: number;
	top: number;
	bottom: number;
	x: Scale;
	y: Scale;
	xTicks: Tick[];
	yTicks: Tick[];
	/** Rows that long category names take below the axis, on a phone and elsewhere. */
	xRows: { narrow: number; wide: number };
	/** Width of the longest y tick in em. */
	yTickWidth: number;
}

const longest = (ticks: readonly Tick[]) =>
	Math.max(0, ...ticks.map((tick) => tick.label.length)) * CHARACTER;

/** The most x ticks whose labels stand apart at the largest text. Names are never dropped. */
function fittingTicks(axis: AxisSpec, scale: Scale, room: number, textSize: number): Tick[] {
	if (axis.categories) return axisTicks(axis, scale, axis.categories.length);
	for (let most = axis.ticks ?? (axis.scale === 'band' ? BAND_TICKS : X_TICKS); most > 1; most--) {
		const ticks = axisTicks(axis, scale, most);
		const labels = ticks.filter((tick) => tick.label);
		if (labels.length * (longest(labels) + TICK_GAP) * textSize <= room) return ticks;
	}
	return axisTicks(axis, scale, 1);
}

/**
 * Places everything of a plot from its axes alone. Text is never measured: margins hold the largest
 * text, so the drawing is the same on the server, on a phone and on a laptop.
 */
export function layOut(
	xAxis: AxisSpec,
	yAxis: AxisSpec,
	width: number,
	height: number,
	rightMargin?: number
): Layout {
	const textSize = width < 480 ? 16 : 22;
	const right = width - (rightMargin ?? textSize * 1.2);
	const top = textSize * (axisTitle(yAxis) ? 1.75 : 0.8);

	const bandRoom = (left: number) => (right - left) / (xAxis.categories?.length || 1);
	const nameWidth = Math.max(0, ...(xAxis.categories ?? []).map((name) => name.length)) * CHARACTER;
	const rows = (size: number, left: number) =>
		Math.min(MOST_ROWS, Math.max(1, Math.ceil((nameWidth * size) / bandRoom(left))));
	const bottomFor = (rowCount: number) => height - 7 - textSize * (1.3 + 1.15 * rowCount);

	const yScale = (bottom: number) =>
		yAxis.scale === 'band' ? createScale(yAxis, top, bottom) : createScale(yAxis, bottom, top);
	const yBand = Math.min(BAND_TICKS, Math.floor((bottomFor(1) - top) / (1.2 * textSize)));
	const yMost =
		yAxis.categories?.length ?? yAxis.ticks ?? (yAxis.scale === 'band' ? yBand : Y_TICKS);
	const yTickWidth = Math.max(
		3 * CHARACTER,
		longest(axisTicks(yAxis, yScale(bottomFor(1)), yMost))
	);
	const left = Math.min(0.4 * width, yTickWidth * textSize + 12);

	const xRows = { narrow: rows(textSize, left), wide: rows(SMALL_TEXT, left) };
	const bottom = bottomFor(xRows.narrow);
	const x = createScale(xAxis, left, right);
	const y = yScale(bottom);
	return {
		textSize,
		left,
		right,
		top,
		bottom,
		x,
		y,
		xTicks: fittingTicks(xAxis, x, right - left, textSize),
		yTicks: axisTicks(yAxis, y, yMost),
		xRows,
		yTickWidth
	};
}
