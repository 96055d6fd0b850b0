function columns(name: string, weights: readonly Float64Array[]): Float64Array[] {
	if (weights.length === 0) {
		throw new RangeError(`${name}: weights must hold at least one client, got none`);
	}
	return Array.from(weights[0], (_, i) =>
		Float64Array.from(weights, (client, k) => {
			if (client.length !== weights[0].length) {
				throw new RangeError(
					`${name}: weights[${k}] must have ${weights[0].length} parameters, got ${client.length}`
				);
			}
			if (!Number.isFinite(client[i])) {
				throw new RangeError(`${name}: weights[${k}][${i}] must be finite, got ${client[i]}`);
			}
			return client[i];
		}).sort()
	);
}

/**
 * The median of each parameter over the clients, a server step that one wild client cannot move far.
 * Counts play no part: a client with 20 times the data has one vote.
 *
 * Reference: Flower's aggregate_median (there a NaN parameter makes that median NaN; here it throws).
 * Cost: O(parameters·clients·log clients). Throws RangeError for no clients, lengths that differ or
 * a parameter that is not finite.
 * Worked value: coordinateMedian([[1], [2], [100]]) = [2]; of an even number, the middle two's mean.
 */
export function coordinateMedian(weights: readonly Float64Array[]): Float64Array {
	return Float64Array.from(columns('coordinateMedian', weights), (sorted) => {
		const middle = sorted.length >> 1;
		return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	});
}

/**
 * The mean of each parameter after the lowest and highest ⌊cut·clients⌋ values are dropped.
 * Counts play no part.
 *
 * Reference: Flower's aggregate_trimmed_avg. Cost and errors as coordinateMedian; throws also unless
 * cut is in [0, .5).
 * Worked value: trimmedMean([[0], [1], [2], [3], [100]], .2) = [2].
 */
export function trimmedMean(weights: readonly Float64Array[], cut: number): Float64Array {
	if (!(cut >= 0 && cut < 0.5)) {
		throw new RangeError(`trimmedMean: cut must be in [0, .5), got ${cut}`);
	}
	return Float64Array.from(columns('trimmedMean', weights), (sorted) => {
		const dropped = Math.floor(cut * sorted.length);
		let sum = 0;
		for (let k = dropped; k < sorted.length - dropped; k++) sum += sorted[k];
		return sum / (sorted.length - 2 * dropped);
	});
}
