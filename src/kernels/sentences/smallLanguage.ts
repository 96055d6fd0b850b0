import { createTokenizer } from '../lm/tokenizer';

/** Each place of a sentence with its words and how often each is taken, independently of the others. */
const PLACES: readonly Readonly<Record<string, number>>[] = [
	{ 'the cat': 0.4, 'the crow': 0.2, 'a dog': 0.25, 'a duck': 0.15 },
	{ ' likes': 0.4, ' sees': 0.35, ' seeks': 0.15, ' fears': 0.1 },
	{ ' the moon': 0.4, ' the mouse': 0.3, ' a map': 0.2, ' a mill': 0.1 }
];

/** One token a character. */
export const languageTokenizer = createTokenizer('abcdefghijklmnopqrstuvwxyz .');

/** Tokens of the longest sentence with <bos> and <eos>. */
export const LONGEST_SENTENCE = 27;

export interface Sentence {
	text: string;
	probability: number;
}

/**
 * A language of 64 sentences, subject, verb and object, whose every probability is known: what a model
 * that is trained on it should come to.
 *
 * The probability of a sentence is the product over its three places. All probabilities of one
 * character after another follow by summing sentences, see `nextInLanguage`.
 *
 * Worked value: "the cat likes the moon." has 0.4³ = 0.064.
 */
export const sentences: readonly Sentence[] = PLACES.reduce<Sentence[]>(
	(begun, words) =>
		begun.flatMap(({ text, probability }) =>
			Object.entries(words).map(([word, share]) => ({
				text: text + word,
				probability: probability * share
			}))
		),
	[{ text: '', probability: 1 }]
).map(({ text, probability }) => ({ text: `${text}.`, probability }));

/**
 * The language's own distribution over the next token after a text, [vocabSize]; undefined where no
 * sentence begins so. After a whole sentence it is <eos>.
 *
 * Cost: O(sentences · length). Throws nothing.
 * Worked value: after "the c" it is "a" with 2/3 and "r" with 1/3.
 */
export function nextInLanguage(text: string): Float64Array | undefined {
	const { vocabSize, eosTokenId, encode } = languageTokenizer;
	const next = new Float64Array(vocabSize);
	for (const sentence of sentences) {
		if (!sentence.text.startsWith(text)) continue;
		const rest = sentence.text.slice(text.length);
		next[rest === '' ? eosTokenId : encode(rest[0])[0]] += sentence.probability;
	}
	const total = next.reduce((sum, p) => sum + p, 0);
	return total === 0 ? undefined : next.map((p) => p / total);
}
