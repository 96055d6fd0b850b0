/**
 * SwiGLU of each row: out = silu(gate) ∘ up with silu(g) = g/(1 + e^−g); gate and up stand side by
 * side in gateUp, [rows, 2·hidden]. Shazeer, arXiv 2002.05202, eq. 6.
 *
 * Arguments are positions in `floats` (see Engine). Cost: O(rows·hidden), no allocation.
 */
export function swiglu(
	floats: Float32Array,
	gateUp: number,
	out: number,
	rows: number,
	hidden: number
): void {
	for (let row = 0; row < rows; row++) {
		const gate = gateUp + row * 2 * hidden;
		const to = out + row * hidden;
		for (let i = 0; i < hidden; i++) {
			const g = floats[gate + i];
			floats[to + i] = (g / (1 + Math.exp(-g))) * floats[gate + hidden + i];
		}
	}
}

/** dGate = dOut·up·σ(g)·(1 + g·(1 − σ(g))), dUp = dOut·silu(g), into dGateUp. */
export function swigluBackward(
	floats: Float32Array,
	gateUp: number,
	dOut: number,
	dGateUp: number,
	rows: number,
	hidden: number
): void {
	for (let row = 0; row < rows; row++) {
		const gate = gateUp + row * 2 * hidden;
		const to = dGateUp + row * 2 * hidden;
		for (let i = 0; i < hidden; i++) {
			const g = floats[gate + i];
			const d = floats[dOut + row * hidden + i];
			const sigmoid = 1 / (1 + Math.exp(-g));
			floats[to + i] = d * floats[gate + hidden + i] * sigmoid * (1 + g * (1 - sigmoid));
			floats[to + hidden + i] = d * g * sigmoid;
		}
	}
}

/** 2·√(2/π): gelu(x) ≈ x·σ(2·√(2/π)·(x + 0.044715·x³)), as ½(1 + tanh u) = σ(2u). */
const SLOPE = 2 * Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;

/**
 * GELU by its tanh form, GPT-2's: out = ½x·(1 + tanh(√(2/π)·(x + 0.044715·x³))), within 5e−4 of
 * x·Φ(x). Hendrycks and Gimpel, arXiv 1606.08415. PyTorch's default is the exact form.
 *
 * Cost: O(count), no allocation. Worked value: gelu(1) ≈ 0.841192 (exact form: 0.841345).
 */
export function gelu(floats: Float32Array, x: number, out: number, count: number): void {
	for (let i = 0; i < count; i++) {
		const value = floats[x + i];
		const inner = SLOPE * (value + CUBIC * value * value * value);
		floats[out + i] = value / (1 + Math.exp(-inner));
	}
}

/** dX = dOut·(σ + x·σ·(1 − σ)·2·√(2/π)·(1 + 3·0.044715·x²)). */
export function geluBackward(
	floats: Float32Array,
	x: number,
	dOut: number,
	dX: number,
	count: number
): void {
	for (let i = 0; i < count; i++) {
		const value = floats[x + i];
		const square = value * value;
		const sigmoid = 1 / (1 + Math.exp(-SLOPE * (value + CUBIC * square * value)));
		const slope = SLOPE * (1 + 3 * CUBIC * square);
		floats[dX + i] = floats[dOut + i] * (sigmoid + value * sigmoid * (1 - sigmoid) * slope);
	}
}
