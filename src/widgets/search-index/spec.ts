import { print } from '$kernels/describe/print';
import { bm25, indexDocuments, topDocuments } from '$kernels/retrieval/bm25';
import { rankOf, type Place } from '$kernels/search-r1/rankOf';
import { DOCUMENTS, QUESTIONS } from '$kernels/search-r1/world';
import { defineWidget } from '$widgets/contract';

const index = indexDocuments(DOCUMENTS);
/** The first four questions, all about Orlem. */
const ASKED = ['river', 'makes', 'lake', 'material'] as const;
const question = (asked: (typeof ASKED)[number]) => QUESTIONS[ASKED.indexOf(asked)];
const SHOWN = 5;
const ROLES = ['a', 'b', 'c'] as const;

const evidence = {
	test: 'tests/kernels/retrieval/bm25.test.ts',
	against: 'bm25s (Lucene’s formula) and rank_bm25, 72 queries',
	tolerance: '1e-11'
};
const rankEvidence = {
	test: 'tests/kernels/search-r1/world.test.ts',
	against: 'counting by hand',
	tolerance: 'none: counts'
};

export const spec = defineWidget({
	name: 'search-index',
	version: 1,
	title: 'Which words find the document you need?',
	paper: '13-search-r1',
	params: {
		query: {
			type: 'text',
			label: 'Search for',
			default: 'Into which lake does the river of Orlem flow?',
			maxLength: 80
		},
		asked: {
			type: 'choice',
			label: 'To answer',
			options: {
				river: 'On which river does Orlem stand?',
				makes: 'What do the people of Orlem make?',
				lake: 'Into which lake does the river of Orlem flow?',
				material: 'From what do the people of Orlem make what they make?'
			},
			default: 'lake'
		},
		k1: {
			type: 'range',
			label: 'Room for repeats',
			symbol: 'k_1',
			help: 'At 0 a word counts once, however often a document has it.',
			min: 0,
			max: 3,
			step: 0.1,
			default: 1.2,
			more: true
		},
		b: {
			type: 'range',
			label: 'Weight of length',
			symbol: 'b',
			help: 'At 0 a long document counts like a short one.',
			min: 0,
			max: 1,
			step: 0.05,
			default: 0.75,
			more: true
		}
	},
	presets: {
		whole: {
			label: 'The question itself',
			reason: 'Eight documents tell of a river and a lake, and nothing says which is meant.',
			values: {},
			limit: true
		},
		first: {
			label: 'First step',
			reason: 'Town and “river” find the document that names the river.',
			values: { query: 'Orlem river' }
		},
		second: {
			label: 'Second step',
			reason: 'The name that the first search brought finds the answer.',
			values: { query: 'Zeb lake' }
		},
		name: {
			label: 'Only the name',
			reason: 'Both documents have the word once; the shorter one wins, and it is the wrong one.',
			values: { query: 'Zeb' }
		},
		synonyms: {
			label: 'Other words',
			reason:
				'The same in meaning; the document with the answer shares only “the” and “Zeb” with it.',
			values: { query: 'What body of water takes in the Zeb?' },
			limit: true
		},
		inflected: {
			label: 'A letter less',
			reason: 'No word of the documents is “flow”, “lakes” or “rivers”.',
			values: { query: 'Where do rivers flow? Which lakes?' },
			limit: true
		}
	},
	quantities: {
		score: {
			label: 'BM25 score of the best',
			kind: 'exact',
			role: 'a',
			mark: 'bar',
			evidence
		},
		place: {
			label: 'Place of the document with the answer',
			kind: 'exact',
			digits: 0,
			evidence: rankEvidence
		},
		last: {
			label: 'Last place it shares',
			kind: 'exact',
			digits: 0,
			evidence: rankEvidence
		},
		matches: { label: 'Documents with any word', kind: 'exact', digits: 0, evidence: rankEvidence }
	},
	run({ query, asked, k1, b }) {
		const { scores, contributions, words, idf } = bm25(index, query, { k1, b });
		const distinct = [...new Set(words)];
		const found = topDocuments(scores, SHOWN).map((document) => ({
			document,
			text: DOCUMENTS[document],
			score: scores[document],
			parts: distinct.map((word) =>
				words.reduce((sum, other, q) => sum + (other === word ? contributions[q][document] : 0), 0)
			)
		}));
		const weight = (w: number) => found.reduce((sum, { parts }) => sum + parts[w], 0);
		const strongest = distinct
			.map((word, w) => ({ word, w, weight: weight(w), idf: idf[words.indexOf(word)] }))
			.filter(({ weight }) => weight > 0)
			.sort((one, other) => other.weight - one.weight || one.w - other.w)
			.slice(0, ROLES.length);
		const layers = strongest.map(({ word, w, idf }, i) => ({
			role: ROLES[i],
			word,
			idf,
			values: found.map(({ parts }) => parts[w])
		}));
		const rest = found.map(({ score }, d) =>
			Math.max(
				0,
				layers.reduce((left, { values }) => left - values[d], score)
			)
		);
		return {
			found: found.map(({ document, text, score }) => ({ document, text, score })),
			layers,
			rest,
			words: distinct,
			unknown: distinct.filter((word) => idf[words.indexOf(word)] === 0),
			path: question(asked).path.map((document) => ({
				document,
				text: DOCUMENTS[document],
				score: scores[document],
				place: rankOf(scores, document)
			})),
			matches: scores.filter((score) => score > 0).length
		};
	},
	describe({ path, found, unknown, words }) {
		if (words.length === 0) return ['Nothing is searched for, so nothing is found.'];
		if (found.length === 0) return ['No document has any of these words, so nothing is found.'];
		const [first, answer] = path.length > 1 ? path : [undefined, path[0]];
		const tells = `“${answer.text}” holds the answer and ${placed(answer.place)}`;
		return [
			first ? `The first step, “${first.text}”, ${placed(first.place)}; ${tells}.` : `${tells}.`,
			...(unknown.length > 0
				? [`${list(unknown)} ${unknown.length > 1 ? 'stand' : 'stands'} in no document.`]
				: [])
		];
	},
	table: ({ found, layers, rest }) => ({
		columns: [
			{ label: 'document' },
			...layers.map(({ word }) => ({ label: `“${word}”` })),
			{ label: 'other words' },
			{ label: 'score' }
		],
		rows:
			found.length === 0
				? [['none found', ...layers.map(() => 0), 0, 0]]
				: found.map(({ text, score }, d) => [
						text,
						...layers.map(({ values }) => values[d]),
						rest[d],
						score
					])
	}),
	numbers: ({ found, path, matches }) => ({
		score: found[0]?.score ?? 0,
		place: path.at(-1)!.place.first,
		last: path.at(-1)!.place.last,
		matches
	}),
	questions: {
		once: {
			type: 'choice',
			ask: 'You search these 40 documents once, with the whole question “Into which lake does the river of Orlem flow?”. Where does the document that names the lake come?',
			options: [
				{
					text: 'First',
					feedback: 'It would have to say Orlem, and it says only Zeb, which you do not know yet.'
				},
				{
					text: 'Among eight that score the same',
					feedback: 'Look at the scores of the documents on rivers and lakes.'
				},
				{
					text: 'Nowhere: no word matches',
					feedback: '“Into”, “lake”, “the” and “river” do match, in eight documents alike.'
				}
			],
			answer: (at) => answerOf(at()),
			explain(at) {
				const { score, place } = at().path[1];
				return `It ${placed(place)}, ${print(score)} each. Which of them is meant stands in another document, so you search that first.`;
			}
		},
		short: {
			type: 'choice',
			ask: 'You know the river, Zeb, and search for “Zeb” alone, at k₁ = 1.2 and b = 0.75. Two documents have the word, once each: “Orlem stands on the river Zeb.” and “The river Zeb flows into lake Mirrow.” Which comes first?',
			options: [
				{ text: 'The one on Orlem', feedback: 'Count the words of both.' },
				{
					text: 'The one on lake Mirrow',
					feedback: 'BM25 does not know what you want; it prefers the shorter document.'
				},
				{ text: 'Neither, they tie', feedback: 'They would at b = 0, where length does not count.' }
			],
			answer: (at) => {
				const { place } = at({ query: 'Zeb' }).path[1];
				return place.first === 2 ? 0 : place.last > 1 ? 2 : 1;
			},
			explain(at) {
				const { found } = at({ query: 'Zeb' });
				return `The one on Orlem, ${print(found[0].score)} to ${print(found[1].score)}: six words against seven. One more word, “lake”, mends it.`;
			}
		}
	},
	standIns: [
		'BM25 over 40 invented sentences stands in for E5, a neural retriever, over Wikipedia; E5 can match other wordings, BM25 cannot.'
	],
	source: ['kernels/retrieval/bm25.ts', 'kernels/search-r1/rankOf.ts', 'kernels/search-r1/world.ts']
});

function placed({ first, last }: Place): string {
	if (first === 0) return 'shares no word with the query';
	if (first === last) return first === 1 ? 'comes first' : `comes in place ${first}`;
	return `is one of ${last - first + 1} that score the same, in places ${first} to ${last}`;
}

function list(words: readonly string[]): string {
	const shown = words.slice(0, 4).map((word) => `“${word}”`);
	if (words.length > 4) shown.push('others');
	if (shown.length === 1) return shown[0];
	return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

function answerOf({ path }: { path: readonly { place: Place }[] }): number {
	const { place } = path.at(-1)!;
	if (place.first === 0) return 2;
	return place.last > place.first ? 1 : 0;
}
