/**
 * Throws RangeError, in the name of the kernel that was called, for a probability outside [0, 1] or a
 * sum other than 1 (to 1e−9).
 */
export function checkDistribution(
	kernel: string,
	name: string,
	probabilities: ArrayLike<number>
): void {
	let sum = 0;
	for (let i = 0; i < probabilities.length; i++) {
		const probability = probabilities[i];
		if (!(probability >= 0 && probability <= 1)) {
			throw new RangeError(`${kernel}: ${name}[${i}] must be in [0, 1], got ${probability}`);
		}
		sum += probability;
	}
	if (!(Math.abs(sum - 1) < 1e-9)) {
		throw new RangeError(`${kernel}: ${name} must sum to 1, got ${sum}`);
	}
}
