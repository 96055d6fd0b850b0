import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashOf } from './hash.js';
import { pagesOf } from './pages.js';

/** Where a page names what it is made of: scripts, style sheets, pictures, the code of its figures. */
const IN_PAGE =
	/((?:<(?:script|link|img)\b[^>]*?\s(?:src|href)|\sdata-code)=")([^"?#:]+)(?:\?v=[\w-]*)?(?=")/g;
const IN_STYLE = /(url\()([^)?#:]+)(?:\?v=[\w-]*)?(?=\))/g;

/**
 * Puts a hash of its content behind the address of each file that a page is made of
 * (`islands.js?v=…`), unless its name has one: a page then never gets parts of another version.
 * @param {string} folder
 */
export function stampAddresses(folder) {
	/** @type {Map<string, string>} */
	const stamped = new Map();

	/** @param {string} file */
	function stamp(file) {
		const known = stamped.get(file);
		if (known !== undefined) return known;
		if (/\.(html|css)$/.test(file)) {
			const text = readFileSync(file, 'utf8');
			const own = text.replace(
				file.endsWith('.css') ? IN_STYLE : IN_PAGE,
				(/** @type {string} */ whole, start, address) => {
					const part = partAt(join(dirname(file), decodeURI(address)));
					return part === undefined ? whole : `${start}${address}?v=${stamp(part)}`;
				}
			);
			if (own !== text) writeFileSync(file, own);
		}
		const hash = hashOf(readFileSync(file));
		stamped.set(file, hash);
		return hash;
	}

	/** @param {string} path */
	function partAt(path) {
		if (path.startsWith(join(folder, '_app', 'immutable')) || !existsSync(path)) return undefined;
		const file = statSync(path).isDirectory() ? join(path, 'index.html') : path;
		return existsSync(file) ? file : undefined;
	}

	for (const page of pagesOf(folder)) stamp(page);
}
