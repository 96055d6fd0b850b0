const OPEN = '<answer>';
const CLOSE = '</answer>';

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
	let last: string | null = null;
	let found = 0;
	for (let at = 0; ; found++) {
		const open = text.indexOf(OPEN, at);
		const close = open < 0 ? -1 : text.indexOf(CLOSE, open + OPEN.length);
		if (close < 0) break;
		last = text.slice(open + OPEN.length, close).trim();
		at = close + CLOSE.length;
	}
	return found < atLeast ? null : last;
}
