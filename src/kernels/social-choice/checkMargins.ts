/** How far margins[i][j] + margins[j][i] may be from 0, beside the largest margin. */
const ROUNDING = 1e-12;

/**
 * Refuses what is not a square antisymmetric matrix of finite numbers.
 *
 * Cost: O(n²). Throws RangeError in the name of the kernel that asks.
 */
export function checkMargins(kernel: string, margins: readonly (readonly number[])[]): void {
	const count = margins.length;
	if (count === 0) throw new RangeError(`${kernel}: margins must not be empty`);
	let largest = 0;
	for (let i = 0; i < count; i++) {
		if (margins[i].length !== count) {
			throw new RangeError(
				`${kernel}: margins[${i}] must have ${count} numbers, got ${margins[i].length}`
			);
		}
		for (let j = 0; j < count; j++) {
			if (!Number.isFinite(margins[i][j])) {
				throw new RangeError(`${kernel}: margins[${i}][${j}] must be finite, got ${margins[i][j]}`);
			}
			largest = Math.max(largest, Math.abs(margins[i][j]));
		}
	}
	for (let i = 0; i < count; i++) {
		for (let j = 0; j <= i; j++) {
			if (Math.abs(margins[i][j] + margins[j][i]) > ROUNDING * largest) {
				throw new RangeError(
					`${kernel}: margins[${i}][${j}] must be −margins[${j}][${i}], got ${margins[i][j]} and ${margins[j][i]}`
				);
			}
		}
	}
}
