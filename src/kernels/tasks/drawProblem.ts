import { createStream, type Stream } from '../core/stream';
import type { Part, Problem, Task } from './task';

export interface Split {
	/** Another seed holds other problems back. Default 0. */
	seed?: number;
	/** The share of all problems that is kept for testing. Default .2. */
	heldOutShare?: number;
}

/** Draws in vain after which a part is taken to be empty. */
const MOST_DRAWS = 10_000;

/**
 * Whether a problem is kept for testing. A hash of its key decides, so the same problem falls on the
 * same side in every run, however many others are drawn: train and test can never overlap.
 *
 * Cost: O(length of the key). Throws RangeError for a share outside 0 … 1.
 */
export function isHeldOut(
	{ key }: Pick<Problem, 'key'>,
	{ seed = 0, heldOutShare = 0.2 }: Split = {}
): boolean {
	if (!(heldOutShare >= 0 && heldOutShare <= 1)) {
		throw new RangeError(`isHeldOut: heldOutShare must be within 0 … 1, got ${heldOutShare}`);
	}
	return createStream(seed).split(key).uniform() < heldOutShare;
}

/**
 * A problem of one part: draws until one falls on the right side.
 *
 * Cost: 1/share draws on average. Throws RangeError where 10,000 draws find none, so a part is empty.
 */
export function drawProblem<P extends Problem>(
	task: Task<P>,
	difficulty: number,
	part: Part,
	stream: Stream,
	split: Split = {}
): P {
	for (let draw = 0; draw < MOST_DRAWS; draw++) {
		const problem = task.problem(difficulty, stream, part);
		if (isHeldOut(problem, split) === (part === 'heldOut')) return problem;
	}
	throw new RangeError(
		`drawProblem: split must leave problems of ${task.name} at difficulty ${difficulty} for '${part}', got none in ${MOST_DRAWS} draws`
	);
}
