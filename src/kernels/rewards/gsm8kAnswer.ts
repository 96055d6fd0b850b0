import type { Located } from './span';

/** Code points of a text's end that are read. */
const WINDOW = 300;

/** Where the window starts; in code points, so that no emoji is cut in two. */
function windowStart(text: string): number {
	return text.length > WINDOW ? text.length - [...text].slice(-WINDOW).join('').length : 0;
}

/**
 * Where in a solution verl's rule for GSM8K looks for the final answer, and what it takes for it: after
 * the last "#### " ('strict'), or the last run of digits, points and commas ('flexible').
 *
 * Source: verl/utils/reward_score/gsm8k.py at b178a3cd.
 * Cost: O(length). Throws nothing.
 * Worked value: 'strict' in "9·2\n#### 18": read [0, 11], found [9, 11].
 */
export function gsm8kAnswer(solution: string, method: 'strict' | 'flexible'): Located {
	const start = windowStart(solution);
	const end = solution.slice(start);
	const numbers = [...end.matchAll(method === 'strict' ? /#### (-?[0-9.,]+)/g : /(-?[0-9.,]+)/g)];
	const last =
		method === 'strict'
			? numbers.at(-1)
			: (numbers.findLast(([number]) => number !== '.') ?? numbers[0]);
	if (!last) return { read: [start, solution.length], found: null };
	const to = start + last.index + last[0].length;
	return { read: [start, solution.length], found: [to - last[1].length, to] };
}
