import type { Series } from '$widgets/contract';

interface ExtentOptions {
	/** Which coordinate. Default y, bands included. */
	of?: 'x' | 'y';
	/** Room at either end, as a share of the span. Default 0.05 for y, 0 for x. */
	padding?: number;
	/** Lets the domain reach 0, and pads no further there. */
	zero?: boolean;
	/** More values to hold, such as a reference line's. */
	include?: readonly number[];
	/** For a log axis: only what is above 0 counts, and room is given by factors. */
	log?: boolean;
}

/** The domain that shows all finite values of some series; [0, 1] ([1, 10] on a log axis) if there are none. */
export function extent(
	series: readonly Series[],
	{ of = 'y', padding = of === 'y' ? 0.05 : 0, zero, include = [], log }: ExtentOptions = {}
): [number, number] {
	let low = Infinity;
	let high = -Infinity;
	const hold = (values: readonly number[]) => {
		for (const value of values) {
			if (!Number.isFinite(value) || (log && value <= 0)) continue;
			if (value < low) low = value;
			if (value > high) high = value;
		}
	};
	hold(include);
	for (const one of series) {
		hold(one[of]);
		if (of === 'y' && one.band) {
			hold(one.band.low);
			hold(one.band.high);
		}
	}
	if (zero && !log) hold([0]);
	if (low > high) return log ? [1, 10] : [0, 1];
	if (log) {
		const factor = (high / low) ** padding;
		return low === high ? [low / 2, high * 2] : [low / factor, high * factor];
	}
	const room = low === high ? Math.abs(low) * 0.1 || 0.5 : (high - low) * padding;
	return [
		zero && low === 0 ? 0 : Math.max(-Number.MAX_VALUE, low - room),
		zero && high === 0 && low < 0 ? 0 : Math.min(Number.MAX_VALUE, high + room)
	];
}
