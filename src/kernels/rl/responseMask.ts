/**
 * Which tokens of each answer the loss counts: 1 up to and with the first end token, 0 after it. An
 * answer without one, cut off at the length limit, counts whole.
 *
 *     m_t = 1 if none of y_0 … y_{t−1} is an end token, else 0
 *
 * As TRL, which takes one end token, and verl's get_response_mask, which takes one or several. What a
 * tool wrote has to be masked besides.
 *
 * Cost: O(B·T). Throws RangeError for tokens that do not fill B rows.
 * Worked value: tokens (5, 2, 7, 2) with end token 2: (1, 1, 0, 0).
 */
export function responseMask(
	tokens: ArrayLike<number>,
	batch: number,
	endTokens: number | readonly number[]
): Uint8Array {
	if (!Number.isInteger(batch) || batch < 1 || tokens.length % batch !== 0) {
		throw new RangeError(
			`responseMask: batch must be a positive integer that divides the ${tokens.length} tokens, got ${batch}`
		);
	}
	const ends = new Set(typeof endTokens === 'number' ? [endTokens] : endTokens);
	const length = tokens.length / batch;
	const mask = new Uint8Array(tokens.length);
	for (let b = 0; b < batch; b++) {
		for (let i = b * length; i < (b + 1) * length; i++) {
			mask[i] = 1;
			if (ends.has(tokens[i])) break;
		}
	}
	return mask;
}
