/** A text to train on: its prompt, its completion, and which of the completion's tokens count. */
export interface Sequence {
	promptIds: readonly number[];
	ids: readonly number[];
	mask: readonly number[];
}

/** Sequences side by side, as forward and policyLoss take them: flat, [batch × length]. */
export interface PackedBatch {
	batch: number;
	length: number;
	/** Padded on the right with 0, which no loss looks at. */
	tokens: Int32Array;
	/** The token after each, −1 where it is no part of a completion. */
	targets: Int32Array;
	/** 1 where the target counts. */
	mask: Float64Array;
	/** Where each row's completion has its first target. */
	starts: Int32Array;
}

/**
 * Lays sequences into rows of one length. The logits at a position are for the token after it, so the
 * first token of a completion is the target of its prompt's last position.
 *
 * Rows beyond the sequences stay empty. Cost: O(batch·length). Throws RangeError where a sequence is
 * longer than a row or there are more of them than rows.
 */
export function packBatch(
	sequences: readonly Sequence[],
	batch: number,
	length: number
): PackedBatch {
	if (sequences.length > batch) {
		throw new RangeError(
			`packBatch: batch must hold the ${sequences.length} sequences, got ${batch}`
		);
	}
	const tokens = new Int32Array(batch * length);
	const targets = new Int32Array(batch * length).fill(-1);
	const mask = new Float64Array(batch * length);
	const starts = new Int32Array(batch);
	sequences.forEach(({ promptIds, ids, mask: counts }, row) => {
		if (promptIds.length + ids.length > length) {
			throw new RangeError(
				`packBatch: length must hold sequence ${row} of ${promptIds.length + ids.length} tokens, got ${length}`
			);
		}
		const at = row * length;
		tokens.set(promptIds, at);
		tokens.set(ids, at + promptIds.length);
		starts[row] = promptIds.length - 1;
		targets.set(ids, at + starts[row]);
		mask.set(counts, at + starts[row]);
	});
	return { batch, length, tokens, targets, mask, starts };
}

/** The numbers of a flat [batch × length] array at the completion's tokens, one row a sequence. */
export function completionRows(
	{ length, starts }: Pick<PackedBatch, 'length' | 'starts'>,
	sequences: readonly Pick<Sequence, 'ids'>[],
	flat: ArrayLike<number>
): number[][] {
	return sequences.map(({ ids }, row) => ids.map((_, t) => flat[row * length + starts[row] + t]));
}

/** The inverse of completionRows: 0 everywhere else. */
export function flatten(
	{ batch, length, starts }: Pick<PackedBatch, 'batch' | 'length' | 'starts'>,
	rows: readonly (readonly number[])[]
): Float64Array {
	const flat = new Float64Array(batch * length);
	rows.forEach((row, i) => flat.set(row, i * length + starts[i]));
	return flat;
}
