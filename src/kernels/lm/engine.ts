/**
 * The arithmetic of the model over one block of memory. Every tensor is a range of `floats`, given by
 * the index of its first number; `ints` is the same memory read as integers, for tokens and positions.
 * Both engines have the same operations with the same order of summation, so that all that is built
 * on them (forward, backward, generate) is written once.
 *
 * The memory must go on for 8 numbers behind every operand: rows are read eight at a time.
 */
export interface Engine {
	readonly name: 'typescript' | 'wasm';
	readonly floats: Float32Array;
	readonly ints: Int32Array;

	/**
	 * C = A·B, or C += A·B with accumulate = 1; C is m × n, k products a sum.
	 * A(i, p) stands at a + i·aRow + p·aColumn. B(p, j) at b + p·bRow + ⌊j/8⌋·bPanel + j mod 8: bPanel
	 * is 8 for a matrix that stands row by row, 8·k with bRow = 8 for one packed in panels of 8 columns.
	 * C(i, j) at c + i·cRow + j. Each sum goes over p in order, whatever the other sizes are.
	 */
	matmul(
		a: number,
		aRow: number,
		aColumn: number,
		b: number,
		bRow: number,
		bPanel: number,
		c: number,
		cRow: number,
		m: number,
		n: number,
		k: number,
		accumulate: 0 | 1
	): void;

	/** y = x·inverse·weight per row, inverse = 1/√(mean x² + epsilon), which is kept. */
	rmsNorm(
		x: number,
		weight: number,
		y: number,
		inverse: number,
		rows: number,
		width: number,
		epsilon: number
	): void;

	/** Adds to dx and dWeight what dy gives them. */
	rmsNormBackward(
		x: number,
		weight: number,
		inverse: number,
		dy: number,
		dx: number,
		dWeight: number,
		rows: number,
		width: number
	): void;

	/**
	 * Turns the pairs (i, i + headWidth/2) of each of `heads` heads by the angles of the row's position,
	 * in place; x has `stride` numbers a row, `table` a row of cosines and sines a position.
	 * direction −1 turns back, which is also what the gradient asks for.
	 */
	rotary(
		x: number,
		stride: number,
		positions: number,
		table: number,
		rows: number,
		heads: number,
		headWidth: number,
		direction: 1 | -1
	): void;

	/**
	 * Causal attention over each row of the batch from its start on. qkv is [batch, length, 3·width] with
	 * queries, keys, values side by side; weights [batch, heads, length, padded length], both axes counted
	 * from the row's start; out [batch, length, width], 0 before the start.
	 */
	attention(
		qkv: number,
		weights: number,
		out: number,
		scratch: number,
		starts: number,
		batch: number,
		length: number,
		heads: number,
		headWidth: number
	): void;

	/** dQkv from dOut, after attention. */
	attentionBackward(
		qkv: number,
		weights: number,
		dOut: number,
		dQkv: number,
		scratch: number,
		starts: number,
		batch: number,
		length: number,
		heads: number,
		headWidth: number
	): void;

	/**
	 * Attention of one new token in each of `rows` rows: its key and value go into the caches at the row's
	 * slot and position, its query looks at all positions so far.
	 * keys: [slot, head, headWidth, capacity], values: [slot, capacity, width].
	 */
	attentionStep(
		qkv: number,
		keys: number,
		values: number,
		out: number,
		scratch: number,
		slots: number,
		positions: number,
		rows: number,
		capacity: number,
		heads: number,
		headWidth: number
	): void;

	/** out = silu(gate) ∘ up; both stand side by side in gateUp, [rows, 2·hidden]. */
	swiglu(gateUp: number, out: number, rows: number, hidden: number): void;
	swigluBackward(gateUp: number, dOut: number, dGateUp: number, rows: number, hidden: number): void;

	/** GELU with tanh, of `count` numbers. */
	gelu(x: number, out: number, count: number): void;
	geluBackward(x: number, dOut: number, dX: number, count: number): void;

	/**
	 * probabilities = softmax(inverseTemperature·logits) per row; in statistics, four numbers a row: the
	 * largest scaled logit, Σ exp(z − largest), and the mean of z − largest under the probabilities.
	 */
	softmaxRows(
		logits: number,
		probabilities: number,
		statistics: number,
		rows: number,
		width: number,
		inverseTemperature: number
	): void;
}
