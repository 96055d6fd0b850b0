import type { Engine } from './engine';

/** A matrix of the model in an engine's memory: [outputs, inputs] row by row, and packed. */
export interface Matrix {
	weight: number;
	/** Transposed, in panels of 8 outputs: what x·Wᵀ reads in order. */
	packed: number;
	outputs: number;
	inputs: number;
}

/** Rows whose gradients are summed in one go: they stay in the cache nearest to the processor. */
const CHUNK = 64;

/** Numbers of memory that a packed matrix takes. */
export function packedSize(outputs: number, inputs: number): number {
	return ((outputs + 7) & ~7) * inputs;
}

/** Writes the packed form of a matrix that has changed; columns that fill the last panel are 0. */
export function packMatrix({ floats }: Engine, matrix: Matrix): void {
	const { weight, packed, outputs, inputs } = matrix;
	for (let output = 0; output < outputs; output++) {
		const from = weight + output * inputs;
		const to = packed + (output >> 3) * 8 * inputs + (output & 7);
		for (let i = 0; i < inputs; i++) floats[to + 8 * i] = floats[from + i];
	}
}

/** y = x·Wᵀ, or y += x·Wᵀ, for `rows` rows of x. */
export function linear(
	engine: Engine,
	{ packed, outputs, inputs }: Matrix,
	x: number,
	y: number,
	rows: number,
	accumulate: 0 | 1 = 0
): void {
	engine.matmul(x, inputs, 1, packed, 8, 8 * inputs, y, outputs, rows, outputs, inputs, accumulate);
}

/** dx = dy·W, or dx += dy·W. */
export function inputGradient(
	engine: Engine,
	{ weight, outputs, inputs }: Matrix,
	dy: number,
	dx: number,
	rows: number,
	accumulate: 0 | 1 = 0
): void {
	engine.matmul(dy, outputs, 1, weight, inputs, 8, dx, inputs, rows, inputs, outputs, accumulate);
}

/** dW += dyᵀ·x. */
export function weightGradient(
	engine: Engine,
	{ outputs, inputs }: Matrix,
	x: number,
	dy: number,
	dWeight: number,
	rows: number
): void {
	for (let row = 0; row < rows; row += CHUNK) {
		const count = Math.min(CHUNK, rows - row);
		const [a, b] = [dy + row * outputs, x + row * inputs];
		engine.matmul(a, 1, outputs, b, inputs, 8, dWeight, inputs, outputs, inputs, count, 1);
	}
}
