import type { Stream } from '../core/stream';
import type { Tokenizer } from '../lm/tokenizer';

/** Where a problem is used: to train on, or kept back to test with. */
export type Part = 'train' | 'heldOut';

/** 'strict' asks for the answer and nothing else; what 'lenient' lets pass, each task tells. */
export type Checker = 'strict' | 'lenient';

/**
 * One question. All that the checker needs stands here as plain JSON, so that a problem is a row of a
 * data set: TRL hands each column of it to the reward function as a list.
 */
export interface Problem {
	prompt: string;
	/** The right answer as text. */
	answer: string;
	/** Problems with the same key count as the same one (3+5 and 5+3): `isHeldOut` goes by it. */
	key: string;
}

/** How a completion was judged. */
export interface Verdict {
	/** 0 to 1; full marks are 1. */
	reward: number;
	/** What was looked at, each from 0 to 1. The task tells how they make the reward. */
	parts: Record<string, number>;
	/** One sentence on what was wrong, or that it is right. */
	reason: string;
}

export interface Difficulty {
	min: number;
	max: number;
	default: number;
	/** What the number counts. */
	meaning: string;
}

/**
 * A task whose reward a rule works out, small enough for a transformer of some thousand parameters.
 *
 * The text of one episode is <bos> prompt completion <eos>; prompt and completion hold neither. All
 * randomness comes from the stream given to `problem`; everything else is a pure function.
 */
export interface Task<P extends Problem = Problem> {
	name: string;
	title: string;
	/** One or two sentences: what is asked and how it is judged. */
	description: string;
	tokenizer: Tokenizer;
	/** TRL's max_prompt_length: tokens of the longest prompt, without <bos>. */
	maxPromptLength: number;
	/** TRL's max_completion_length: tokens of the longest demonstration with its <eos>, and some room. */
	maxCompletionLength: number;
	difficulty: Difficulty;
	/**
	 * Draws a problem. `part` matters only where the two parts follow different distributions; it does
	 * not keep them apart, which `drawProblem` does. Throws RangeError for a difficulty that is no
	 * integer within the bounds.
	 */
	problem(difficulty: number, stream: Stream, part?: Part): P;
	/** A completion to learn from, in tools' case with what the environment inserts. */
	demonstration(problem: P): string;
	/** Judges any text whatever. The completion ends before <eos>. */
	reward(problem: P, completion: string): Verdict;
	/**
	 * A task with a tool: what the environment inserts after the text that the model has written so far,
	 * or undefined while it is still the model's turn. Asked after every token.
	 */
	respond?(problem: P, textSoFar: string): string | undefined;
}

/** Throws RangeError, in the name of `task`, for a difficulty that is no integer within the bounds. */
export function checkDifficulty(task: string, { min, max }: Difficulty, difficulty: number): void {
	if (!Number.isInteger(difficulty) || difficulty < min || difficulty > max) {
		throw new RangeError(
			`${task}: difficulty must be an integer in ${min} … ${max}, got ${difficulty}`
		);
	}
}
