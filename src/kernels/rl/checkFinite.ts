/** Throws RangeError, in the name of the kernel that was called, for a value that is NaN or ±∞. */
export function checkFinite(kernel: string, name: string, values: readonly number[]): void {
	const bad = values.findIndex((value) => !Number.isFinite(value));
	if (bad >= 0) {
		throw new RangeError(`${kernel}: ${name}[${bad}] must be finite, got ${values[bad]}`);
	}
}
