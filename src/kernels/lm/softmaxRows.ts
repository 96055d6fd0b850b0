/**
 * Softmax of the first `count` numbers of a row of attention scores, times `scale`, in place; what is
 * left of the last four becomes 0.
 */
export function softmaxRow(floats: Float32Array, row: number, count: number, scale: number): void {
	let largest = floats[row];
	for (let i = 1; i < count; i++) if (floats[row + i] > largest) largest = floats[row + i];
	let sum = 0;
	for (let i = 0; i < count; i++) {
		const weight = Math.exp((floats[row + i] - largest) * scale);
		floats[row + i] = weight;
		sum += weight;
	}
	const inverse = 1 / sum;
	for (let i = 0; i < count; i++) floats[row + i] *= inverse;
	for (let i = count; i % 4 !== 0; i++) floats[row + i] = 0;
}

/**
 * The policy of each row of logits (rows × width): probabilities = softmax(z), z =
 * inverseTemperature·logits, and in `statistics`, four numbers a row, what log-probability and entropy
 * are made of: the largest z, Σ exp(z − largest), and Σ p·(z − largest). The fourth is unused.
 *
 * Arguments are positions in `floats` (see Engine). Cost: O(rows·width), no allocation.
 */
export function softmaxRows(
	floats: Float32Array,
	logits: number,
	probabilities: number,
	statistics: number,
	rows: number,
	width: number,
	inverseTemperature: number
): void {
	for (let row = 0; row < rows; row++) {
		const from = logits + row * width;
		const to = probabilities + row * width;
		let largest = floats[from];
		for (let i = 1; i < width; i++) if (floats[from + i] > largest) largest = floats[from + i];
		let sum = 0;
		let mean = 0;
		for (let i = 0; i < width; i++) {
			const shifted = (floats[from + i] - largest) * inverseTemperature;
			const weight = Math.exp(shifted);
			floats[to + i] = weight;
			sum += weight;
			mean += weight * shifted;
		}
		for (let i = 0; i < width; i++) floats[to + i] /= sum;
		floats[statistics + 4 * row] = largest * inverseTemperature;
		floats[statistics + 4 * row + 1] = sum;
		floats[statistics + 4 * row + 2] = mean / sum;
	}
}

/** log π of a logit whose row has left its two first statistics; the same rounding wherever it is asked. */
export function rowLogProb(
	logit: number,
	inverseTemperature: number,
	largest: number,
	sum: number
) {
	return logit * inverseTemperature - largest - Math.log(sum);
}
