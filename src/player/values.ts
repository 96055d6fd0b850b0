import type { Param, Schema, Value, Values } from '$widgets/contract';

/** The values that every parameter starts from. */
export function defaultValues<S extends Schema>(schema: S): Values<S> {
	return Object.fromEntries(
		Object.entries(schema).map(([name, param]) => [name, param.default])
	) as Values<S>;
}

interface NumberBounds {
	min: number;
	max: number;
}

export type Checked = { value: Value } | { expected: string };

function checkNumber(value: unknown, { min, max }: NumberBounds, whole = false): Checked {
	const fits =
		typeof value === 'number' &&
		value >= min &&
		value <= max &&
		(!whole || Number.isInteger(value));
	return fits ? { value } : { expected: `a ${whole ? 'whole ' : ''}number from ${min} to ${max}` };
}

/** How many a list may hold, in words. */
const counts = ({ minLength, maxLength }: { minLength: number; maxLength: number }) =>
	minLength === maxLength ? `${minLength}` : `${minLength} to ${maxLength}`;

/** Characters that text from an address must not hold: they are seen nowhere, or break a line. */
const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_BREAKS = /[^\P{Cc}\t\n]/u;

/** Whether a value fits its parameter; if not, what was expected, in words for the reader. */
export function checkValue(value: unknown, param: Param): Checked {
	switch (param.type) {
		case 'range':
			return checkNumber(value, param, param.whole);
		case 'stepper':
			return checkNumber(value, param, true);
		case 'choice':
			return typeof value === 'string' && Object.hasOwn(param.options, value)
				? { value }
				: { expected: `one of ${Object.keys(param.options).join(', ')}` };
		case 'switch':
			return typeof value === 'boolean' ? { value } : { expected: 'true or false' };
		case 'vector': {
			const expected = `${counts(param)} numbers from ${param.min} to ${param.max}`;
			const fits =
				Array.isArray(value) &&
				value.length >= param.minLength &&
				value.length <= param.maxLength &&
				value.every((item) => 'value' in checkNumber(item, param));
			return fits ? { value: value as number[] } : { expected };
		}
		case 'text': {
			const { maxLength, lines = 1 } = param;
			const fits =
				typeof value === 'string' &&
				value.length <= maxLength &&
				!(lines === 1 ? CONTROL : CONTROL_BUT_BREAKS).test(value);
			const expected = `${lines === 1 ? 'one line' : 'text'} of at most ${maxLength} characters`;
			return fits ? { value } : { expected };
		}
		case 'ranking': {
			const places = param.items.map((_, i) => i);
			const fits =
				Array.isArray(value) &&
				value.length === places.length &&
				places.every((place) => value.includes(place));
			const expected = `an order of the numbers 0 to ${places.length - 1}, each once`;
			return fits ? { value: value as number[] } : { expected };
		}
		case 'points': {
			const { min, max, minLength, maxLength, item } = param;
			const fits =
				Array.isArray(value) &&
				value.length % 2 === 0 &&
				value.length >= 2 * minLength &&
				value.length <= 2 * maxLength &&
				value.every((coordinate) => 'value' in checkNumber(coordinate, param));
			const expected = `x and y, from ${min} to ${max}, of each ${item} in turn (${counts(param)} of them)`;
			return fits ? { value: value as number[] } : { expected };
		}
	}
}

/** A value as it stands in a URL. */
export function encodeValue(value: Value): string {
	return Array.isArray(value) ? value.join(',') : String(value);
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function decodeNumber(text: string): number {
	return NUMBER.test(text.trim()) ? Number(text) : NaN;
}

/** The inverse of `encodeValue`; what does not fit its parameter comes back as what was expected. */
export function decodeValue(text: string, param: Param): Checked {
	switch (param.type) {
		case 'range':
		case 'stepper':
			return checkValue(decodeNumber(text), param);
		case 'switch':
			return checkValue(text === 'true' ? true : text === 'false' ? false : text, param);
		case 'vector':
		case 'ranking':
		case 'points':
			return checkValue(text === '' ? [] : text.split(',').map(decodeNumber), param);
		case 'choice':
		case 'text':
			return checkValue(text, param);
	}
}

export function sameValue(a: Value, b: Value): boolean {
	return Array.isArray(a) && Array.isArray(b)
		? a.length === b.length && a.every((item, i) => item === b[i])
		: a === b;
}
