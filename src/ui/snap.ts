/** Digits after the point that a step is written with: 0.05 has two, 1e-9 nine. */
function decimals(step: number): number {
	const [mantissa, exponent = '0'] = step.toExponential().split('e');
	return Math.min(20, Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent)));
}

/** The nearest step from min, within the range, without float dust. */
export function snap(x: number, { min, max, step }: { min: number; max: number; step: number }) {
	const stepped = min + Math.round((x - min) / step) * step;
	const clean = Number(stepped.toFixed(Math.max(decimals(step), decimals(min))));
	return Math.min(max, Math.max(min, clean));
}

/** Where a value stands on a log slider, from 0 to 1. */
export function toLogPosition(value: number, min: number, max: number): number {
	return Math.log(value / min) / Math.log(max / min);
}

/** The value at a place of a log slider, to three significant digits. */
export function fromLogPosition(position: number, min: number, max: number): number {
	const value = Number((min * (max / min) ** position).toPrecision(3));
	return Math.min(max, Math.max(min, value));
}
