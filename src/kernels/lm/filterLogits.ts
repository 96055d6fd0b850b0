import type { Logits } from './largestLogit';
import { minP } from './minP';
import { temperature } from './temperature';
import { topK } from './topK';
import { topP } from './topP';
import { typical } from './typical';

/** What generation asks for, named as in TRL's GRPOConfig and Hugging Face's GenerationConfig. */
export interface SamplingSettings {
	/** Default 1: logits as they are. */
	temperature?: number;
	/** Default 0: no limit. */
	topK?: number;
	/** Default 1: no limit. */
	topP?: number;
	/** Default 0: no limit. */
	minP?: number;
	/** Default 1: no limit. */
	typicalP?: number;
}

/**
 * All filters in the order of Hugging Face's generate(): temperature, top-k, top-p, min-p, typical; each
 * sees what the ones before have left, and those at their default are skipped. In place; a softmax of
 * the result is the distribution to draw from.
 *
 * The order matters: a high temperature first spreads the mass, so that top-p then keeps more tokens.
 * llama.cpp by default takes the temperature last.
 *
 * Cost: O(V log V), no allocation when a scratch array of V numbers is given. Throws as the filters do.
 * Worked value: logits (2, 1, 0, −1) with temperature 2, topK 3, topP .8 become (1, .5, −Infinity, −Infinity).
 */
export function filterLogits(
	logits: Logits,
	settings: SamplingSettings,
	scratch = new Float64Array(logits.length)
): void {
	const { temperature: t = 1, topK: k = 0, topP: p = 1, minP: m = 0, typicalP = 1 } = settings;
	if (t !== 1) temperature(logits, t);
	if (k !== 0) topK(logits, k, scratch);
	if (p !== 1) topP(logits, p, { scratch });
	if (m !== 0) minP(logits, m);
	if (typicalP !== 1) typical(logits, typicalP, scratch);
}
