/** Tokens of several completions, row-major, each row padded to the same length. */
export interface TokenBatch {
	/** Number of completions, B. */
	batch: number;
	/** Tokens per row, T, padding included. */
	length: number;
	/** log π of each token under the policy that is trained, B·T of them, in nats. */
	logProbs: ArrayLike<number>;
	/** log π_old under the policy that sampled. Default: logProbs, so that every ratio is 1. */
	oldLogProbs?: ArrayLike<number>;
	/** log π_ref under the reference, needed for a KL penalty. */
	refLogProbs?: ArrayLike<number>;
	/** One per completion, or one per token. */
	advantages: ArrayLike<number>;
	/** 1 for a token that counts, 0 for padding and for text that the policy did not write. Default: 1. */
	mask?: ArrayLike<number>;
}

/** The values themselves where they are Float64Array already. */
export function float64(values: ArrayLike<number>): Float64Array {
	return values instanceof Float64Array ? values : Float64Array.from(values);
}

/**
 * Throws RangeError, in the name of the kernel, for a batch whose lists do not fit its shape, for a
 * mask that is not 0 or 1, and for a value that is not finite on a token that counts. A library's
 * preset computes on with such values: `finite = false` leaves that last check out.
 *
 * Cost: O(B·T).
 */
export function checkTokenBatch(kernel: string, tokens: TokenBatch, finite: boolean): void {
	const { batch, length, advantages, mask } = tokens;
	for (const [name, value] of Object.entries({ batch, length })) {
		if (!Number.isInteger(value) || value < 1) {
			throw new RangeError(`${kernel}: ${name} must be a positive integer, got ${value}`);
		}
	}
	const size = batch * length;
	const { logProbs, oldLogProbs, refLogProbs } = tokens;
	const lists = { logProbs, oldLogProbs, refLogProbs, mask };
	for (const [name, values] of Object.entries(lists)) {
		if (values && values.length !== size) {
			throw new RangeError(
				`${kernel}: ${name} must have batch × length = ${size} values, got ${values.length}`
			);
		}
	}
	if (advantages.length !== batch && advantages.length !== size) {
		throw new RangeError(
			`${kernel}: advantages must have ${batch} (per completion) or ${size} (per token) values, got ${advantages.length}`
		);
	}
	for (let i = 0; mask && i < size; i++) {
		if (mask[i] !== 0 && mask[i] !== 1) {
			throw new RangeError(`${kernel}: mask[${i}] must be 0 or 1, got ${mask[i]}`);
		}
	}
	if (!finite) return;
	for (const [name, values] of Object.entries({ ...lists, advantages })) {
		const perRow = values && values.length < size ? length : 1;
		for (let i = 0; values && i < size; i++) {
			const value = values[Math.floor(i / perRow)];
			if (!Number.isFinite(value) && mask?.[i] !== 0) {
				throw new RangeError(
					`${kernel}: ${name}[${Math.floor(i / perRow)}] must be finite, got ${value}`
				);
			}
		}
	}
}
