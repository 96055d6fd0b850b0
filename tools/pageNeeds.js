import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

/**
 * The files that each page of a finished build needs to work whole, its figures and their workers
 * with it, each page among its own.
 * @param {string} folder
 * @param {readonly string[]} paths all files of the build
 * @param {Record<string, { file: string, src?: string, isDynamicEntry?: boolean }>} manifest
 * @returns {Map<string, Set<string>>}
 */
export function pageNeeds(folder, paths, manifest) {
	const listed = new Set(paths);
	const links = partLinks(folder, listed, sourcesOf(manifest));
	return new Map(
		paths
			.filter((path) => path.endsWith('index.html'))
			.map((page) => [page, reach(page, links, wantedBy(readFileSync(join(folder, page), 'utf8')))])
	);
}

/**
 * From what folder of src/ a chunk that loads when it is needed was made.
 * @param {Parameters<typeof pageNeeds>[2]} manifest
 */
const sourcesOf = (manifest) =>
	new Map(
		Object.values(manifest)
			.filter(({ isDynamicEntry, src }) => isDynamicEntry && src)
			.map(({ file, src }) => [file, /** @type {string} */ (src)])
	);

/**
 * Whether a page can come to load what is made of a source: a widget's where it shows that widget,
 * the Lab's on the Lab's page, any other always.
 * @param {string} html
 * @returns {(source: string) => boolean}
 */
function wantedBy(html) {
	return (source) => {
		const widget = /\bwidgets\/([\w-]+)\//.exec(source)?.[1];
		if (widget) return html.includes(`data-widget="${widget}"`);
		return !source.startsWith('src/lab/') || html.includes('id="lab"');
	};
}

/**
 * @typedef {{ to: string, source?: string }} Link to another file, and of what source that was made
 * where it loads only when it is needed
 */

const IN_PAGE =
	/(?:<(?:script|link|img)\b[^>]*?\s(?:src|href)|\sdata-(?:code|module))="([^"?#:]+)/g;
const IN_STYLE = /url\(["']?([^)"'?#:]+)/g;
/** A path in a script; in the worker of the figures a widget's chunk stands behind its source. */
const IN_SCRIPT =
	/(?:(widgets\/[\w-]+\/[\w.]+)[`"']:[^`"']*)?[`"'](\.{1,2}\/[\w./-]+\.(?:js|css))[`"']/g;

/**
 * The links from each file to its parts, read from the files themselves.
 * @param {string} folder
 * @param {Set<string>} listed
 * @param {Map<string, string>} sources
 * @returns {(file: string) => Link[]}
 */
function partLinks(folder, listed, sources) {
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
			return [...text.matchAll(IN_SCRIPT)].map(([, source, address]) => {
				const to = target(address);
				return { to, source: source ?? sources.get(to) };
			});
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
 * @param {(source: string) => boolean} wanted
 */
function reach(page, links, wanted) {
	const reached = new Set([page]);
	for (const file of reached) {
		for (const { to, source } of links(file)) {
			if (source === undefined || wanted(source)) reached.add(to);
		}
	}
	return reached;
}
