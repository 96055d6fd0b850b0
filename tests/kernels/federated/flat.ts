export type Nested = number | string | readonly Nested[];

/** Layers of numbers as one flat vector; the reference writes non-finite numbers as strings. */
export function flat(value: Nested): Float64Array {
	const numbers: number[] = [];
	const add = (part: Nested) => {
		if (typeof part === 'number' || typeof part === 'string') numbers.push(Number(part));
		else part.forEach(add);
	};
	add(value);
	return Float64Array.from(numbers);
}
