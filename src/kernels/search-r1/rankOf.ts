/** Where a document comes in a ranking; documents of equal score share their places. */
export interface Place {
	/** 1 for the best; 0 where the document shares no word with the query. */
	first: number;
	/** The last of the places that it shares with its equals. */
	last: number;
}

/** Scores this near count as equal: what rounding can do to sums of the same numbers. */
const EQUAL = 1e-12;

/**
 * The places that a document may take when documents of equal score are drawn in any order.
 *
 *     first = 1 + #{scores above},   last = #{scores not below}
 *
 * Cost: O(documents). Throws RangeError for a document that is not there.
 * Worked value: scores (2, 1, 1), document 1: places 2 to 3.
 */
export function rankOf(scores: readonly number[], document: number): Place {
	const score = scores[document];
	if (score === undefined) {
		throw new RangeError(`rankOf: document must be in 0 … ${scores.length - 1}, got ${document}`);
	}
	if (score <= 0) return { first: 0, last: 0 };
	const above = scores.filter((other) => other > score + EQUAL).length;
	const notBelow = scores.filter((other) => other >= score - EQUAL).length;
	return { first: above + 1, last: notBelow };
}
