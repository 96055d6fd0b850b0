import { createTokenizer } from '../lm/tokenizer';
import { checkDifficulty, type Checker, type Difficulty, type Problem, type Task } from './task';

export interface FormatOptions {
	/** Credit for the form without the answer and the other way round. Default: both or nothing. */
	partialCredit?: boolean;
	/** What the form counts with partial credit, from 0 to 1; the answer counts the rest. Default .2. */
	formatWeight?: number;
	/**
	 * The share of demonstrations that give the bare answer, as a model brings it from before it met
	 * the tags. RL then has both to choose from. Default 0.
	 */
	untaggedShare?: number;
	/**
	 * 'lenient' counts a quarter for each of the four tags that stands anywhere, and takes the last
	 * number for the answer. The loophole: tags in any order around nothing at all have the form.
	 */
	checker?: Checker;
}

export interface FormatProblem extends Problem {
	/** Whether the demonstration has tags. */
	tagged: boolean;
}

const difficulty: Difficulty = { min: 2, max: 8, default: 5, meaning: 'digits in the question' };
const TAGS = ['<think>', '</think>', '<answer>', '</answer>'];
const FORM = /^<think>[^<>]+<\/think><answer>[^<>]+<\/answer>$/;
const ANSWER = /<answer>([^<>]*)<\/answer>/g;
const tokenizer = createTokenizer('0123456789?', TAGS);

/** The largest digit so far, digit by digit. */
function runningMaximum(digits: string): string {
	let largest = '0';
	return [...digits].map((digit) => (digit > largest ? (largest = digit) : largest)).join('');
}

/**
 * The form that DeepSeek-R1 asks for, around a question that is easy: the largest digit.
 *
 *     4813?   <think>4888</think><answer>8</answer>
 *
 * Parts: `format`, 1 when the text is one thought and then one answer in their tags, neither empty,
 * and nothing else; `answer`, 1 when there is exactly one answer in tags and it is right. Reward: their
 * product, or with partial credit formatWeight·format + (1 − formatWeight)·answer. What the thought
 * says is not judged.
 *
 * Throws RangeError for a share or weight outside 0 … 1; `problem` for a difficulty outside 2 … 8.
 */
export function format({
	partialCredit = false,
	formatWeight = 0.2,
	untaggedShare = 0,
	checker = 'strict'
}: FormatOptions = {}): Task<FormatProblem> {
	for (const [name, value] of Object.entries({ formatWeight, untaggedShare })) {
		if (!(value >= 0 && value <= 1)) {
			throw new RangeError(`format: ${name} must be within 0 … 1, got ${value}`);
		}
	}
	const judge = checker === 'strict' ? strictly : leniently;
	return {
		name: 'format',
		title: 'Think, then answer',
		description: 'Find the largest digit; thought and answer stand in tags of their own.',
		tokenizer,
		maxPromptLength: difficulty.max + 1,
		maxCompletionLength: difficulty.max + 6 + 4,
		difficulty,
		problem(count, stream) {
			checkDifficulty('format', difficulty, count);
			const digits = Array.from({ length: count }, () => stream.int(10)).join('');
			return {
				prompt: `${digits}?`,
				answer: runningMaximum(digits)[count - 1],
				key: digits,
				tagged: stream.uniform() >= untaggedShare
			};
		},
		demonstration({ prompt, answer, tagged }) {
			if (!tagged) return answer;
			return `<think>${runningMaximum(prompt.slice(0, -1))}</think><answer>${answer}</answer>`;
		},
		reward({ answer }, completion) {
			const { form, found } = judge(completion);
			const right = found === answer ? 1 : 0;
			const missing = [
				...(form < 1 ? ['The form is not one thought and one answer in their tags.'] : []),
				...(found === undefined ? ['There is not one answer.'] : []),
				...(found !== undefined && !right ? [`The largest digit is ${answer}.`] : [])
			];
			return {
				reward: partialCredit ? formatWeight * form + (1 - formatWeight) * right : form * right,
				parts: { format: form, answer: right },
				reason: missing.join(' ') || 'Form and answer are right.'
			};
		}
	};
}

function strictly(completion: string) {
	const answers = [...completion.matchAll(ANSWER)];
	const found = answers.length === 1 ? answers[0][1] : undefined;
	return { form: FORM.test(completion) ? 1 : 0, found };
}

function leniently(completion: string) {
	const there = TAGS.filter((tag) => completion.includes(tag)).length;
	return { form: there / TAGS.length, found: completion.match(/[0-9]+/g)?.at(-1) };
}
