/**
 * Cosines and sines of the rotary angles, a row of headWidth numbers for each position: first
 * cos(position·θ_i), then sin(position·θ_i), with θ_i = ropeTheta^(−2i/headWidth), i < headWidth/2.
 *
 * Su et al., RoFormer, arXiv 2104.09864, eq. 15. Cost: O(positions·headWidth).
 */
export function rotaryTable(positions: number, headWidth: number, ropeTheta: number): Float32Array {
	const half = headWidth / 2;
	const table = new Float32Array(positions * headWidth);
	for (let position = 0; position < positions; position++) {
		for (let i = 0; i < half; i++) {
			const angle = position * ropeTheta ** (-i / half);
			table[position * headWidth + i] = Math.cos(angle);
			table[position * headWidth + half + i] = Math.sin(angle);
		}
	}
	return table;
}

/**
 * Turns queries or keys by their position, in place: in every head the pair (x_i, x_{i+half}) becomes
 *
 *     (x_i·cos − x_{i+half}·sin,  x_{i+half}·cos + x_i·sin)
 *
 * so that a query and a key meet at an angle that depends on their distance only. This is Hugging
 * Face's pairing (rotate_half); Llama's own code and DeepSeek's pair (x_{2i}, x_{2i+1}), the same
 * model with rows of the q and k matrices in another order. direction −1 turns back: the gradient of a
 * turned vector, turned back, is the gradient of the vector.
 *
 * Arguments are positions in memory (see Engine). Cost: O(rows·heads·headWidth), no allocation.
 */
export function rotary(
	floats: Float32Array,
	ints: Int32Array,
	x: number,
	stride: number,
	positions: number,
	table: number,
	rows: number,
	heads: number,
	headWidth: number,
	direction: 1 | -1
): void {
	const half = headWidth / 2;
	for (let row = 0; row < rows; row++) {
		const angles = table + ints[positions + row] * headWidth;
		for (let head = 0; head < heads; head++) {
			const at = x + row * stride + head * headWidth;
			for (let i = 0; i < half; i++) {
				const cos = floats[angles + i];
				const sin = direction * floats[angles + half + i];
				const first = floats[at + i];
				const second = floats[at + half + i];
				floats[at + i] = first * cos - second * sin;
				floats[at + half + i] = second * cos + first * sin;
			}
		}
	}
}
