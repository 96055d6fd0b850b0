/** Text to token numbers and back, over a fixed vocabulary. Names are Hugging Face's. */
export interface Tokenizer {
	/** The text of each token: <pad>, <bos>, <eos>, then the tags, then the characters. */
	readonly vocabulary: readonly string[];
	readonly vocabSize: number;
	readonly padTokenId: number;
	readonly bosTokenId: number;
	readonly eosTokenId: number;
	/** One number a token. Throws RangeError for characters that are no token, naming them all. */
	encode(text: string): number[];
	/**
	 * The text of the tokens. `skipSpecialTokens` leaves out <pad>, <bos> and <eos>; tags are text.
	 * Throws RangeError for a number outside the vocabulary.
	 */
	decode(ids: ArrayLike<number>, options?: { skipSpecialTokens?: boolean }): string;
}

const SPECIAL = ['<pad>', '<bos>', '<eos>'];

/**
 * A tokenizer with one token a character of the alphabet and one a tag such as `<think>`, so that a
 * model of a few thousand parameters spends one prediction on a tag, not seven.
 *
 * A token is written in one way only: no token is the beginning of another. So decode(encode(text)) is
 * the text and encode(decode(ids)) are the ids, always. <pad> is 0, which fills a batch with zeros.
 *
 * Cost: encode and decode are linear in the text (times the few tags that share a first character).
 * Throws RangeError for a token that is empty, stands twice or begins another.
 * Worked value: alphabet '01+', tag '<think>': '<think>0+1' is [3, 4, 6, 5].
 */
export function createTokenizer(alphabet: string, tags: readonly string[] = []): Tokenizer {
	const vocabulary = [...SPECIAL, ...tags, ...alphabet];
	for (const [i, token] of vocabulary.entries()) {
		const clash = vocabulary.findIndex((other, j) => i !== j && other.startsWith(token));
		if (clash >= 0) {
			throw new RangeError(
				`createTokenizer: no token must be the beginning of another, got "${token}" and "${vocabulary[clash]}"`
			);
		}
	}
	const byFirstCharacter = new Map<string, number[]>();
	for (const [id, token] of vocabulary.entries()) {
		const [first] = token;
		byFirstCharacter.set(first, [...(byFirstCharacter.get(first) ?? []), id]);
	}
	return {
		vocabulary,
		vocabSize: vocabulary.length,
		padTokenId: 0,
		bosTokenId: 1,
		eosTokenId: 2,
		encode(text) {
			const ids: number[] = [];
			const unknown = new Set<string>();
			for (let at = 0; at < text.length;) {
				const character = String.fromCodePoint(text.codePointAt(at)!);
				const id = byFirstCharacter
					.get(character)
					?.find((candidate) => text.startsWith(vocabulary[candidate], at));
				if (id === undefined) unknown.add(character);
				else ids.push(id);
				at += id === undefined ? character.length : vocabulary[id].length;
			}
			if (unknown.size > 0) {
				throw new RangeError(
					`encode: every character must be in the vocabulary, got ${[...unknown].map((c) => JSON.stringify(c)).join(', ')}`
				);
			}
			return ids;
		},
		decode(ids, { skipSpecialTokens = false } = {}) {
			let text = '';
			for (let i = 0; i < ids.length; i++) {
				const token = vocabulary[ids[i]];
				if (token === undefined) {
					throw new RangeError(
						`decode: ids[${i}] must be an integer in 0 … ${vocabulary.length - 1}, got ${ids[i]}`
					);
				}
				if (!(skipSpecialTokens && ids[i] < SPECIAL.length)) text += token;
			}
			return text;
		}
	};
}
