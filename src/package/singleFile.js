import { chunksFor, widgetsIn } from './chunks.js';
import {
	addAttributes,
	attribute,
	changeEach,
	changeTags,
	scriptText,
	setAttribute,
	styleText
} from './markup.js';

/**
 * Where the built site is read from: a folder, or its host.
 * @typedef {object} Site
 * @property {(path: string) => Promise<string>} text of a file, by its path from the site's root
 * @property {(path: string) => Promise<Uint8Array>} bytes
 * @property {(text: string) => Promise<string>} sha256 of a text, in base64
 */

/** @type {Record<string, string>} */
const TYPES = {
	svg: 'image/svg+xml',
	png: 'image/png',
	woff2: 'font/woff2'
};

/**
 * @param {Site} site
 * @param {string} path
 */
async function dataAddress(site, path) {
	const type = TYPES[path.split('.').at(-1) ?? ''];
	if (!type) throw new RangeError(`${path}: a page of its own cannot hold a file of this kind`);
	let binary = '';
	for (const byte of await site.bytes(path)) binary += String.fromCharCode(byte);
	return `data:${type};base64,${btoa(binary)}`;
}

/**
 * A path from the site's root, from an address in one of its files.
 * @param {string} from path of the file
 * @param {string} address
 */
function pathFrom(from, address) {
	return new URL(address, `file:///${from}`).pathname.slice(1);
}

/**
 * @param {Site} site
 * @param {string} path
 */
async function styles(site, path) {
	const css = await changeEach(await site.text(path), /url\((?!data:)[^)]*\)/g, async (url) => {
		const address = url.slice(4, -1).replace(/^["']|["']$/g, '');
		return `url(${await dataAddress(site, pathFrom(path, address))})`;
	});
	return `<style>${styleText(css)}</style>`;
}

/**
 * The source files behind a figure, as the page /code/<name>/ shows them.
 * @param {Site} site
 * @param {string} widget
 */
async function sources(site, widget) {
	const html = await site.text(`code/${widget}/index.html`);
	const files = html.match(/<section data-source[\s\S]*?<\/section>/g) ?? [];
	return `<template id="code-${widget}">${files.join('')}</template>`;
}

const SCRIPT = /<script\b[^>]*>[\s\S]*?<\/script>/g;
const LINK = /<link\b[^>]*>/g;

/**
 * One page of the built site as one file that needs no other and no network, from a disk as from a
 * host: styles, fonts, scripts, workers and the code behind its figures are inside. Links to other
 * pages of the site become plain text, as those pages are not there.
 * @param {Site} site
 * @param {string} folder such as "embed/cobweb/"
 * @param {import('./lms/courseFiles.js').Course} [course] where the page counts on a learning platform
 */
export async function singleFile(site, folder, course) {
	const path = `${folder}index.html`;
	/** @type {string[]} */
	const hashes = [];
	/** @param {string} code */
	async function script(code) {
		const text = scriptText(code);
		hashes.push(`'sha256-${await site.sha256(text)}'`);
		return `<script>${text}</script>`;
	}

	let html = await site.text(path);
	const widgets = widgetsIn(html);
	html = changeTags(html, 'a', (tag) => {
		const href = attribute(tag, 'href');
		if (href === undefined || /^(#|https?:|mailto:)/.test(href)) return tag;
		const plain = setAttribute(tag, 'href');
		// The meaning of a term shows as the keyboard comes to it.
		return attribute(tag, 'aria-describedby') ? plain.replace('<a', '<a tabindex="0"') : plain;
	});
	html = html.replace(ENTRY, (entry) => (entry.includes(' href=') ? entry : ''));
	html = changeTags(html, 'div', (tag) => {
		const widget = attribute(tag, 'data-widget');
		if (!widget) return tag;
		return setAttribute(setAttribute(tag, 'data-embed'), 'data-code', `#code-${widget}`);
	});
	html = await changeEach(html, SCRIPT, async (tag) => {
		const src = attribute(tag, 'src');
		if (!src || attribute(tag, 'type') === 'module') return '';
		return script(await site.text(pathFrom(path, src)));
	});
	html = await changeEach(html, LINK, async (tag) => {
		const file = pathFrom(path, attribute(tag, 'href') ?? '');
		switch (attribute(tag, 'rel')) {
			case 'stylesheet':
				return styles(site, file);
			case 'icon':
				return setAttribute(tag, 'href', await dataAddress(site, file));
			default:
				return '';
		}
	});
	// Its own policy follows; and a file has no other versions to tell of.
	html = html.replace(/<meta http-equiv="content-security-policy"[^>]*>/i, '');
	html = html.replace(/<div id="updates"[^>]*><\/div>/, '');
	if (course) html = changeTags(html, 'html', (tag) => addAttributes(tag, marksOf(course)));

	const chunks = JSON.parse(await site.text('_app/classic/chunks.json'));
	const ids = chunksFor(chunks, html);
	const code = await Promise.all(
		['loader.js', ...ids].map((id) => site.text(pathFrom('_app/classic/', id)))
	);
	const page = await script([...code, "rollout.load('./islands.js');"].join('\n'));
	const kernels = await Promise.all(widgets.map((name) => sources(site, name)));

	const policy = [
		"default-src 'none'",
		`script-src ${hashes.join(' ')} 'wasm-unsafe-eval'`,
		'worker-src blob:',
		"style-src 'unsafe-inline'",
		'img-src data: blob:',
		'font-src data:',
		// Where a cmi5 platform listens is known when it opens the page.
		...(course?.standard === 'cmi5' ? ['connect-src https: http:'] : []),
		"base-uri 'none'",
		"form-action 'none'"
	].join('; ');
	return html
		.replace(
			'<head>',
			() => `<head>\n\t\t<meta http-equiv="content-security-policy" content="${policy}">`
		)
		.replace('</head>', () => `<style>${PLACEHOLDERS}</style></head>`)
		.replace(/<\/body>\s*<\/html>\s*$/, () => `${kernels.join('')}${page}</body></html>\n`);
}

/**
 * What src/lms/wakeCourse.ts reads.
 * @param {import('./lms/courseFiles.js').Course} course
 */
function marksOf({ standard, id, mastery, settings }) {
	return {
		'data-course': standard,
		'data-course-id': id,
		'data-mastery': mastery?.toString(),
		'data-start': settings
	};
}

/** A link whose page is not in the file reads as text; a row of nothing but such links is left out. */
const PLACEHOLDERS = [
	'a:not([href],[aria-describedby]){color:inherit;text-decoration:none}',
	'nav:not(:has([href])),[data-settings]{display:none!important}'
].join('');

/** A term of a list with its description, which holds links. */
const ENTRY = /<dt\b[^>]*>[^<]*<\/dt>\s*<dd\b[^>]*>(?:(?!<\/dd>)[^])*<a\b(?:(?!<\/dd>)[^])*<\/dd>/g;
