import { round } from './linePath';
import type { Span } from './spans';

/** The `d` of one bar: its room along the one axis, from and to along the other. Empty if a place is missing. */
export function barPath(span: Span, from: number, to: number, horizontal: boolean): string {
	if (Number.isNaN(span.start + span.size + from + to)) return '';
	const [start, end] = [round(span.start), round(span.start + span.size)];
	const [low, high] = [round(from), round(to)];
	return horizontal
		? `M${low},${start}H${high}V${end}H${low}Z`
		: `M${start},${low}V${high}H${end}V${low}Z`;
}
