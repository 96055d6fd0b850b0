import { axisTitle, type AxisSpec } from './axis';
import { axisTicks, type Tick } from './axisTicks';
import { createScale, type Scale } from './scale';

/** Width of a character in em: a little above the digits of the usual system fonts. */
const CHARACTER = 0.58;
/** Between two x labels, and from one line of text to the next, in em. */
const TICK_GAP = 1.2;
const LINE = 1.25;
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

/** The most ticks, up to `most`, whose labels stand apart. Names of categories are never dropped. */
function fittingTicks(
	axis: AxisSpec,
	scale: Scale,
	most: number,
	apart: (labels: readonly Tick[]) => number
): Tick[] {
	if (axis.categories) return axisTicks(axis, scale, axis.categories.length);
	for (let count = most; count > 1; count--) {
		const ticks = axisTicks(axis, scale, count);
		const labels = ticks.filter((tick) => tick.label).sort((a, b) => a.place - b.place);
		const needed = apart(labels);
		if (labels.every(({ place }, i) => i === 0 || place - labels[i - 1].place >= needed)) {
			return ticks;
		}
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
	const mostOf = (axis: AxisSpec, usual: number) =>
		axis.ticks ?? (axis.scale === 'band' ? BAND_TICKS : usual);
	const yTicksFor = (scale: Scale) =>
		fittingTicks(yAxis, scale, mostOf(yAxis, Y_TICKS), () => LINE * textSize);
	const yTickWidth = Math.max(3 * CHARACTER, longest(yTicksFor(yScale(bottomFor(1)))));
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
		xTicks: fittingTicks(
			xAxis,
			x,
			mostOf(xAxis, X_TICKS),
			(labels) => (longest(labels) + TICK_GAP) * textSize
		),
		yTicks: yTicksFor(y),
		xRows,
		yTickWidth
	};
}
