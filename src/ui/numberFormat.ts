import { ENGLISH, type Marks } from './numberMarks';

const MINUS = '−';
/** Digits that a float carries without dust: 0.1 + 0.2 is 0.3 up to here. */
const CLEAN_DIGITS = 12;

/** Below this zeros are hard to count, and the field writes 1e−5. */
const SMALL = 1e-4;

function write(x: number): string {
	const text = x !== 0 && Math.abs(x) < SMALL ? x.toExponential() : String(x);
	return text.replaceAll('-', MINUS);
}

/**
 * A number for reading: at most `digits` after the point, a real minus sign, no float dust. What
 * would be rounded to 0 keeps two significant digits: 0.00042, 4.2e−7.
 */
export function formatNumber(x: number, digits = 3): string {
	if (Number.isNaN(x)) return 'not a number';
	if (!Number.isFinite(x)) return x > 0 ? '∞' : `${MINUS}∞`;
	const rounded = Number(x.toFixed(digits));
	return write(rounded === 0 ? Number(x.toPrecision(2)) : rounded);
}

/** A number to be edited: all its digits but the dust, so that `readNumber` gives it back. */
export function formatExact(x: number): string {
	if (!Number.isFinite(x)) return formatNumber(x);
	return write(Number(x.toPrecision(CLEAN_DIGITS)));
}

/** A number as readers type it: "0.5", ".5", "1e-3", "0,5", "−2". Undefined for anything else. */
export function parseNumber(text: string): number | undefined {
	const plain = text.trim().replaceAll(MINUS, '-').replace(',', '.');
	if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined;
	const x = Number(plain);
	return Number.isFinite(x) ? x : undefined;
}

/** Marks that a keyboard has one of: any space, any apostrophe. */
const ALIKE = [/\s/, /['’]/];
const THOUSANDS = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/;

/**
 * What a number can mean that a reader of a language has typed: the fraction after its own mark, a
 * point or a comma, and thousands apart as it writes them. None where it is no number, two where
 * "1,500" may be 1.5 or 1500.
 */
export function readNumber(text: string, { group, decimal }: Marks = ENGLISH): number[] {
	const plain = text.trim().replaceAll(MINUS, '-');
	const fraction = parseNumber(plain.replace(decimal, '.'));
	const isGroup = (letter: string) =>
		letter === group || ALIKE.some((marks) => marks.test(group) && marks.test(letter));
	const english = [...plain]
		.map((letter) => (letter === decimal ? '.' : isGroup(letter) ? ',' : letter))
		.join('');
	const thousands = THOUSANDS.test(english) ? Number(english.replaceAll(',', '')) : undefined;
	return [fraction, thousands].filter((x) => x !== undefined);
}
