import { cosineSimilarity } from './cosineSimilarity';

export interface Match {
	/** Position among the stored vectors. */
	position: number;
	similarity: number;
}

/**
 * The k stored vectors with the highest cosine to the query, best first; of equals the earlier.
 *
 * Cost O(stored · n + stored log stored). Throws RangeError for k that is no positive integer, and as
 * cosineSimilarity does. With fewer than k stored, all are returned.
 * Worked value: query (1, 0), stored (0, 1), (2, 1), (5, 0), k = 2: positions 2 and 1.
 */
export function mostSimilar(
	query: readonly number[],
	stored: readonly (readonly number[])[],
	k: number
): Match[] {
	if (!Number.isInteger(k) || k < 1) {
		throw new RangeError(`mostSimilar: k must be a positive integer, got ${k}`);
	}
	return stored
		.map((vector, position) => ({ position, similarity: cosineSimilarity(query, vector) }))
		.sort((a, b) => b.similarity - a.similarity || a.position - b.position)
		.slice(0, k);
}
