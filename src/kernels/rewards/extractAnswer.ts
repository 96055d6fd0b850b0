import type { Span } from './span';

const OPEN = '<answer>';
const CLOSE = '</answer>';

/**
 * The last <answer>…</answer> of a text, without its tags and the space around it, and how many there are.
 *
 * Cost: O(length). Throws nothing. Worked value: "<answer> a </answer>": span [9, 10], count 1.
 */
export function lastAnswer(text: string): { span: Span | null; count: number } {
	let span: Span | null = null;
	let count = 0;
	for (let at = 0; ; count++) {
		const open = text.indexOf(OPEN, at);
		const close = open < 0 ? -1 : text.indexOf(CLOSE, open + OPEN.length);
		if (close < 0) return { span, count };
		const inner = text.slice(open + OPEN.length, close);
		const start = close - inner.trimStart().length;
		span = [start, start + inner.trim().length];
		at = close + CLOSE.length;
	}
}

/**
 * The text of the last <answer>…</answer>, without the space around it; null if there are fewer than
 * `atLeast` of them.
 *
 * Search-R1 (extract_solution, a14dc3a4) takes atLeast 2: it reads prompt and completion together, and
 * the prompt shows an example. On a bare completion with one answer it finds nothing.
 *
 * Cost: O(length). Throws RangeError for atLeast that is not a positive integer.
 * Worked value: "<answer> a </answer>" is "a", with atLeast 2 null.
 */
export function extractAnswer(
	text: string,
	{ atLeast = 1 }: { atLeast?: number } = {}
): string | null {
	if (!Number.isInteger(atLeast) || atLeast < 1) {
		throw new RangeError(`extractAnswer: atLeast must be a positive integer, got ${atLeast}`);
	}
	const { span, count } = lastAnswer(text);
	return span && count >= atLeast ? text.slice(...span) : null;
}
