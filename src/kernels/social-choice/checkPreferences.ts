/** How far P(i ≻ j) + P(j ≻ i) may be from 1. */
const ROUNDING = 1e-9;

/**
 * Refuses what is not a square matrix of probabilities with P(i ≻ j) + P(j ≻ i) = 1, and so 1/2 on the
 * diagonal.
 *
 * Cost: O(n²). Throws RangeError in the name of the kernel that asks.
 */
export function checkPreferences(
	kernel: string,
	preferences: readonly (readonly number[])[]
): void {
	const count = preferences.length;
	if (count === 0) throw new RangeError(`${kernel}: preferences must not be empty`);
	preferences.forEach((row, i) => {
		if (row.length !== count) {
			throw new RangeError(
				`${kernel}: preferences[${i}] must have ${count} numbers, got ${row.length}`
			);
		}
		row.forEach((share, j) => {
			if (!(share >= 0 && share <= 1)) {
				throw new RangeError(`${kernel}: preferences[${i}][${j}] must be in [0, 1], got ${share}`);
			}
			if (!(Math.abs(share + preferences[j][i] - 1) <= ROUNDING)) {
				throw new RangeError(
					`${kernel}: preferences[${i}][${j}] and [${j}][${i}] must sum to 1, got ${share} and ${preferences[j][i]}`
				);
			}
		});
	});
}

/** Refuses a policy that is not `count` probabilities with a sum of 1; `positive` asks for all above 0. */
export function checkPolicy(
	kernel: string,
	name: string,
	policy: ArrayLike<number>,
	count: number,
	positive = false
): void {
	if (policy.length !== count) {
		throw new RangeError(`${kernel}: ${name} must have ${count} numbers, got ${policy.length}`);
	}
	let sum = 0;
	for (let i = 0; i < count; i++) {
		if (!(policy[i] >= 0 && policy[i] <= 1) || (positive && policy[i] === 0)) {
			throw new RangeError(
				`${kernel}: ${name}[${i}] must be ${positive ? 'above 0 and at most 1' : 'in [0, 1]'}, got ${policy[i]}`
			);
		}
		sum += policy[i];
	}
	if (!(Math.abs(sum - 1) <= ROUNDING)) {
		throw new RangeError(`${kernel}: ${name} must sum to 1, got ${sum}`);
	}
}
