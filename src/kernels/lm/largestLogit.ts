export type Logits = Float32Array | Float64Array;

/**
 * The largest logit, which must be finite: with a NaN, +Infinity or nothing but −Infinity there is no
 * distribution to sample from. Hugging Face's filters let such logits through and the draw fails later.
 *
 * Cost: O(vocabulary). Throws RangeError in the caller's name.
 */
export function largestLogit(caller: string, logits: Logits): number {
	let largest = -Infinity;
	for (let i = 0; i < logits.length; i++) {
		if (Number.isNaN(logits[i]) || logits[i] === Infinity) {
			throw new RangeError(`${caller}: logits[${i}] must be below Infinity, got ${logits[i]}`);
		}
		if (logits[i] > largest) largest = logits[i];
	}
	if (largest === -Infinity) {
		throw new RangeError(
			`${caller}: logits must have a finite value, got ${logits.length === 0 ? 'none at all' : '−Infinity alone'}`
		);
	}
	return largest;
}
