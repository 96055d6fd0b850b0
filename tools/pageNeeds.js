import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * The files that each page of a finished build needs to work whole, its figures and their workers
 * with it, each page among its own.
 * @param {string} folder
 * @param {readonly string[]} paths all files of the build
 * @returns {Map<string, Set<string>>}
 */
export function pageNeeds(folder, paths) {
	const links = partLinks(folder, new Set(paths));
	return new Map(
		paths
			.filter((path) => path.endsWith('index.html'))
			.map((page) => [page, reach(page, links, wantedBy(readFileSync(join(folder, page), 'utf8')))])
	);
}

/**
 * Whether a page can come to load what a script loads when it is needed: a widget's files where it
 * shows that widget, those of a part where it has that part.
 * @param {string} html
 * @returns {(what: string) => boolean}
 */
function wantedBy(html) {
	return (what) => {
		const name = what.slice(1);
		if (what.startsWith('#')) return html.includes(`id="${name}"`);
		if (what.startsWith('.')) return new RegExp(`class="([^"]*\\s)?${name}[\\s"]`).test(html);
		return html.includes(`data-widget="${what.split('/')[1]}"`);
	};
}

/**
 * @typedef {{ to: string, when?: string }} Link to another file, and the widget or the selector of
 * the part that it stands for, where it loads only with that
 */

const IN_PAGE =
	/(?:<(?:script|link|img)\b[^>]*?\s(?:src|href)|\sdata-(?:code|module))="([^"?#:]+)/g;
const IN_STYLE = /url\(["']?([^)"'?#:]+)/g;
/**
 * A path in a script, behind what it stands for: `"../widgets/cobweb/spec.ts":()=>import("./a.js")`
 * from a glob, `["#lab",()=>import("./b.js")]` from the parts of src/site/islands.ts.
 */
const IN_SCRIPT =
	/(?:(widgets\/[\w-]+\/|(?<=[`"'])[#.][\w-]+)[\w.]*[`"'][:,][^`"']*)?[`"'](\.{1,2}\/[\w./-]+\.(?:js|css))[`"']/g;

/**
 * The links from each file to its parts, read from the files themselves.
 * @param {string} folder
 * @param {Set<string>} listed
 * @returns {(file: string) => Link[]}
 */
function partLinks(folder, listed) {
	/** @type {Map<string, Link[]>} */
	const known = new Map();

	/** @param {string} file */
	function read(file) {
		const text = readFileSync(join(folder, file), 'utf8');
		/** @param {string} address */
		const target = (address) => {
			const path = posix.join(posix.dirname(file), decodeURI(address));
			return path.endsWith('/') ? `${path}index.html` : path;
		};
		if (file.endsWith('.js')) {
			return [...text.matchAll(IN_SCRIPT)].map(([, when, address]) => ({
				to: target(address),
				when
			}));
		}
		const places = file.endsWith('.html') ? IN_PAGE : file.endsWith('.css') ? IN_STYLE : undefined;
		return places ? [...text.matchAll(places)].map(([, address]) => ({ to: target(address) })) : [];
	}

	return (file) => {
		let links = known.get(file);
		if (!links) {
			links = read(file).filter(({ to }) => listed.has(to));
			known.set(file, links);
		}
		return links;
	};
}

/**
 * @param {string} page
 * @param {(file: string) => Link[]} links
 * @param {(what: string) => boolean} wanted
 */
function reach(page, links, wanted) {
	const reached = new Set([page]);
	for (const file of reached) {
		for (const { to, when } of links(file)) {
			if (when === undefined || wanted(when)) reached.add(to);
		}
	}
	return reached;
}
