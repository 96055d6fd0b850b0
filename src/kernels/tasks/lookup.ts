import { shuffle } from '../core/shuffle';
import type { Stream } from '../core/stream';
import { createTokenizer } from '../lm/tokenizer';
import { checkDifficulty, type Checker, type Difficulty, type Problem, type Task } from './task';

export interface LookupOptions {
	/**
	 * 'lenient' looks for the value anywhere in the transcript, what the tool inserted among it. The
	 * loophole: search, and never answer.
	 */
	checker?: Checker;
	/**
	 * The share of demonstrations that make up a value without a search, as a model does that has never
	 * met the tool. RL then has both to choose from. Default 0.
	 */
	guessShare?: number;
}

export interface LookupProblem extends Problem {
	/** What the tool knows. The model sees of it only what it asks for. */
	table: Record<string, string>;
	/** The made-up value of a demonstration without a search. */
	guess?: string;
}

const KEYS = 'abcdefgh';
const NOTHING = '-';
const difficulty: Difficulty = {
	min: 1,
	max: 3,
	default: 2,
	meaning: 'searches from the question to the value'
};
const tokenizer = createTokenizer(`0123456789${KEYS}${NOTHING}?`, [
	'<search>',
	'</search>',
	'<information>',
	'</information>',
	'<answer>',
	'</answer>'
]);
const STEP = /<search>([^<>]*)<\/search><information>([^<>]*)<\/information>/g;
const FORM =
	/^(?:<search>[^<>]*<\/search><information>[^<>]*<\/information>)+<answer>[^<>]*<\/answer>$/;

const search = ({ table }: LookupProblem, key: string) =>
	Object.hasOwn(table, key) ? table[key] : NOTHING;
const number = (stream: Stream) => String(10 + stream.int(90));
const information = (value: string) => `<information>${value}</information>`;

/**
 * A value that can only be looked up: the table is drawn anew for every problem and the prompt does
 * not show it. A search may bring another key, which must be searched in turn.
 *
 *     c?   <search>c</search>[<information>f</information>]
 *          <search>f</search>[<information>47</information>]<answer>47</answer>
 *
 * What stands in brackets is inserted by the environment (`respond`) when a search is closed; `toolMask`
 * tells these tokens apart. The turn-taking is Search-R1's (arXiv 2503.09516), with a table in the place
 * of its retriever; a search that is malformed or finds nothing brings "-".
 *
 * Reward: 1 when all parts are 1, else 0. `format`: searches with the tool's own words after each, then
 * one answer, nothing else. `retrieved`: one of the searches brought the value. `answer`: the one answer
 * is the value. So neither guessing nor writing one's own information earns anything.
 *
 * Throws RangeError for a guessShare outside 0 … 1; `problem` for a difficulty outside 1 … 3.
 */
export function lookup({
	checker = 'strict',
	guessShare = 0
}: LookupOptions = {}): Task<LookupProblem> {
	if (!(guessShare >= 0 && guessShare <= 1)) {
		throw new RangeError(`lookup: guessShare must be within 0 … 1, got ${guessShare}`);
	}
	return {
		name: 'lookup',
		title: 'Look it up',
		description: 'Find the value of a key by searching; a search may bring another key.',
		tokenizer,
		maxPromptLength: 2,
		maxCompletionLength: 6 * difficulty.max + 1 + 4 + 5,
		difficulty,
		problem(searches, stream) {
			checkDifficulty('lookup', difficulty, searches);
			const problem = drawTable(searches, stream);
			return stream.uniform() < guessShare ? { ...problem, guess: number(stream) } : problem;
		},
		demonstration(problem) {
			if (problem.guess !== undefined) return `<answer>${problem.guess}</answer>`;
			let text = '';
			let found = problem.prompt[0];
			while (KEYS.includes(found)) {
				text += `<search>${found}</search>`;
				found = search(problem, found);
				text += information(found);
			}
			return `${text}<answer>${found}</answer>`;
		},
		reward(problem, completion) {
			const { answer } = problem;
			const steps = [...completion.matchAll(STEP)];
			const genuine = steps.every(([, key, value]) => value === search(problem, key));
			const answers = [...completion.matchAll(/<answer>([^<>]*)<\/answer>/g)].map(([, x]) => x);
			const parts = {
				format: FORM.test(completion) && genuine ? 1 : 0,
				retrieved: steps.some(([, key]) => search(problem, key) === answer) ? 1 : 0,
				answer: answers.length === 1 && answers[0] === answer ? 1 : 0
			};
			if (checker === 'lenient') {
				return completion.includes(answer)
					? { reward: 1, parts, reason: 'The value stands somewhere in the text.' }
					: { reward: 0, parts, reason: `The value ${answer} stands nowhere.` };
			}
			const refuse = (reason: string) => ({ reward: 0, parts, reason });
			if (!genuine) return refuse('The tool did not say that.');
			if (!parts.format) return refuse('It is not searches and then one answer.');
			if (!parts.retrieved) return refuse('No search brought the value.');
			if (!parts.answer) return refuse(`The value is ${answer}.`);
			return { reward: 1, parts, reason: 'The value was found and given.' };
		},
		respond(problem, textSoFar) {
			if (!textSoFar.endsWith('</search>')) return undefined;
			const key = /<search>([^<>]*)<\/search>$/.exec(textSoFar)?.[1];
			return information(key === undefined ? NOTHING : search(problem, key));
		}
	};
}

/** A chain of keys from the question to the value; the other keys lead elsewhere. */
function drawTable(searches: number, stream: Stream): LookupProblem {
	const order = shuffle(stream, [...KEYS]);
	const table: Record<string, string> = {};
	for (const key of KEYS) {
		const place = order.indexOf(key);
		if (place < searches - 1) table[key] = order[place + 1];
		else if (place === searches - 1 || stream.uniform() < 0.5) table[key] = number(stream);
		else table[key] = KEYS[stream.int(KEYS.length)];
	}
	const prompt = `${order[0]}?`;
	return {
		prompt,
		answer: table[order[searches - 1]],
		key: prompt + KEYS.split('').map((key) => table[key]),
		table
	};
}
