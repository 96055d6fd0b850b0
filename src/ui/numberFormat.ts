const MINUS = '−';

/** A number for reading: at most `digits` after the point, a real minus sign, no float dust. */
export function formatNumber(x: number, digits = 3): string {
	if (Number.isNaN(x)) return 'not a number';
	if (!Number.isFinite(x)) return x > 0 ? '∞' : `${MINUS}∞`;
	const rounded = Number(x.toFixed(digits));
	const small = rounded === 0 && x !== 0;
	const text = small ? Number(x.toPrecision(2)).toString() : rounded.toString();
	return text.replaceAll('-', MINUS);
}

/** A number as readers type it: "0.5", ".5", "1e-3", "0,5", "−2". Undefined for anything else. */
export function parseNumber(text: string): number | undefined {
	const plain = text.trim().replace(MINUS, '-').replace(',', '.');
	return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : undefined;
}
