import type { Engine } from './engine';

/** x = the embedding's row of each token. */
export function embed(
	{ floats, ints }: Engine,
	embedding: number,
	tokens: number,
	x: number,
	rows: number,
	width: number
): void {
	for (let row = 0; row < rows; row++) {
		const from = embedding + ints[tokens + row] * width;
		const to = x + row * width;
		for (let i = 0; i < width; i++) floats[to + i] = floats[from + i];
	}
}

/** Adds the gradient of each token's vector to the embedding's row of that token. */
export function embedBackward(
	{ floats, ints }: Engine,
	dEmbedding: number,
	tokens: number,
	dx: number,
	rows: number,
	width: number
): void {
	for (let row = 0; row < rows; row++) {
		const from = dx + row * width;
		const to = dEmbedding + ints[tokens + row] * width;
		for (let i = 0; i < width; i++) floats[to + i] += floats[from + i];
	}
}
