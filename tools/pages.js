import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * All HTML files of a folder.
 * @param {string} folder
 */
export function pagesOf(folder) {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => name.endsWith('.html'))
		.map((name) => join(folder, name));
}
