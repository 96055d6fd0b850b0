const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const MAX_DIGITS = 8;
/** From here on 1,000,000 is longer than 1×10⁶. */
const LARGE = 1e6;
/** From here on toFixed writes e-notation. */
const FIXED_LIMIT = 1e21;

function superscript(exponent: number): string {
	const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]);
	return (exponent < 0 ? '⁻' : '') + digits.join('');
}

/** −1,234.50: a true minus sign, thousands apart, a fixed number of digits after the point. */
export function formatNumber(value: number, digits: number): string {
	if (Number.isNaN(value)) return '–';
	if (!Number.isFinite(value)) return value < 0 ? '−∞' : '∞';
	if (Math.abs(value) >= FIXED_LIMIT) return power(value);
	const [whole, fraction] = Math.abs(value).toFixed(digits).split('.');
	const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
	const text = fraction === undefined ? grouped : `${grouped}.${fraction}`;
	return value < 0 && /[1-9]/.test(text) ? `−${text}` : text;
}

function power(value: number): string {
	if (value === 0) return '0';
	const [factor, exponent] = Number(Math.abs(value).toPrecision(3)).toExponential().split('e');
	const ten = `10${superscript(Number(exponent))}`;
	return (value < 0 ? '−' : '') + (factor === '1' ? ten : `${factor}×${ten}`);
}

/** Digits after the point that tell all ticks apart and leave none rounded. */
function digitsFor(ticks: readonly number[]): number {
	const step = Math.min(
		...ticks.map((tick, i) => Math.abs(i > 0 ? tick - ticks[i - 1] : tick)).filter((gap) => gap > 0)
	);
	for (let digits = 0; digits < MAX_DIGITS; digits++) {
		const unit = 10 ** digits;
		if (ticks.every((tick) => Math.abs(Math.round(tick * unit) / unit - tick) <= step * 1e-6)) {
			return digits;
		}
	}
	return MAX_DIGITS;
}

/**
 * Writes one tick so that it agrees with its neighbours: 0.5 beside 0.25 is "0.50", 1e-5 on a log
 * axis is "10⁻⁵". `ticks` are all ticks of the axis, this one among them.
 */
export function formatTick(
	value: number,
	ticks: readonly number[] = [value],
	scale: 'linear' | 'log' | 'band' = 'linear'
): string {
	const sizes = ticks.map(Math.abs).filter((size) => size > 0 && Number.isFinite(size));
	const largest = Math.max(...sizes);
	const smallest = Math.min(...sizes);
	if (scale === 'log') {
		return largest > 1e4 || smallest < 1e-3
			? power(value)
			: formatNumber(value, digitsFor([value]));
	}
	const digits = digitsFor(ticks);
	return largest > LARGE || (digits > 4 && largest < 1e-3)
		? power(value)
		: formatNumber(value, digits);
}
