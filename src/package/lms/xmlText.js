/** What XML cannot hold in any spelling. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/**
 * Text for an element or an attribute of XML, at most this many characters long.
 * @param {string} text
 * @param {number} [longest]
 */
export function xmlText(text, longest = Infinity) {
	const shown = [...text.replace(FORBIDDEN, '\u{FFFD}')];
	const cut = shown.length > longest ? [...shown.slice(0, longest - 1), '…'] : shown;
	return cut
		.join('')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}
