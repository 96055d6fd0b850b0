/** Which numbers a control takes: `step` apart from `min`, and `max`. */
export interface Steps {
	min: number;
	max: number;
	step: number;
	scale?: 'linear' | 'log';
}

/** Digits after the point that a number is written with: 0.05 has two, 1e-9 nine. */
function decimals(x: number): number {
	const [mantissa, exponent = '0'] = x.toExponential().split('e');
	return Math.max(0, (mantissa.split('.')[1]?.length ?? 0) - Number(exponent));
}

/** The step of number `k` above `min`, without float dust: 0.3, not 0.1 + 0.2. */
function stepAt(k: number, { min, step }: Steps): number {
	return Number((min + k * step).toFixed(Math.min(100, Math.max(decimals(step), decimals(min)))));
}

/** The nearest step from `min`, or `max` where that is nearer, which need not be a whole step. */
export function snap(x: number, steps: Steps): number {
	const { min, max, step } = steps;
	if (x <= min) return min;
	const stepped = stepAt(Math.round((x - min) / step), steps);
	return stepped > max || max - x < Math.abs(stepped - x) ? max : stepped;
}

/**
 * The next step up (`direction` 1) or down (−1) from a value that may stand between two. On a log
 * scale one in the second significant digit, though never less than `step`: 0.04, 0.041, … 1, 1.1.
 */
export function nextStep(value: number, direction: 1 | -1, steps: Steps): number {
	const { min, max, step, scale } = steps;
	if (scale === 'log') {
		// Going down from 1 the step is that of the numbers below 1.
		const decade = Math.floor(Math.log10(direction > 0 ? value * (1 + 1e-9) : value * (1 - 1e-9)));
		const fine = { min: 0, max, step: Math.max(step, Number(`1e${decade - 1}`)) };
		return Math.max(min, nextStep(value, direction, fine));
	}
	const k = (value - min) / step;
	const onStep = Math.abs(k - Math.round(k)) < 1e-6;
	const next = onStep ? Math.round(k) + direction : direction > 0 ? Math.ceil(k) : Math.floor(k);
	return Math.min(max, Math.max(min, stepAt(next, steps)));
}

/** Places that a log slider can take, from 0 to this. */
export const LOG_PLACES = 200;

/** The place of a log slider that is nearest to a value. */
export function toLogPlace(value: number, { min, max }: Steps): number {
	return Math.round((LOG_PLACES * Math.log(value / min)) / Math.log(max / min));
}

/** The value at a place of a log slider, with as few digits as tell a place from the next. */
export function fromLogPlace(place: number, { min, max }: Steps): number {
	if (place <= 0) return min;
	if (place >= LOG_PLACES) return max;
	const factor = (max / min) ** (1 / LOG_PLACES);
	const digits = Math.min(15, Math.max(1, Math.ceil(1 - Math.log10(factor - 1))));
	const value = Number((min * factor ** place).toPrecision(digits));
	return Math.min(max, Math.max(min, value));
}
