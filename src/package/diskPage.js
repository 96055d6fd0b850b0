import { attribute, changeTags, setAttribute } from './markup.js';

/**
 * The one script of each page of a folder that is opened from a disk or served by a host: it takes
 * the classic scripts where ES modules do not load. Stands in _app/classic/, after the loader.
 */
export const START = `
if (location.protocol === 'file:') rollout.load('./islands.js');
else import(new URL(document.currentScript.dataset.module, document.baseURI));
`;

/**
 * The address of a folder with the file that a host would answer with: a disk shows a list instead.
 * @param {string} address
 */
function withIndex(address) {
	if (/^([a-z]+:|\/\/|#)/i.test(address)) return address;
	const [, path, rest] = /^([^?#]*)(.*)$/s.exec(address) ?? ['', address, ''];
	return path.endsWith('/') ? `${path}index.html${rest}` : address;
}

/**
 * @param {string} tag
 * @param {string} name
 */
function complete(tag, name) {
	const address = attribute(tag, name);
	return address === undefined ? tag : setAttribute(tag, name, withIndex(address));
}

/**
 * A page of the built site as it works unpacked on a disk and on any host alike.
 * @param {string} html
 */
export function diskPage(html) {
	let page = changeTags(html, 'a', (tag) => complete(tag, 'href'));
	page = changeTags(page, 'div', (tag) => complete(complete(tag, 'data-embed'), 'data-code'));
	page = page.replace(
		/<script type="module" src="([^"]*)(_app\/islands\.js[^"]*)"><\/script>/,
		(_, root, module) =>
			`<script defer src="${root}_app/classic/start.js" data-module="${root}${module}"></script>`
	);
	return changeTags(page, 'meta', (tag) => {
		if (attribute(tag, 'http-equiv') !== 'content-security-policy') return tag;
		// Not every browser counts a disk as 'self'. Workers are made inside the page here and so are
		// held by its policy, and the Lab's compiles WebAssembly.
		const policy = attribute(tag, 'content')
			?.replaceAll("'self'", "'self' file:")
			.replace('script-src', "script-src 'wasm-unsafe-eval'");
		return setAttribute(tag, 'content', policy);
	});
}
