const PUNCTUATION = /[!-/:-@[-`{-~]/g;
/** Whole words only; a letter with an accent is a letter, which \b does not know. */
const ARTICLES = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu;

/**
 * An answer as question answering compares it: lower case, without ASCII punctuation (what it separated
 * is joined: "well-known" becomes "wellknown"), without the words a, an and the, single spaces.
 *
 * Source: normalize_answer of Search-R1 (verl/utils/reward_score/qa_em.py at a14dc3a4), which is that of
 * the SQuAD evaluation.
 * Cost: O(length). Throws nothing.
 * Worked value: "An  Apple!" is "apple".
 */
export function normalizeAnswer(answer: string): string {
	return answer
		.toLowerCase()
		.replace(PUNCTUATION, '')
		.replace(ARTICLES, ' ')
		.split(/\s+/)
		.filter(Boolean)
		.join(' ');
}
