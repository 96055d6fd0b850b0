import type { Stream } from '../core/stream';
import { bm25, indexDocuments, splitWords, topDocuments } from '../retrieval/bm25';
import { exactMatch } from '../rewards/exactMatch';
import { parseAction } from './parseAction';
import {
	drawToken,
	INVALID,
	TextReader,
	tokenId,
	tokenLogProb,
	tokenProbabilities,
	V,
	VOCABULARY,
	type SearchContext
} from './searchPolicy';
import { DOCUMENTS, type Question } from './world';

/** 'bm25' the real one; 'empty' finds nothing; 'random' brings documents that have nothing to do with the query. */
export type Retriever = 'bm25' | 'empty' | 'random';

export interface RollOutOptions {
	retriever: Retriever;
	/** Documents a search brings. */
	topK: number;
	/** Turns in which a search is carried out; one more turn follows, in which it is not. */
	maxTurns: number;
	/** Tokens of a turn at most. */
	maxTurnTokens: number;
}

export interface RollOut {
	tokens: number[];
	/** What the policy saw before each token. */
	contexts: SearchContext[];
	/** log π of each token when it was sampled, of retrieved tokens too. */
	logProbs: number[];
	/** 1 for a token of the policy, 0 for one of the environment: I(y_t). */
	mask: (0 | 1)[];
	/** How many names new to it the policy had in the last search result, at most 3: the critic sees it. */
	fresh: number[];
	reward: 0 | 1;
	/** Searches that were carried out. */
	searches: number;
	/** Turns whose action was valid, and turns in all. */
	valid: number;
	turns: number;
}

const index = indexDocuments(DOCUMENTS);
const DOCUMENT_TOKENS = DOCUMENTS.map((text) => splitWords(text).map(tokenId));
const CLOSING = new Set([tokenId('</search>'), tokenId('</answer>')]);
const [INFORMATION, INFORMATION_END] = ['<information>', '</information>'].map(tokenId);
const INVALID_TOKENS = INVALID.map(tokenId);
const found = new Map<string, number[]>();

/** BM25’s ranking of each query, kept: policies ask the same ones over and over. */
function search(query: string, topK: number): number[] {
	let best = found.get(query);
	if (!best) {
		best = topDocuments(bm25(index, query).scores, 3);
		if (found.size > 20_000) found.clear();
		found.set(query, best);
	}
	return best.slice(0, topK);
}

function retrieve(query: string, { retriever, topK }: RollOutOptions, stream: Stream): number[] {
	if (retriever === 'empty') return [];
	if (retriever === 'random')
		return Array.from({ length: topK }, () => stream.int(DOCUMENTS.length));
	return search(query, topK);
}

/**
 * One answer to a question, with searches in between, as Search-R1 rolls out:
 *
 *     for max_turns turns: write until a closing tag or the turn's last token
 *         <search>q</search>     the best documents for q follow, between <information> tags
 *         <answer>a</answer>     done
 *         neither                a message follows, and the model may try again
 *     then one turn more, in which a search is not carried out
 *
 * What follows a search, and the message, are tokens of the same text, with a log-probability under the
 * policy; only the mask tells that the policy did not write them. The reward is 1 if the answer equals the
 * right one (`exactMatch`), else 0.
 *
 * Source: run_llm_loop of search_r1/llm_agent/generation.py at a14dc3a4. There a turn goes on to its end and is
 * cut afterwards; here generation stops at the first closing tag, which is the same but for a turn with two.
 * Cost: O(tokens · vocabulary). Throws nothing.
 */
export function rollOut(
	theta: Float64Array,
	question: Question,
	options: RollOutOptions,
	stream: Stream,
	scratch = new Float64Array(V)
): RollOut {
	const reader = new TextReader(question.town, question.kind);
	const out: RollOut = {
		tokens: [],
		contexts: [],
		logProbs: [],
		mask: [],
		fresh: [],
		reward: 0,
		searches: 0,
		valid: 0,
		turns: 0
	};
	const record = (token: number, own: 0 | 1, context: SearchContext, logProb: number) => {
		out.tokens.push(token);
		out.contexts.push(context);
		out.logProbs.push(logProb);
		out.mask.push(own);
		out.fresh.push(Math.min(3, reader.fresh));
	};
	const insert = (tokens: readonly number[], names: readonly number[]) => {
		reader.give(names);
		for (const token of tokens) {
			const context = reader.context();
			record(token, 0, context, tokenLogProb(theta, context, token, scratch));
			reader.read(token);
		}
		reader.open();
	};
	for (let turn = 0; turn <= options.maxTurns; turn++) {
		const words: string[] = [];
		for (let t = 0; t < options.maxTurnTokens; t++) {
			const context = reader.context();
			tokenProbabilities(theta, context, scratch);
			const token = drawToken(stream, scratch);
			record(token, 1, context, Math.log(scratch[token]));
			reader.write(token);
			words.push(VOCABULARY[token]);
			if (CLOSING.has(token)) break;
		}
		const action = parseAction(words.join(' '));
		out.turns++;
		if (action.kind !== 'invalid') out.valid++;
		if (action.kind === 'answer') {
			out.reward = exactMatch(action.content, [question.answer]);
			return out;
		}
		if (turn === options.maxTurns) return out;
		if (action.kind === 'search') {
			out.searches++;
			const names = retrieve(action.content, options, stream).flatMap((d) => DOCUMENT_TOKENS[d]);
			insert([INFORMATION, ...names, INFORMATION_END], names);
		} else {
			insert(INVALID_TOKENS, []);
		}
	}
	return out;
}
