/** Mean and deviation (over n) of each entry of some vectors. */
export interface Standards {
	means: number[];
	deviations: number[];
}

/**
 * Mean and deviation of each feature over the stored vectors. An entry that never changes gets the
 * deviation 1, so that it counts for nothing.
 *
 * Cost O(vectors · n). Throws RangeError for no vectors.
 * Worked value: (0, 5) and (2, 5): means (1, 5), deviations (1, 1).
 */
export function standardsOf(vectors: readonly (readonly number[])[]): Standards {
	if (vectors.length === 0) throw new RangeError('standardsOf: vectors must not be empty');
	const means = vectors[0].map(
		(_, i) => vectors.reduce((sum, vector) => sum + vector[i], 0) / vectors.length
	);
	const deviations = means.map((mean, i) => {
		const squares = vectors.reduce((sum, vector) => sum + (vector[i] - mean) ** 2, 0);
		return Math.sqrt(squares / vectors.length) || 1;
	});
	return { means, deviations };
}

/** (x − mean) / deviation, entry by entry: free of units. */
export function standardise(vector: readonly number[], { means, deviations }: Standards): number[] {
	return vector.map((x, i) => (x - means[i]) / deviations[i]);
}
