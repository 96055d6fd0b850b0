/** What BM25 needs of a collection: how often each word stands in each document, and how long each is. */
export interface Bm25Index {
	/** Words of each document and how often each stands there. */
	counts: readonly ReadonlyMap<string, number>[];
	/** In how many documents each word stands. */
	documentFrequency: ReadonlyMap<string, number>;
	/** Words in each document. */
	lengths: readonly number[];
	/** Their mean. */
	meanLength: number;
}

export interface Bm25Options {
	/** How slowly repeats of a word saturate, ≥ 0; at 0 a word counts once. Lucene's default: 1.2. */
	k1?: number;
	/** How far a document's length counts, 0 to 1. Default: 0.75. */
	b?: number;
	/**
	 * Whose formula. 'lucene': idf is never negative, no factor k1 + 1. 'rank_bm25': BM25Okapi of that
	 * Python library, with the factor, and idf below 0 replaced by ε of the mean idf.
	 */
	library?: 'lucene' | 'rank_bm25';
}

export interface Bm25Scores {
	/** One a document. */
	scores: number[];
	/** What each query word adds to each document's score: [word][document]. */
	contributions: number[][];
	/** The query's words, in order, repeats included. */
	words: string[];
	/** idf of each of them; 0 for a word that stands nowhere. */
	idf: number[];
}

/** rank_bm25's share of the mean idf that a word gets whose own would be negative. */
const EPSILON = 0.25;

/** Lower-case runs of letters and digits. No stemming, no stop words: "flow" is not "flows". */
export function splitWords(text: string): string[] {
	return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * Counts the words of each document, for `bm25`.
 *
 * Cost: O(words). Throws RangeError for no documents or no words in any.
 * Worked value: ["a b", "b"]: b stands in 2 documents, mean length 1.5.
 */
export function indexDocuments(documents: readonly string[]): Bm25Index {
	const counts: Map<string, number>[] = [];
	const documentFrequency = new Map<string, number>();
	const lengths: number[] = [];
	for (const document of documents) {
		const words = splitWords(document);
		const own = new Map<string, number>();
		for (const word of words) own.set(word, (own.get(word) ?? 0) + 1);
		for (const word of own.keys()) {
			documentFrequency.set(word, (documentFrequency.get(word) ?? 0) + 1);
		}
		counts.push(own);
		lengths.push(words.length);
	}
	const total = lengths.reduce((sum, length) => sum + length, 0);
	if (total === 0) {
		throw new RangeError(
			`indexDocuments: documents must hold at least one word, got ${documents.length} without any`
		);
	}
	return { counts, documentFrequency, lengths, meanLength: total / documents.length };
}

function inverseFrequency(index: Bm25Index, words: readonly string[], lucene: boolean): number[] {
	const { documentFrequency, counts } = index;
	const raw = (df: number) => (counts.length - df + 0.5) / (df + 0.5);
	if (lucene) {
		return words.map((word) => {
			const df = documentFrequency.get(word);
			return df === undefined ? 0 : Math.log1p(raw(df));
		});
	}
	let sum = 0;
	for (const df of documentFrequency.values()) sum += Math.log(raw(df));
	const floor = (EPSILON * sum) / documentFrequency.size;
	return words.map((word) => {
		const df = documentFrequency.get(word);
		if (df === undefined) return 0;
		const idf = Math.log(raw(df));
		return idf < 0 ? floor : idf;
	});
}

/**
 * Okapi BM25: how well each document answers a query, by the words that they share.
 *
 *     score(q, d) = Σ_{w in q} idf(w) · f / (f + k1·(1 − b + b·|d|/mean length))     f: count of w in d
 *     idf(w) = log(1 + (N − df + 0.5)/(df + 0.5))                                     Lucene 8 and later
 *
 * A rare word counts more, a repeated one ever less, a long document's words less. A word that stands in
 * no document adds nothing, however close in meaning. rank_bm25 0.2.2 (BM25Okapi) multiplies by k1 + 1 and
 * takes idf = log((N − df + 0.5)/(df + 0.5)), held above 0 by a floor. Both rank alike but for words in more
 * than half the documents. A query's repeats count each.
 *
 * Source: Robertson and Zaragoza, The Probabilistic Relevance Framework (2009); Lucene's BM25Similarity.
 * Cost: O(query · documents). Throws RangeError for k1 < 0 or b outside [0, 1].
 * Worked value: documents "a b", "b", query "a", k1 = 1.2, b = 0: log 2 / 2.2 = 0.315067 and 0.
 */
export function bm25(
	index: Bm25Index,
	query: string,
	{ k1 = 1.2, b = 0.75, library = 'lucene' }: Bm25Options = {}
): Bm25Scores {
	if (!(k1 >= 0 && k1 < Infinity)) {
		throw new RangeError(`bm25: k1 must be finite and ≥ 0, got ${k1}`);
	}
	if (!(b >= 0 && b <= 1)) throw new RangeError(`bm25: b must be in [0, 1], got ${b}`);
	const words = splitWords(query);
	const lucene = library === 'lucene';
	const idf = inverseFrequency(index, words, lucene);
	const scores = new Array<number>(index.counts.length).fill(0);
	const contributions = words.map((word, q) =>
		index.counts.map((counts, d) => {
			const count = counts.get(word);
			if (count === undefined) return 0;
			const room = k1 * (1 - b + (b * index.lengths[d]) / index.meanLength);
			const added = (idf[q] * count * (lucene ? 1 : k1 + 1)) / (count + room);
			scores[d] += added;
			return added;
		})
	);
	return { scores, contributions, words, idf };
}

/** Documents that share a word with the query, best first; of equals the earlier. At most k of them. */
export function topDocuments(scores: readonly number[], k: number): number[] {
	return scores
		.map((_, d) => d)
		.filter((d) => scores[d] > 0)
		.sort((a, b) => scores[b] - scores[a] || a - b)
		.slice(0, k);
}
