/**
 * Refuses a list that is not `count` long or, where asked, has a number that is NaN or infinite.
 *
 * Cost: O(count). Throws RangeError in the name of the kernel that asks.
 */
export function checkNumbers(
	kernel: string,
	name: string,
	xs: ArrayLike<number>,
	count: number,
	finite: boolean
): void {
	if (xs.length !== count) {
		throw new RangeError(`${kernel}: ${name} must be ${count} long, got ${xs.length}`);
	}
	for (let i = 0; i < count && finite; i++) {
		if (!Number.isFinite(xs[i])) {
			throw new RangeError(`${kernel}: ${name}[${i}] must be finite, got ${xs[i]}`);
		}
	}
}
