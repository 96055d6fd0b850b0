import { blockForward } from './blockForward';
import type { Decoder } from './createDecoder';
import { embed } from './embedding';
import { linear } from './linear';

/**
 * One token further in each of `count` rows. Row i takes ints[tokens + i], a token at position
 * ints[positions + i] whose cache is slot ints[slots + i]; its key and value join the cache and its
 * logits for the token after it stand in row i of places.logits. `head` false leaves the logits out,
 * while all rows still read their prompts.
 *
 * The logits are those of forward on the whole row, to the last bit: sums run in the same order.
 * Cost: about 2·parameters operations a row, plus 4·layers·position·width for attention; no allocation.
 */
export function decodeStep(decoder: Decoder, count: number, head = true): void {
	const { config, capacity, engine, places } = decoder;
	const { width, heads, layers, normEpsilon } = config;
	const { weights, tokens, slots, positions, table, keys, values, scratch } = places;
	const { input, qkv, mixed, output, normed, inverse, logits } = places;
	const headWidth = width / heads;
	embed(engine, weights.embedding, tokens, input, count, width);
	for (let layer = 0; layer < layers; layer++) {
		const to = layer + 1 < layers ? input : output;
		blockForward(engine, config, weights.layers[layer], places, to, count, () => {
			engine.rotary(qkv, 3 * width, positions, table, count, 2 * heads, headWidth, 1);
			engine.attentionStep(
				qkv,
				keys[layer],
				values[layer],
				mixed,
				scratch,
				slots,
				positions,
				count,
				capacity,
				heads,
				headWidth
			);
		});
	}
	if (!head) return;
	engine.rmsNorm(output, weights.norm, normed, inverse, count, width, normEpsilon);
	linear(engine, weights.head, normed, logits, count);
}

/** Gives the caches of other slots what one slot's holds: rows that go on from the same prompt. */
export function copyCache(
	{ config, capacity, engine, places }: Decoder,
	from: number,
	to: number
): void {
	const size = capacity * config.width;
	for (const cache of [...places.keys, ...places.values]) {
		const source = cache + from * size;
		engine.floats.copyWithin(cache + to * size, source, source + size);
	}
}
