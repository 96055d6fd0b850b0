/** What a quotation mark may open after: the start, a space, an opening bracket or a dash. */
const BEFORE_OPENING = /^$|[\s([{–—“‘/]$/u;

/**
 * Straight quotation marks and apostrophes as they are set in print. `before` is the character that
 * comes before the text; the empty string stands for the start of a paragraph.
 * @param {string} text
 * @param {string} [before]
 */
export function curlQuotes(text, before = '') {
	return text.replace(/["']/g, (mark, at) => {
		const opens = BEFORE_OPENING.test(at === 0 ? before : text[at - 1]);
		if (mark === '"') return opens ? '“' : '”';
		return opens && !/^'\d0s/.test(text.slice(at)) ? '‘' : '’';
	});
}
