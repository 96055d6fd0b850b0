/**
 * A number for a sentence: three significant digits unless told otherwise, with a true minus sign.
 *
 * Worked value: print(-0.012345) = "−0.0123".
 */
export function print(value: number, digits = 3): string {
	return String(Number(value.toPrecision(digits))).replaceAll('-', '−');
}
