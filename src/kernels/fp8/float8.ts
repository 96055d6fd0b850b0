/** A floating-point format of 8 bits: sign, exponent, mantissa. */
export interface Float8 {
	exponentBits: number;
	mantissaBits: number;
	/** The largest finite number. */
	max: number;
}

/**
 * The two formats of Micikevicius et al., FP8 Formats for Deep Learning, arXiv 2209.05433. e4m3 has no
 * infinity, and only all ones behind the sign is NaN; e5m2 keeps the top exponent for both, as IEEE 754.
 */
export const float8 = {
	e4m3: { exponentBits: 4, mantissaBits: 3, max: 448 },
	e5m2: { exponentBits: 5, mantissaBits: 2, max: 57_344 }
} as const satisfies Record<string, Float8>;

export type Float8Name = keyof typeof float8;

/** What is taken from a stored exponent: 7 in e4m3, 15 in e5m2. */
const biasOf = ({ exponentBits }: Float8) => 2 ** (exponentBits - 1) - 1;

function checkByte(name: string, byte: number): void {
	if (!(Number.isInteger(byte) && byte >= 0 && byte <= 255)) {
		throw new RangeError(`${name}: byte must be an integer in 0 … 255, got ${byte}`);
	}
}

/**
 * The number that a byte stands for.
 *
 *     (−1)^s · 2^(e − bias) · (1 + m / 2^M)     e > 0
 *     (−1)^s · 2^(1 − bias) · m / 2^M           e = 0: subnormal, evenly spaced down to 0
 *
 * Cost: O(1). Throws RangeError for a byte that is not one.
 * Worked value: decodeFloat8(0x7e, 'e4m3') = 448, decodeFloat8(0x01, 'e4m3') = 2^−9.
 */
export function decodeFloat8(byte: number, name: Float8Name): number {
	checkByte('decodeFloat8', byte);
	const format: Float8 = float8[name];
	const steps = 2 ** format.mantissaBits;
	const sign = byte >= 128 ? -1 : 1;
	const exponent = (byte & 127) >> format.mantissaBits;
	const mantissa = byte & (steps - 1);
	const top = 2 ** format.exponentBits - 1;
	if (exponent === top && name === 'e5m2') return mantissa === 0 ? sign * Infinity : NaN;
	if (exponent === top && mantissa === steps - 1) return NaN;
	return exponent === 0
		? sign * 2 ** (1 - biasOf(format)) * (mantissa / steps)
		: sign * 2 ** (exponent - biasOf(format)) * (1 + mantissa / steps);
}

/**
 * The byte of the nearest number of the format, of two equally near the one with an even mantissa.
 * What rounds to more than the largest finite number becomes NaN in e4m3 and ±∞ in e5m2, or with
 * `saturate` that largest number, as NVIDIA's satfinite conversions do.
 *
 * Cost: O(1). Throws nothing: NaN is 0x7f.
 * Worked value: encodeFloat8(0.3, 'e4m3') = 0x2a, which is 0.3125.
 */
export function encodeFloat8(value: number, name: Float8Name, saturate = false): number {
	if (Number.isNaN(value)) return 0x7f;
	const format: Float8 = float8[name];
	const bias = biasOf(format);
	const steps = 2 ** format.mantissaBits;
	const sign = value < 0 || Object.is(value, -0) ? 128 : 0;
	const size = Math.abs(value);
	const largest = encodeFinite(format.max, bias, steps);
	const code = size === Infinity ? Infinity : encodeFinite(size, bias, steps);
	if (code <= largest) return sign + code;
	if (saturate) return sign + largest;
	return sign + (name === 'e5m2' ? 0x7c : 0x7f);
}

/** Codes count the numbers from 0 upward, so a mantissa that rounds up to 2 carries into the exponent. */
function encodeFinite(size: number, bias: number, steps: number): number {
	const exponent = Math.max(floorLog2(size), 1 - bias);
	const inSteps = roundHalfEven((size / 2 ** exponent) * steps);
	return (exponent + bias - 1) * steps + inSteps;
}

/** Exact, where log2 is only near: 2^k has its own k. */
function floorLog2(size: number): number {
	if (size === 0) return -Infinity;
	let exponent = Math.floor(Math.log2(size));
	if (2 ** exponent > size) exponent--;
	else if (2 ** (exponent + 1) <= size) exponent++;
	return exponent;
}

function roundHalfEven(x: number): number {
	const below = Math.floor(x);
	const rest = x - below;
	return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
