import type { Stream } from '../core/stream';
import { splitWords } from '../retrieval/bm25';
import { DOCUMENTS, KINDS, NAMES } from './world';

const TAGS = [
	'<search>',
	'</search>',
	'<answer>',
	'</answer>',
	'<information>',
	'</information>'
] as const;
const WORDS = [...new Set(DOCUMENTS.flatMap(splitWords))];
/** The environment's answer to a turn without an action. */
export const INVALID = ['my', 'previous', 'action', 'is', 'invalid'] as const;

/** Every token there is: tags, words of the documents, words of the environment. */
export const VOCABULARY: readonly string[] = [...new Set([...TAGS, ...WORDS, ...INVALID])];
const ids = new Map(VOCABULARY.map((token, id) => [token, id]));
const isName = VOCABULARY.map((token) => NAMES.includes(token));

/** Throws RangeError for a token that is not in the vocabulary. */
export function tokenId(token: string): number {
	const id = ids.get(token);
	if (id === undefined) throw new RangeError(`tokenId: no token "${token}" in the vocabulary`);
	return id;
}

export const V = VOCABULARY.length;
/** The most turns there are with the last one, which must answer: max_turns ≤ 4. */
const TURNS = 5;

const SEARCH = tokenId('<search>');
const SEARCH_END = tokenId('</search>');
const ANSWER = tokenId('<answer>');
const ANSWER_END = tokenId('</answer>');

/** Where a token stands: opening a turn or in a query (by turn and kind of question), in an answer, in what the environment wrote. */
const OPEN = 0;
/** Questions on waters and on crafts: a first search serves both kinds of a chain. */
const CHAINS = KINDS / 2;
const QUERY = OPEN + TURNS * KINDS;
const REPLY = QUERY + TURNS * CHAINS;
export const GIVEN = REPLY + 1;
export const STATES = GIVEN + 1;
/** Pointers: the town of the question, a name that the last search brought, one that an earlier search brought. */
const POINTERS = 3;

/** Where the groups of parameters start: after-token, by-state, pointers. */
export const BY_STATE = V * V;
export const BY_POINTER = BY_STATE + STATES * V;
export const PARAMETERS = BY_POINTER + STATES * POINTERS;

/** What the policy sees of the text so far. */
export interface SearchContext {
	/** The token before. */
	previous: number;
	state: number;
	/** For each pointer, the tokens that it points at. */
	pointed: readonly (readonly number[])[];
}

/** Follows a text token by token and knows what the policy sees at each. */
export class TextReader {
	private turn = 0;
	private place: 'open' | 'query' | 'reply' | 'given' = 'open';
	private previous = SEARCH_END;
	private pointed: number[][];

	constructor(
		town: string,
		private readonly kind: number
	) {
		this.pointed = [[tokenId(town)], [], []];
	}

	context(): SearchContext {
		const turn = Math.min(this.turn, TURNS - 1);
		const state = {
			open: OPEN + turn * KINDS + this.kind,
			query: QUERY + turn * CHAINS + (this.kind % CHAINS),
			reply: REPLY,
			given: GIVEN
		}[this.place];
		return { previous: this.previous, state, pointed: this.pointed };
	}

	/** Takes a token of the policy itself. */
	write(token: number): void {
		if (token === SEARCH) this.place = 'query';
		else if (token === ANSWER) this.place = 'reply';
		this.previous = token;
	}

	/** Before a stretch that the environment writes; new names stand there if it is a search result. */
	give(names: readonly number[]): void {
		this.place = 'given';
		const known = new Set(this.pointed.flat());
		const fresh = [...new Set(names)].filter((id) => isName[id] && !known.has(id));
		this.pointed = [this.pointed[0], fresh, [...this.pointed[2], ...this.pointed[1]]];
	}

	/** A token of the environment. */
	read(token: number): void {
		this.previous = token;
	}

	/** The model's turn again. */
	open(): void {
		this.turn++;
		this.place = 'open';
	}

	/** Names that the last search brought and that were not known before. */
	get fresh(): number {
		return this.pointed[1].length;
	}
}

/**
 * The policy that training starts from. It knows the form: turns open with a search or an answer, tags
 * close, names are more likely than other words. It does not know which words find a document, nor when to
 * stop searching.
 */
export function createSearchPolicy(): Float64Array {
	const theta = new Float64Array(PARAMETERS);
	const add = (state: number, token: number, logit: number) => {
		theta[BY_STATE + state * V + token] += logit;
	};
	for (let state = 0; state < STATES; state++) {
		const pointers = BY_POINTER + state * POINTERS;
		if (state < QUERY) {
			add(state, SEARCH, 6.7);
			add(state, ANSWER, 6);
		} else if (state < REPLY) {
			add(state, SEARCH_END, 3.5);
			theta[pointers] = 5;
			theta[pointers + 1] = 5;
		} else if (state < GIVEN) {
			add(state, ANSWER_END, 5);
			theta[pointers + 1] = 5;
			theta[pointers + 2] = 4;
		}
		for (let v = 0; state >= QUERY && state < GIVEN && v < V; v++) {
			if (v < TAGS.length && v !== SEARCH_END && v !== ANSWER_END) add(state, v, -3);
			add(state, v, isName[v] ? -2 : 0.7);
		}
	}
	theta[SEARCH * V + SEARCH_END] = -4;
	theta[ANSWER * V + ANSWER_END] = -5;
	return theta;
}

/**
 * The log-linear policy: the probability of each token of the vocabulary where the text stands,
 *
 *     π(v | text) ∝ exp( a[previous token, v] + b[state, v] + Σ_p c[state, p]·1[p points at v] )
 *
 * into `out`; it returns the log of what all were divided by. Retrieved tokens go through the same table a as the model's own: that is what lets a loss on
 * them change how the model writes.
 *
 * Cost: O(vocabulary). Throws nothing. Worked value: all parameters 0: 1/V each.
 */
export function tokenProbabilities(
	theta: Float64Array,
	{ previous, state, pointed }: SearchContext,
	out: Float64Array
): number {
	const after = previous * V;
	const at = BY_STATE + state * V;
	for (let v = 0; v < V; v++) out[v] = theta[after + v] + theta[at + v];
	for (let p = 0; p < POINTERS; p++) {
		const pull = theta[BY_POINTER + state * POINTERS + p];
		for (const v of pointed[p]) out[v] += pull;
	}
	let most = -Infinity;
	for (let v = 0; v < V; v++) if (out[v] > most) most = out[v];
	let total = 0;
	for (let v = 0; v < V; v++) total += out[v] = Math.exp(out[v] - most);
	for (let v = 0; v < V; v++) out[v] /= total;
	return most + Math.log(total);
}

/** Below this a probability has lost digits, or is 0. */
const TINY = 1e-300;

/**
 * log π(token | context), with all probabilities left in `scratch`. It stays finite where the probability
 * itself does not fit into a number.
 *
 * Cost: O(vocabulary). Throws nothing. Worked value: all parameters 0: −log V.
 */
export function tokenLogProb(
	theta: Float64Array,
	context: SearchContext,
	token: number,
	scratch: Float64Array
): number {
	const normaliser = tokenProbabilities(theta, context, scratch);
	if (scratch[token] > TINY) return Math.log(scratch[token]);
	const { previous, state, pointed } = context;
	let logit = theta[previous * V + token] + theta[BY_STATE + state * V + token];
	pointed.forEach((names, p) => {
		for (const v of names) if (v === token) logit += theta[BY_POINTER + state * POINTERS + p];
	});
	return logit - normaliser;
}

/**
 * Adds `scale` times the gradient of log π(token | context) to `gradient`, given the context's
 * probabilities: 1[v = token] − π(v) in the tables a and b, and its sum over pointed tokens in c.
 *
 * Cost: O(vocabulary). Throws nothing.
 */
export function addLogGradient(
	gradient: Float64Array,
	{ previous, state, pointed }: SearchContext,
	probabilities: Float64Array,
	token: number,
	scale: number
): void {
	const after = previous * V;
	const at = BY_STATE + state * V;
	for (let v = 0; v < V; v++) {
		const push = -scale * probabilities[v];
		gradient[after + v] += push;
		gradient[at + v] += push;
	}
	gradient[after + token] += scale;
	gradient[at + token] += scale;
	for (let p = 0; p < POINTERS; p++) {
		for (const v of pointed[p]) {
			gradient[BY_POINTER + state * POINTERS + p] +=
				scale * ((v === token ? 1 : 0) - probabilities[v]);
		}
	}
}

/** Draws a token by its probability. One uniform a draw. */
export function drawToken(stream: Stream, probabilities: Float64Array): number {
	let left = stream.uniform();
	for (let v = 0; v < V - 1; v++) {
		left -= probabilities[v];
		if (left < 0) return v;
	}
	return V - 1;
}
