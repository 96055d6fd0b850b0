import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The built site as the packages read it.
 * @param {string} folder
 * @returns {import('../src/package/singleFile.js').Site}
 */
export function siteIn(folder) {
	return {
		text: (path) => readFile(join(folder, path), 'utf8'),
		bytes: (path) => readFile(join(folder, path)),
		sha256: async (text) => createHash('sha256').update(text).digest('base64')
	};
}
