/** Work on pages that the build has written: attributes stand in double quotes. */

/**
 * The tags of an element, and their attributes: `>` may stand inside quotes.
 * @param {string} name
 */
const openTag = (name) => new RegExp(`<${name}(?=[\\s/>])((?:[^>"]|"[^"]*")*)>`, 'g');

/**
 * Each opening tag of this name as `change` gives it back.
 * @param {string} html
 * @param {string} name
 * @param {(tag: string) => string} change
 */
export function changeTags(html, name, change) {
	return html.replace(openTag(name), (tag) => change(tag));
}

/**
 * Each opening tag of this name (with its end, for a script) as `change` gives it back, in turn.
 * @param {string} html
 * @param {RegExp} pattern
 * @param {(found: string) => Promise<string>} change
 */
export async function changeEach(html, pattern, change) {
	const parts = [];
	let at = 0;
	for (const found of html.matchAll(pattern)) {
		parts.push(html.slice(at, found.index), await change(found[0]));
		at = found.index + found[0].length;
	}
	return parts.join('') + html.slice(at);
}

/**
 * @param {string} tag
 * @param {string} name
 */
export function attribute(tag, name) {
	const text = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
	return text?.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/**
 * @param {string} tag
 * @param {string} name
 * @param {string} [value] none takes the attribute away
 */
export function setAttribute(tag, name, value) {
	const text = value?.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
	return tag.replace(new RegExp(`\\s${name}="[^"]*"`), () =>
		text === undefined ? '' : ` ${name}="${text}"`
	);
}

/**
 * Code as the text of a script element: what would end the element, or open a comment in it, is
 * spelled as an escape, which strings, templates and patterns read alike.
 * @param {string} code
 */
export function scriptText(code) {
	return code.replace(/<(?=\/script|!--)/gi, '\\x3C');
}

/**
 * @param {string} css
 */
export function styleText(css) {
	return css.replace(/<(?=\/style)/gi, '\\3C ');
}

/**
 * @param {string} tag
 * @param {Record<string, string | undefined>} attributes those that are undefined are left out
 */
export function addAttributes(tag, attributes) {
	const added = Object.entries(attributes).map(([name, value]) =>
		value === undefined
			? ''
			: ` ${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`
	);
	return tag.replace(/\s*\/?>$/, () => `${added.join('')}>`);
}

/** @type {Record<string, string>} */
const LETTERS = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/**
 * The words of a text of the built pages.
 * @param {string} html
 */
export function plainWords(html) {
	return html.replace(/&(\w+|#39);/g, (entity, name) => LETTERS[name] ?? entity);
}
