/**
 * Root mean square norm of each row of x (rows × width) into y:
 *
 *     y = x · inverse · weight,   inverse = 1 / √(mean x² + epsilon)
 *
 * Zhang and Sennrich, arXiv 1910.07467, eq. 4, with epsilon inside the root as in Llama. `inverse` is
 * kept, one number a row, for the way back. Arguments are positions in `floats` (see Engine).
 *
 * Cost: O(rows·width), no allocation.
 * Worked value: (0.5, −1, 2, 3), weight 1, epsilon 1e−6: (0.26491, −0.52981, 1.05963, 1.58944).
 */
export function rmsNorm(
	floats: Float32Array,
	x: number,
	weight: number,
	y: number,
	inverse: number,
	rows: number,
	width: number,
	epsilon: number
): void {
	for (let row = 0; row < rows; row++) {
		const from = x + row * width;
		const to = y + row * width;
		let squares = 0;
		for (let i = 0; i < width; i++) squares += floats[from + i] * floats[from + i];
		const scale = 1 / Math.sqrt(squares / width + epsilon);
		floats[inverse + row] = scale;
		for (let i = 0; i < width; i++) floats[to + i] = floats[from + i] * scale * floats[weight + i];
	}
}

/**
 * Adds to dx and dWeight what the gradient dy of rmsNorm's output gives them:
 *
 *     dx += inverse·(weight·dy − x·inverse²·mean(weight·dy·x)),   dWeight += Σ_rows dy·x·inverse
 */
export function rmsNormBackward(
	floats: Float32Array,
	x: number,
	weight: number,
	inverse: number,
	dy: number,
	dx: number,
	dWeight: number,
	rows: number,
	width: number
): void {
	for (let row = 0; row < rows; row++) {
		const at = row * width;
		const scale = floats[inverse + row];
		let dot = 0;
		for (let i = 0; i < width; i++) {
			dot += floats[weight + i] * floats[dy + at + i] * floats[x + at + i];
		}
		const pull = (dot / width) * scale * scale;
		for (let i = 0; i < width; i++) {
			const value = floats[x + at + i];
			const d = floats[dy + at + i];
			floats[dx + at + i] += scale * (floats[weight + i] * d - value * pull);
			floats[dWeight + i] += d * value * scale;
		}
	}
}
